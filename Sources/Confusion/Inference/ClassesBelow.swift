internal import Foundation

/// How the classes below a latent depend on it, whatever lies between.
struct ClassesBelow: Sendable {
  /// A class, and how it depends on the latent.
  struct Dependence: Sendable {
    /// Its place among the tree's leaves.
    let leaf: Int
    /// `P(present | state)`.
    let table: LatentTree.Distribution.Table
    /// What the two say about each other: `Σ p ln p / (p_z p_x)`.
    let information: Double
  }

  /// `P(state 1)` of the latent.
  let probability: Double
  /// The classes, those that say most about it first; equals by place.
  let classes: [Dependence]

  private init(probability: Double, tables: [(leaf: Int, table: LatentTree.Distribution.Table)]) {
    self.probability = probability
    classes = tables.map {
      Dependence(leaf: $0, table: $1, information: Self.information($1, probability))
    }.sorted { ($1.information, $0.leaf) < ($0.information, $1.leaf) }
  }

  /// One a latent of a tree.
  ///
  /// - Complexity: O(classes · depth), and sorting.
  static func all(
    of tree: LatentTree, _ distribution: LatentTree.Distribution
  ) -> [ClassesBelow] {
    var probabilities: [Double] = []
    for (latent, table) in zip(tree.latents, distribution.latents) {
      let parent = latent.parent.map { probabilities[$0] } ?? 0
      probabilities.append(table.x * (1 - parent) + table.y * parent)
    }
    var below = [[(leaf: Int, table: LatentTree.Distribution.Table)]](
      repeating: [], count: tree.latents.count)
    for (place, leaf) in tree.leaves.enumerated() {
      below[leaf.parent].append((place, distribution.leaves[place]))
    }
    for (place, latent) in tree.latents.enumerated().reversed() {
      guard let parent = latent.parent else { continue }
      let one = distribution.latents[place]
      below[parent] += below[place].map { ($0, (.one - one) * $1.x + one * $1.y) }
    }
    return zip(probabilities, below).map { ClassesBelow(probability: $0, tables: $1) }
  }

  private static func information(
    _ table: LatentTree.Distribution.Table, _ probability: Double
  ) -> Double {
    let states = [1 - probability, probability]
    let present = states[0] * table.x + states[1] * table.y
    var sum = 0.0
    for (state, value) in zip(states, [table.x, table.y]) {
      for (joint, marginal) in [(state * value, present), (state * (1 - value), 1 - present)]
      where joint > 0 {
        sum += joint * log(joint / (state * marginal))
      }
    }
    return sum
  }
}
