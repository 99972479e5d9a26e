internal import Confusion

extension LatentTree {
  /// The lowest level down to which the tree unfolds to no more rows than some, 0 for its classes.
  ///
  /// Never so high that a single row is left: what hangs below one root is shown however much it is.
  func levelThatFits(rows limit: Int) -> Int {
    let counts = (0...height).map(rowCount)
    return counts.lastIndex { $0 > max(limit, 1) }.map { last in
      last + 1 < counts.count && counts[last + 1] > 1 ? last + 1 : last
    } ?? 0
  }

  /// How many rows there are where all latents above a level are unfolded.
  private func rowCount(unfoldedTo level: Int) -> Int {
    let folded = latents.count { latent in
      latent.level <= level && (latent.parent.map { latents[$0].level > level } ?? true)
    }
    return folded + leaves.count { latents[$0.parent].level > level }
  }
}
