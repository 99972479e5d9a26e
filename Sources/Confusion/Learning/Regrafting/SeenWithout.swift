/// What cases say about a latent when one node, and all below it, is taken out of the tree: the
/// prior that a latent would give the node if it hung there.
struct SeenWithout {
  typealias Table = DraftTree.Table

  /// `P(z = 1 | rest of the case)`, for each case that touches the node.
  var posteriors: [Double]
  /// How many other cases touch the latent, and the sum of their posteriors.
  var touched: Table
  /// How many cases touch neither, and the mean of their `P(z = 1 | rest)`.
  var untouched: (count: Double, posterior: Double)
}

/// What the node itself says in the cases that touch it.
struct SaidByNode {
  typealias Table = DraftTree.Table

  /// The cases' weights.
  var weights: [Double] = []
  /// `P(below the node | its state)` for each case, scaled.
  var likelihoods: [Table] = []
  /// The same where nothing below the node is present.
  var absent: Table = [1, 0]

  /// The table that the node has under a latent, by EM, and the log-likelihood of all cases but for
  /// a constant that is the same under every latent.
  ///
  ///     Σ_touching ln Σ_z q(z) Σ_y P(y|z) λ(y)  +  Σ_others ln Σ_z q(z) Σ_y P(y|z) λ₀(y)
  ///
  /// with `q` the latent's posterior without the node and `λ` what the node says. Other cases are two
  /// sorts: those that touch the latent know its state nearly for certain, so the logarithm is taken
  /// inside the sum; to those that do not it is equally likely, so their mean stands for all.
  func fit(
    under seen: SeenWithout, start: Table, steps: Int = 6
  ) -> (table: Table, logLikelihood: Double) {
    var table = start
    for _ in 0..<steps {
      let (zero, one) = expected(table, seen)
      table = (one + 1) / (zero + one + 2)
    }
    return (table, logLikelihood(table, seen))
  }

  /// `Σ P(y, z | case)` for y = 0 and y = 1, each for both states of the latent.
  private func expected(_ table: Table, _ seen: SeenWithout) -> (Table, Table) {
    var (zero, one) = (Table.zero, Table.zero)
    for place in weights.indices {
      let q = seen.posteriors[place]
      let both = Table(1 - q, q)
      let present = both * table * likelihoods[place][1]
      let without = both * (1 - table) * likelihoods[place][0]
      let scale = weights[place] / (present + without).sum()
      zero += without * scale
      one += present * scale
    }
    let message = message(table)
    let q = seen.untouched.posterior
    let likely = Table(1 - q, q) * message
    let others = seen.touched + likely * (seen.untouched.count / likely.sum())
    let present = others * table * absent[1] / message
    return (zero + others - present, one + present)
  }

  private func logLikelihood(_ table: Table, _ seen: SeenWithout) -> Double {
    var value = 0.0
    for place in weights.indices {
      let q = seen.posteriors[place]
      let message = (1 - table) * likelihoods[place][0] + table * likelihoods[place][1]
      value += weights[place] * logarithm((1 - q) * message[0] + q * message[1])
    }
    let message = message(table)
    let q = seen.untouched.posterior
    return value + seen.touched[0] * logarithm(message[0]) + seen.touched[1] * logarithm(message[1])
      + seen.untouched.count * logarithm((1 - q) * message[0] + q * message[1])
  }

  private func message(_ table: Table) -> Table { (1 - table) * absent[0] + table * absent[1] }
}
