import Confusion
import Foundation
import Terms

/// A small tree judged by writing out every state of every latent: nothing is shared with the
/// library's inference.
struct EnumeratedTree {
  let tree: LatentTree
  let tables: LatentTree.Distribution

  init(_ tree: LatentTree, _ tables: LatentTree.Distribution) {
    (self.tree, self.tables) = (tree, tables)
  }

  /// Every way to set the latents.
  var states: [[Int]] {
    (0..<(1 << tree.latents.count)).map { bits in
      tree.latents.indices.map { (bits >> $0) & 1 }
    }
  }

  /// `P(x, z)`.
  func joint(_ document: Set<Int>, _ states: [Int]) -> Double {
    var product = 1.0
    for (place, latent) in tree.latents.enumerated() {
      let one = tables.latents[place][latent.parent.map { states[$0] } ?? 0]
      product *= states[place] == 1 ? one : 1 - one
    }
    for (place, leaf) in tree.leaves.enumerated() {
      let one = tables.leaves[place][states[leaf.parent]]
      product *= document.contains(leaf.index) ? one : 1 - one
    }
    return product
  }

  func probability(_ document: Set<Int>) -> Double {
    states.reduce(0) { $0 + joint(document, $1) }
  }

  /// `P(Z = 1 | document)` of each latent.
  func posteriors(_ document: Set<Int>) -> [Double] {
    let all = probability(document)
    return tree.latents.indices.map { place in
      states.reduce(0) { $0 + ($1[place] == 1 ? joint(document, $1) : 0) } / all
    }
  }

  /// The tables after one iteration of EM.
  func refitted(to documents: [[Int]], pseudoCount: Double) -> LatentTree.Distribution {
    var latents = [[[Double]]](
      repeating: [[0, 0], [0, 0]], count: tree.latents.count)
    var leaves = [[[Double]]](repeating: [[0, 0], [0, 0]], count: tree.leaves.count)
    for document in documents.map(Set.init) {
      let all = probability(document)
      for states in states {
        let share = joint(document, states) / all
        for (place, latent) in tree.latents.enumerated() {
          latents[place][latent.parent.map { states[$0] } ?? 0][states[place]] += share
        }
        for (place, leaf) in tree.leaves.enumerated() {
          leaves[place][states[leaf.parent]][document.contains(leaf.index) ? 1 : 0] += share
        }
      }
    }
    func table(_ counts: [[Double]], isRoot: Bool) -> SIMD2<Double> {
      let rows = counts.map { ($0[1] + pseudoCount) / ($0[0] + $0[1] + 2 * pseudoCount) }
      return [rows[0], isRoot ? rows[0] : rows[1]]
    }
    return .init(
      latents: zip(latents, tree.latents).map { table($0, isRoot: $1.parent == nil) },
      leaves: leaves.map { table($0, isRoot: false) })
  }
}

/// Small trees drawn at random: one to three roots, classes on upper latents too, uneven depth.
enum RandomTrees {
  static func tree(
    _ seed: UInt64, latents latentCount: Int = 5, leaves leafCount: Int = 6, extremes: Float = 0
  ) throws -> LatentTree {
    var stream = RandomStream(Seed(seed))
    func pick(_ count: Int) -> Int { min(count - 1, Int(stream.uniform() * Float(count))) }
    let rootCount = 1 + pick(3)
    let parents = (0..<latentCount).map { $0 < rootCount ? nil : pick($0) }
    // Every latent that holds no other holds a class; the remaining classes hang anywhere.
    var places = (0..<latentCount).filter { !parents.contains($0) }
    while places.count < leafCount { places.append(pick(latentCount)) }
    func probability() -> Double {
      let draw = stream.uniform()
      if draw < extremes { return stream.uniform() < 0.5 ? 0 : 1 }
      return Double(0.02 + 0.96 * stream.uniform())
    }
    return try LatentTree(
      latents: parents.enumerated().map { place, parent in
        .init(name: "Z\(place)", level: latentCount - place, parent: parent)
      },
      // Indices with gaps, so that a class and its place differ.
      leaves: places.enumerated().map { .init(index: 3 * $0 + 1, label: "", parent: $1) },
      distribution: .init(
        latents: parents.map {
          let one = probability()
          return $0 == nil ? [one, one] : [one, probability()]
        }, leaves: places.map { _ in [probability(), probability()] }))
  }

  /// Every set of a tree's classes.
  static func documents(of tree: LatentTree) -> [[Int]] {
    (0..<(1 << tree.leaves.count)).map { bits in
      tree.leaves.indices.filter { (bits >> $0) & 1 == 1 }.map { tree.leaves[$0].index }
    }
  }

  /// Documents drawn at random, a class with probability 0.4.
  static func corpus(of tree: LatentTree, count: Int, seed: UInt64) throws -> [[Int]] {
    var stream = RandomStream(Seed(seed))
    return (0..<count).map { _ in
      tree.leaves.map(\.index).filter { _ in stream.uniform() < 0.4 }
    }
  }
}

extension Array where Element == SIMD2<Double> {
  var flat: [Double] { flatMap { [$0.x, $0.y] } }
}
