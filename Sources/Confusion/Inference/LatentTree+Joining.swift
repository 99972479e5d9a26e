extension LatentTree {
  /// The tree with one root: several get a binary latent above them, one level higher.
  ///
  /// The roots of a forest are independent of each other, which documents seldom are; a fit of the
  /// joined tree says how they depend. Where there are probabilities, they stay: the new root is
  /// 1 half the time, and nothing depends on it.
  ///
  /// - Throws: ``LatentTreeError/tooDeep(limit:)``.
  public func joined() throws(LatentTreeError) -> LatentTree {
    let roots = roots
    guard roots.count > 1 else { return self }
    let names = Set(latents.map(\.name))
    var name = "Z\(height + 1)1"
    while names.contains(name) { name += "_" }
    let top = Latent(name: name, level: height + 1, parent: nil)
    return try LatentTree(
      latents: [top]
        + latents.map {
          Latent(name: $0.name, level: $0.level, parent: $0.parent.map { $0 + 1 } ?? 0)
        },
      leaves: leaves.map { Leaf(index: $0.index, label: $0.label, parent: $0.parent + 1) },
      distribution: distribution.map {
        Distribution(latents: [[0.5, 0.5]] + $0.latents, leaves: $0.leaves)
      })
  }
}
