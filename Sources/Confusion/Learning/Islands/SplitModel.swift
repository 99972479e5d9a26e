internal import Terms

/// Two binary latents, `y` with the leaves `a` and `b` and below it `z` with the leaves `w` and
/// `x`; all but what hangs on `z` is given.
///
///     P(a, b, w, x) = Σ_y P(y) P(a|y) P(b|y) Σ_z P(z|y) P(w|z) P(x|z)
///
/// Bits of a mask: `a`, `b`, `w`, `x`.
struct SplitModel: SmallModel {
  typealias Table = LatentTree.Distribution.Table

  let upper: LatentClassModel
  /// The tables that `w` and `x` have where `y` is their latent.
  let single: (Table, Table)
  /// `P(z = 1 | y)`.
  var link: Table = [0.5, 0.5]
  /// `P(w = 1 | z)` and `P(x = 1 | z)`.
  var leaves: (Table, Table) = ([0.5, 0.5], [0.5, 0.5])

  /// A model whose upper half has the leaves `a` and `b` only.
  init(upper: LatentClassModel, single: (Table, Table)) {
    (self.upper, self.single) = (upper, single)
  }

  /// A second latent that hardly differs from the first, and one that is 1 where `w` or `x` is.
  func starts(on counts: WeightedPatterns) -> [SplitModel] {
    var same = self
    (same.link, same.leaves) = ([0.05, 0.95], single)
    var other = self
    other.link = [0.1, 0.5]
    other.leaves = ([0.05 * single.0.max(), 0.7], [0.05 * single.1.max(), 0.7])
    return [same, other]
  }

  func drawn(using stream: inout RandomStream) -> SplitModel {
    func table() -> Table {
      [
        LatentClassModel.probability(using: &stream), LatentClassModel.probability(using: &stream),
      ]
    }
    var model = self
    (model.link, model.leaves.0, model.leaves.1) = (table(), table(), table())
    return model
  }

  /// `P(w, x | z)` for both states of `z`.
  private func lower(_ w: Bool, _ x: Bool) -> Table {
    (w ? leaves.0 : 1 - leaves.0) * (x ? leaves.1 : 1 - leaves.1)
  }

  /// `P(w, x | y)` for both states of `y`.
  func message(_ w: Bool, _ x: Bool) -> Table {
    let lower = lower(w, x)
    return (1 - link) * lower[0] + link * lower[1]
  }

  mutating func improve(on counts: WeightedPatterns, pseudoCount: Double) -> Double {
    var value = 0.0
    var uppers = Table.zero
    var (links, lowers, ws, xs) = (Table.zero, Table.zero, Table.zero, Table.zero)
    for (mask, weight) in zip(counts.masks, counts.weights) where weight > 0 {
      let (w, x) = (mask & 4 != 0, mask & 8 != 0)
      let above = upper.joint(mask & 3)
      let below = lower(w, x)
      // P(y, z, a, b, w, x) for z = 0 and 1, each for both states of y.
      let (absent, present) = (above * (1 - link) * below[0], above * link * below[1])
      let sum = absent[0] + absent[1] + present[0] + present[1]
      value += weight * logarithm(sum)
      let scale = weight / sum
      uppers += (absent + present) * scale
      links += present * scale
      let expected = Table(absent[0] + absent[1], present[0] + present[1]) * scale
      lowers += expected
      if w { ws += expected }
      if x { xs += expected }
    }
    link = .share(links, of: uppers, pseudoCount: pseudoCount, before: link)
    leaves.0 = .share(ws, of: lowers, pseudoCount: pseudoCount, before: leaves.0)
    leaves.1 = .share(xs, of: lowers, pseudoCount: pseudoCount, before: leaves.1)
    return value
  }
}
