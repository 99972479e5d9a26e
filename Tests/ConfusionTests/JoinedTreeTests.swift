import Confusion
import Foundation
import Terms
import TestSupport
import Testing

/// Reduction, invariants and known answers.
@Suite struct JoinedTreeTests {
  @Test func `a joined forest has one root and the same distribution`() throws {
    let forests = try (0..<12).map { try RandomTrees.tree($0) }.filter { $0.roots.count > 1 }
    try #require(forests.count > 2)
    for forest in forests {
      let tree = try forest.joined()
      #expect(tree.roots.count == 1)
      #expect(tree.height == forest.height + 1)
      #expect(tree.latents[0].name == "Z\(forest.height + 1)1")
      #expect(tree.leaves.map(\.index) == forest.leaves.map(\.index))
      #expect(tree.latents.dropFirst().map(\.name) == forest.latents.map(\.name))
      let documents = RandomTrees.documents(of: tree)
      // Half of each probability and half again, to rounding.
      expectRelativelyClose(
        try documents.map { exp(try tree.logLikelihood(of: $0)) },
        try documents.map { exp(try forest.logLikelihood(of: $0)) }, within: 1e-12)
    }
  }

  @Test func `a tree of one root stays as it is`() throws {
    let tree = try #require(
      (0..<12).lazy.compactMap { try? RandomTrees.tree($0) }
        .first { $0.roots.count == 1 })
    #expect(try tree.joined() == tree)
  }

  @Test func `a name that is taken is not given again`() throws {
    let forest = try LatentTree(
      latents: [
        .init(name: "Z21", level: 1, parent: nil), .init(name: "B", level: 1, parent: nil),
      ], leaves: [.init(index: 0, label: "", parent: 0), .init(index: 1, label: "", parent: 1)])
    #expect(try forest.joined().latents[0].name == "Z21_")
  }

  @Test(arguments: 0..<8)
  func `state 1 means present, and turning states changes no probability`(seed: UInt64) throws {
    let tree = try RandomTrees.tree(seed)
    let oriented = tree.oriented()
    let documents = RandomTrees.documents(of: tree)
    // Sums of the same products in another order.
    expectRelativelyClose(
      try documents.map { exp(try oriented.logLikelihood(of: $0)) },
      try documents.map { exp(try tree.logLikelihood(of: $0)) }, within: 1e-12)
    #expect(oriented.oriented() == oriented)
    // What a latent's state makes of its classes, from all states written out.
    let enumerated = try EnumeratedTree(oriented, #require(oriented.distribution))
    for place in oriented.latents.indices {
      #expect(severity(1, of: place, enumerated) >= severity(0, of: place, enumerated) - 1e-9)
    }
  }

  /// `Σ ln P(present | state)` of the three classes below that say most about a latent.
  private func severity(_ state: Int, of place: Int, _ enumerated: EnumeratedTree) -> Double {
    let tree = enumerated.tree
    func isBelow(_ leaf: LatentTree.Leaf) -> Bool {
      var here: Int? = leaf.parent
      while let latent = here, latent != place { here = tree.latents[latent].parent }
      return here == place
    }
    let documents = RandomTrees.documents(of: tree).map(Set.init)
    let facts = tree.leaves.filter(isBelow).map { leaf -> (Double, Double) in
      var joint = [[0.0, 0.0], [0.0, 0.0]]
      for document in documents {
        for states in enumerated.states {
          joint[states[place]][document.contains(leaf.index) ? 1 : 0] += enumerated.joint(
            document, states)
        }
      }
      var information = 0.0
      for z in 0..<2 {
        for x in 0..<2 {
          information +=
            joint[z][x]
            * log(joint[z][x] / ((joint[z][0] + joint[z][1]) * (joint[0][x] + joint[1][x])))
        }
      }
      return (information, log(joint[state][1] / (joint[state][0] + joint[state][1])))
    }
    return facts.sorted { $0.0 > $1.0 }.prefix(3).reduce(0) { $0 + $1.1 }
  }
}
