internal import Terms

/// One binary latent variable over binary leaves.
///
///     P(x) = Σ_z P(z) Π_i P(x_i | z)
struct LatentClassModel: SmallModel {
  typealias Table = LatentTree.Distribution.Table

  /// `P(z = 1)`.
  var prior = 0.5
  /// `P(x_i = 1 | z)`.
  var tables: [Table]
  /// Whether EM learns ``prior``.
  var isPriorFree = true
  /// Whether EM learns each of ``tables``.
  var isFree: [Bool]

  /// A model to be learnt whole.
  init(leafCount: Int) {
    tables = .init(repeating: [0.5, 0.5], count: leafCount)
    isFree = .init(repeating: true, count: leafCount)
  }

  /// A model in which the prior and some tables are given; the last leaf is learnt.
  init(prior: Double?, given: [Table]) {
    self.prior = prior ?? 0.5
    isPriorFree = prior == nil
    tables = given + [[0.5, 0.5]]
    isFree = given.map { _ in false } + [true]
  }

  /// The solution of the moment equations where all of three leaves is free. Where but one leaf is,
  /// with the prior or without, the likelihood has one maximum, and any start will do.
  func starts(on counts: WeightedPatterns) -> [LatentClassModel] {
    if isPriorFree, !isFree.contains(false) {
      return [tables.count == 3 ? MomentSolution(counts).model : spread(counts)]
    }
    return [self]
  }

  /// A latent that is 1 in half of the cases that have any leaf.
  private func spread(_ counts: WeightedPatterns) -> LatentClassModel {
    var model = self
    let total = counts.weights.reduce(0, +)
    model.prior = 0.5
    for leaf in tables.indices {
      let share = counts.share(of: 1 << UInt64(leaf)) / total
      model.tables[leaf] = Table(0.5 * share, 1.5 * share).proper
    }
    return model
  }

  func drawn(using stream: inout RandomStream) -> LatentClassModel {
    var model = self
    if isPriorFree { model.prior = Self.probability(using: &stream) }
    for leaf in tables.indices where isFree[leaf] {
      model.tables[leaf] = [Self.probability(using: &stream), Self.probability(using: &stream)]
    }
    return model
  }

  /// The first of two cells that are drawn from 0 ..< 1 and normalised.
  static func probability(using stream: inout RandomStream) -> Double {
    let cells = (1 - Double(stream.uniform()), 1 - Double(stream.uniform()))
    return cells.0 / (cells.0 + cells.1)
  }

  /// `P(x, z)` for both states of the latent.
  func joint(_ mask: UInt64) -> Table {
    var joint: Table = [1 - prior, prior]
    for (leaf, table) in tables.enumerated() {
      joint *= mask >> UInt64(leaf) & 1 == 1 ? table : 1 - table
    }
    return joint
  }

  mutating func improve(on counts: WeightedPatterns, pseudoCount: Double) -> Double {
    var value = 0.0
    var states = Table.zero
    var ones = [Table](repeating: .zero, count: tables.count)
    for (mask, weight) in zip(counts.masks, counts.weights) where weight > 0 {
      let joint = joint(mask)
      let sum = joint[0] + joint[1]
      value += weight * logarithm(sum)
      let expected = joint * (weight / sum)
      states += expected
      var rest = mask
      while rest != 0 {
        ones[rest.trailingZeroBitCount] += expected
        rest &= rest - 1
      }
    }
    if isPriorFree {
      let all = Table(repeating: states[0] + states[1])
      prior =
        Table.share(
          Table(repeating: states[1]), of: all, pseudoCount: pseudoCount,
          before: Table(repeating: prior))[0]
    }
    for leaf in tables.indices where isFree[leaf] {
      tables[leaf] = .share(
        ones[leaf], of: states, pseudoCount: pseudoCount, before: tables[leaf])
    }
    return value
  }

  /// The same model with the names of the latent's states exchanged.
  var swapped: LatentClassModel {
    var model = self
    model.prior = 1 - prior
    model.tables = tables.map { [$0[1], $0[0]] }
    return model
  }
}
