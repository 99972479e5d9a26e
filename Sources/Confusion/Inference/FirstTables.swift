internal import Foundation
internal import Terms

/// Probabilities to start a fit from, made of a structure and documents.
///
/// State 1 of a latent starts as “something below it is present”, which documents tell outright:
/// `P(1 | parent 1)` is how often it is so where it is for the parent, and `P(1 | parent 0)` a
/// hundredth of how often it is at all. Where nearly all documents have something below, as they do
/// below a joined tree's root, the parent splits them by chance instead. Every probability of these
/// is perturbed, each variable's by its own stream.
///
/// On real documents, fits that start from tables drawn at random end a whole nat per document behind.
struct FirstTables {
  let distribution: LatentTree.Distribution

  init(_ tree: LatentTree, _ cases: TreeCases, seed: Seed) {
    let layout = cases.layout
    let touches = Self.touches(cases)
    let documents = Double(cases.documents)
    let stream = RandomStream(seed)
    func table(_ own: Double, below parent: Int, stream: RandomStream)
      -> LatentTree.Distribution.Table
    {
      var stream = stream
      let share = (own + 0.5) / (documents + 1)
      let all = parent == 0 ? documents : touches.nodes[parent]
      if parent == 0 || all > 0.9 * documents {
        let one = Self.perturbed(min(share, 0.5), &stream)
        return parent == 0 ? [one, one] : [one, Self.perturbed(min(share, 0.5), &stream)]
      }
      let present = Self.perturbed((own + 0.5) / (all + 1), &stream)
      return [0.01 * share, present]
    }
    distribution = LatentTree.Distribution(
      latents: tree.latents.indices.map {
        table(touches.nodes[$0 + 1], below: layout.parents[$0 + 1], stream: stream.stream(for: $0))
      },
      leaves: tree.leaves.indices.map {
        table(
          touches.words[layout.ranks[$0]], below: layout.leafParents[$0],
          stream: stream.stream(for: tree.latents.count + $0))
      })
  }

  /// A probability with its odds multiplied by something between 1/e and e.
  private static func perturbed(_ value: Double, _ stream: inout RandomStream) -> Double {
    let odds = value / (1 - value) * exp(2 * Double(stream.uniform()) - 1)
    return odds / (1 + odds)
  }

  /// In how many documents something below each node, and each class by rank, is present.
  private static func touches(_ cases: TreeCases) -> (nodes: [Double], words: [Double]) {
    let layout = cases.layout
    var nodes = [Double](repeating: 0, count: layout.nodeCount)
    var words = [Double](repeating: 0, count: layout.leaves.count)
    for place in 0..<cases.count {
      for index in cases.starts[place]..<cases.starts[place + 1] {
        let rank = Int(cases.words[index])
        words[rank] += cases.weights[place]
        let path = layout.path(rank)
        for depth in Int(cases.shared[index])..<Int(layout.depths[rank]) {
          nodes[Int(path[depth])] += cases.weights[place]
        }
      }
    }
    return (nodes, words)
  }
}
