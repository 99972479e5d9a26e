internal import Foundation

extension LatentTree {
  /// The same distribution with the states of latents exchanged where state 1 means “absent”.
  ///
  /// Of each latent's classes, those three count that say most about it (mutual information under
  /// the tree); state 1 becomes the one with the larger `Σ ln P(present | state)`, as in the
  /// published learner. A bare structure stays as it is.
  ///
  /// - Complexity: O(classes · depth of the tree).
  public func oriented() -> LatentTree {
    guard let distribution else { return self }
    let swaps = ClassesBelow.all(of: self, distribution).map { below in
      let severities = below.classes.prefix(3).reduce(SIMD2<Double>.zero) {
        $0 + [log($1.table.x), log($1.table.y)]
      }
      return severities.x > severities.y
    }
    func turned(_ table: Distribution.Table, below parent: Int?) -> Distribution.Table {
      guard let parent, swaps[parent] else { return table }
      return [table.y, table.x]
    }
    let latentTables = latents.indices.map { place in
      let table = turned(distribution.latents[place], below: latents[place].parent)
      return swaps[place] ? .one - table : table
    }
    let leafTables = zip(leaves, distribution.leaves).map { turned($1, below: $0.parent) }
    return with(sound: Distribution(latents: latentTables, leaves: leafTables))
  }
}
