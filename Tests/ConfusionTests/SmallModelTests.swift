import Foundation
import Terms
import TestSupport
import Testing

@testable import Confusion

/// Known answers by hand, and re-derivation of small EMs by writing out every state.
@Suite struct SmallModelTests {
  typealias Table = LatentTree.Distribution.Table

  /// Documents over three classes, each as often as its pattern's number plus one.
  static let counts = WeightedPatterns(
    masks: Array(0..<8), weights: (0..<8).map { Double($0 + 1) })

  static func distance(_ a: Table, _ b: Table) -> Double { max(abs(a.x - b.x), abs(a.y - b.y)) }

  static func documents(_ counts: WeightedPatterns, variables: Int) -> [[Int]] {
    zip(counts.masks, counts.weights).flatMap { mask, weight in
      Array(
        repeating: (0..<variables).filter { mask >> UInt64($0) & 1 == 1 }, count: Int(weight))
    }
  }

  @Test func `a step of a latent class model is a step of EM over written-out states`() throws {
    var model = LatentClassModel(leafCount: 3)
    model.prior = 0.3
    model.tables = [[0.1, 0.7], [0.2, 0.9], [0.4, 0.3]]
    let tree = try LatentTree(
      latents: [.init(name: "z", level: 1, parent: nil)],
      leaves: (0..<3).map { .init(index: $0, label: "", parent: 0) })
    let enumerated = EnumeratedTree(
      tree, .init(latents: [[0.3, 0.3]], leaves: model.tables))
    let documents = Self.documents(Self.counts, variables: 3)
    let likelihood = documents.reduce(0) { $0 + log(enumerated.probability(Set($1))) }
    let expected = enumerated.refitted(to: documents, pseudoCount: 1)
    let value = model.improve(on: Self.counts, pseudoCount: 1)
    // Sums of some 40 terms.
    #expect(abs(value - likelihood) < 1e-10)
    #expect(abs(model.prior - expected.latents[0].x) < 1e-12)
    for (a, b) in try paired(model.tables, expected.leaves) { #expect(Self.distance(a, b) < 1e-12) }
  }

  @Test func `a step of a split model is that of the free tables`() throws {
    var upper = LatentClassModel(leafCount: 2)
    (upper.prior, upper.tables) = (0.3, [[0.1, 0.7], [0.2, 0.9]])
    var model = SplitModel(upper: upper, single: ([0.5, 0.5], [0.5, 0.5]))
    (model.link, model.leaves) = ([0.2, 0.6], ([0.15, 0.8], [0.25, 0.55]))
    let tree = try LatentTree(
      latents: [
        .init(name: "y", level: 2, parent: nil), .init(name: "z", level: 1, parent: 0),
      ], leaves: (0..<4).map { .init(index: $0, label: "", parent: $0 / 2) })
    let enumerated = EnumeratedTree(
      tree,
      .init(
        latents: [[0.3, 0.3], model.link],
        leaves: upper.tables + [model.leaves.0, model.leaves.1]))
    let counts = WeightedPatterns(
      masks: Array(0..<16), weights: (0..<16).map { Double($0 * 7 % 5 + 1) })
    let expected = enumerated.refitted(
      to: Self.documents(counts, variables: 4), pseudoCount: 1)
    _ = model.improve(on: counts, pseudoCount: 1)
    #expect(Self.distance(model.link, expected.latents[1]) < 1e-12)
    #expect(Self.distance(model.leaves.0, expected.leaves[2]) < 1e-12)
    #expect(Self.distance(model.leaves.1, expected.leaves[3]) < 1e-12)
  }

  @Test(arguments: [
    [[0.05, 0.8], [0.1, 0.6], [0.02, 0.9]], [[0.3, 0.4], [0.9, 0.2], [0.1, 0.7]],
  ])
  func `moments give back the model that they come from`(tables: [[Double]]) throws {
    var model = LatentClassModel(leafCount: 3)
    model.prior = 0.2
    model.tables = tables.map { Table($0[0], $0[1]) }
    let masks = Array(UInt64(0)..<8)
    let found = MomentSolution(
      WeightedPatterns(masks: masks, weights: masks.map { 1e4 * model.joint($0).sum() })
    ).model
    // Which state is called 1 is open.
    let oriented = abs(found.prior - 0.2) < 1e-6 ? found : found.swapped
    #expect(abs(oriented.prior - 0.2) < 1e-9)
    for (a, b) in try paired(oriented.tables, model.tables) { #expect(Self.distance(a, b) < 1e-9) }
  }

  @Test
  func
    `more random starts end lower by no more than an early round decides, and the same stream ends the same`()
  {
    var learning = TreeLearning(seed: 0)
    var last = -Double.infinity
    for starts in [0, 1, 8, 64] {
      learning.startCount = starts
      let fitting = SmallEM(learning)
      let model = fitting.fit(
        LatentClassModel(leafCount: 3), to: Self.counts, using: RandomStream(3))
      let again = fitting.fit(
        LatentClassModel(leafCount: 3), to: Self.counts, using: RandomStream(3))
      #expect(model.tables == again.tables)
      var copy = model
      let value = copy.improve(on: Self.counts, pseudoCount: 0)
      // A start that loses an early round may have ended higher by less than this.
      #expect(value > last - 0.05)
      last = max(last, value)
    }
  }
}
