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
    let swaps = words().map { words in
      let tables = words.prefix(3).compactMap(\.table)
      return tables.reduce(0) { $0 + log($1.x) } > tables.reduce(0) { $0 + log($1.y) }
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
