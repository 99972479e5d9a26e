import Confusion
import Foundation
import Terms
import TestSupport
import Testing

/// Re-derivation by writing out every state, invariants, invariance and bad input.
@Suite struct ExpectationMaximizationTests {
  private func fit(
    _ tree: LatentTree, _ documents: [[Int]], iterations: Int, pseudoCount: Double,
    threads: Int = 1, start: ExpectationMaximization.Start = .tables
  ) throws -> FittedTree {
    try ExpectationMaximization(
      iterations: iterations, tolerance: -.infinity, pseudoCount: pseudoCount, start: start,
      seed: 7, threads: threads
    ).fit(tree, to: Corpus(documents))
  }

  @Test(arguments: 0..<8, [0, 1, 0.3])
  func `one iteration gives the tables of all states written out`(
    seed: UInt64, pseudoCount: Double
  ) throws {
    let tree = try RandomTrees.tree(seed, extremes: 0)
    let documents = try RandomTrees.corpus(of: tree, count: 60, seed: seed + 100)
    let fitted = try fit(tree, documents, iterations: 1, pseudoCount: pseudoCount)
    let expected = try EnumeratedTree(tree, #require(tree.distribution))
      .refitted(to: documents.filter { $0.count > 1 }, pseudoCount: pseudoCount)
    let oriented = try tree.with(expected).oriented()
    let (found, wanted) = try (
      #require(fitted.tree.distribution), #require(oriented.distribution)
    )
    // Sums over 60 documents of quotients right to some 2⁻⁵⁰, small ones as differences of large.
    expectRelativelyClose(found.latents.flat, wanted.latents.flat, within: 1e-10)
    expectRelativelyClose(found.leaves.flat, wanted.leaves.flat, within: 1e-10)
  }

  @Test(arguments: 20..<26)
  func `tables of 0 and 1 stay so without a pseudo-count`(seed: UInt64) throws {
    let tree = try RandomTrees.tree(seed, extremes: 0.25)
    let enumerated = try EnumeratedTree(tree, #require(tree.distribution))
    let documents = RandomTrees.documents(of: tree).filter {
      $0.count > 1 && enumerated.probability(Set($0)) > 0
    }
    try #require(!documents.isEmpty)
    let fitted = try #require(
      fit(tree, documents, iterations: 1, pseudoCount: 0).tree.distribution)
    let expected = enumerated.refitted(to: documents, pseudoCount: 0)
    let wanted = try #require(
      tree.with(
        .init(
          // Where a state never occurs, the old table stays.
          latents: zip(expected.latents, enumerated.tables.latents).map(kept),
          leaves: zip(expected.leaves, enumerated.tables.leaves).map(kept))
      ).oriented().distribution)
    // A probability of 0 may come out as the rounding of a count of some 60.
    expectRelativelyClose(fitted.latents.flat, wanted.latents.flat, within: 1e-10, floor: 1e-3)
    expectRelativelyClose(fitted.leaves.flat, wanted.leaves.flat, within: 1e-10, floor: 1e-3)
  }

  private func kept(_ new: SIMD2<Double>, _ old: SIMD2<Double>) -> SIMD2<Double> {
    [new.x.isNaN ? old.x : new.x, new.y.isNaN ? old.y : new.y]
  }

  @Test(arguments: 0..<6, [0, 1, 0.3])
  func `what EM raises never falls`(seed: UInt64, pseudoCount: Double) throws {
    let tree = try RandomTrees.tree(seed)
    let documents = try RandomTrees.corpus(of: tree, count: 200, seed: seed)
    for start in [ExpectationMaximization.Start.tables, .structure] {
      let fitted = try fit(
        tree, documents, iterations: 60, pseudoCount: pseudoCount, start: start)
      #expect(fitted.objectives.count == 61)
      for (before, after) in try neighbours(fitted.objectives) {
        // A sum of 200 logarithms is right to about this.
        #expect(after >= before - 1e-10)
      }
      #expect(fitted.objectives[60] > fitted.objectives[0])
      if pseudoCount == 0 { #expect(fitted.objectives == fitted.logLikelihoods) }
      let score = try fitted.tree.score(of: Corpus(documents))
      expectRelativelyClose([score.logLikelihood], [fitted.logLikelihoods[60]], within: 1e-12)
    }
  }

  @Test func `with a pseudo-count the likelihood alone may fall`() throws {
    // A maximum of the likelihood is left for one of the posterior.
    let tree = try RandomTrees.tree(2)
    let documents = try RandomTrees.corpus(of: tree, count: 60, seed: 2)
    let best = try fit(tree, documents, iterations: 300, pseudoCount: 0).tree
    let fitted = try fit(best, documents, iterations: 5, pseudoCount: 1)
    #expect(fitted.logLikelihoods[5] < fitted.logLikelihoods[0])
    #expect(fitted.objectives[5] > fitted.objectives[0])
  }

  @Test func `the number of threads changes nothing`() throws {
    let tree = try RandomTrees.tree(4, latents: 9, leaves: 14)
    let documents = try RandomTrees.corpus(of: tree, count: 8000, seed: 4)
    let one = try fit(tree, documents, iterations: 5, pseudoCount: 1, start: .structure)
    for threads in [2, 5] {
      let other = try fit(
        tree, documents, iterations: 5, pseudoCount: 1, threads: threads, start: .structure)
      #expect(other == one)
    }
    #expect(
      try one.tree.score(of: Corpus(documents), threads: 5)
        == one.tree.score(of: Corpus(documents)))
  }

  @Test func `equal documents count as often as they come, in any order`() throws {
    let tree = try RandomTrees.tree(5)
    let documents = try RandomTrees.corpus(of: tree, count: 50, seed: 5)
    let twice = try fit(
      tree, documents + documents.map { $0.reversed() }, iterations: 3, pseudoCount: 0)
    let once = try fit(tree, documents, iterations: 3, pseudoCount: 0)
    // Twice every count, summed in another order.
    expectRelativelyClose(
      twice.logLikelihoods, once.logLikelihoods.map { 2 * $0 }, within: 1e-12)
  }

  @Test func `planted tables come back`() throws {
    // Two independent pairs; 20,000 documents tell frequencies to about 1/√20000.
    let tree = try LatentTree(
      latents: [
        .init(name: "A", level: 1, parent: nil), .init(name: "B", level: 1, parent: nil),
      ],
      leaves: (0..<8).map { .init(index: $0, label: "", parent: $0 / 4) },
      distribution: .init(
        latents: [[0.3, 0.3], [0.5, 0.5]], leaves: Array(repeating: [0.1, 0.8], count: 8)))
    var stream = RandomStream(9)
    let documents = (0..<20_000).map { _ in
      let states = [stream.uniform() < 0.3, stream.uniform() < 0.5]
      return (0..<8).filter { stream.uniform() < (states[$0 / 4] ? 0.8 : 0.1) }
    }
    // Nothing dropped: shorter documents are part of what was planted.
    let cases = try TreeCases(Corpus(documents), in: tree, atLeast: 0)
    let fitted = try ExpectationMaximization(iterations: 200, pseudoCount: 1, seed: 1)
      .fit(tree.with(nil), to: cases)
    let found = try #require(fitted.tree.distribution)
    for (value, planted) in try paired(found.latents, [0.3, 0.5]) {
      #expect(abs(value.x - planted) < 0.02)
    }
    for table in found.leaves {
      #expect(abs(table.x - 0.1) < 0.02 && abs(table.y - 0.8) < 0.02)
    }
  }

  @Test func `one latent that says nothing leaves independent frequencies`() throws {
    let tree = try LatentTree(
      latents: [.init(name: "Z", level: 1, parent: nil)],
      leaves: (0..<3).map { .init(index: $0, label: "", parent: 0) },
      distribution: .init(
        latents: [[0, 0]], leaves: Array(repeating: [0.3, 0.9], count: 3)))
    let documents = [[0, 1], [0, 2], [0, 1, 2], [1, 2]]
    let tables = try #require(
      fit(tree, documents, iterations: 1, pseudoCount: 0).tree.distribution)
    expectRelativelyClose(
      [Set(tables.leaves.map(\.x)) == [0.75] ? 0.75 : 0, tables.leaves[0].x], [0.75, 0.75],
      within: 1e-15)
  }

  @Test func `progress ends at its total, and throwing stops`() throws {
    struct Stop: Error {}
    let tree = try RandomTrees.tree(6)
    let corpus = try Corpus(RandomTrees.corpus(of: tree, count: 100, seed: 6))
    var updates: [ProgressUpdate] = []
    let settings = ExpectationMaximization(iterations: 4, tolerance: -.infinity, seed: 0)
    _ = try settings.fit(tree, to: corpus) { updates.append($0) }
    #expect(updates.map(\.completed) == [1, 2, 3, 4])
    #expect(updates.allSatisfy { $0.total == 4 })
    #expect(throws: Stop.self) { try settings.fit(tree, to: corpus) { _ in throw Stop() } }
  }

  @Test func `tolerance ends a fit that gains nothing more`() throws {
    let tree = try RandomTrees.tree(6)
    let corpus = try Corpus(RandomTrees.corpus(of: tree, count: 100, seed: 6))
    let fitted = try ExpectationMaximization(iterations: 5000, tolerance: 1e-6, seed: 0)
      .fit(tree, to: corpus)
    let gains = zip(fitted.objectives.dropFirst(), fitted.objectives).map { $0 - $1 }
    #expect(fitted.objectives.count < 5000)
    let documents = TreeCases(corpus, in: tree).documents
    #expect(try #require(gains.last) <= 1e-6 * Double(documents))
    #expect(gains.dropLast().allSatisfy { $0 > 1e-6 * Double(documents) })
  }

  @Test func `no documents, no tables and impossible documents are refused`() throws {
    let tree = try RandomTrees.tree(1)
    let classes = tree.leaves.map(\.index)
    #expect(throws: InferenceError.noDocuments(dropped: 1)) {
      try fit(tree, [[classes[0]]], iterations: 1, pseudoCount: 1)
    }
    #expect(throws: InferenceError.noDistribution) {
      try fit(tree.with(nil), [classes], iterations: 1, pseudoCount: 1)
    }
    #expect(throws: InferenceError.pseudoCount(-1)) {
      try fit(tree, [classes], iterations: 1, pseudoCount: -1)
    }
    let others = try TreeCases(Corpus([[1, 4]]), in: RandomTrees.tree(2))
    #expect(throws: InferenceError.otherTree) { try tree.score(of: others) }
    #expect(throws: InferenceError.otherTree) {
      try ExpectationMaximization(seed: 0).fit(tree, to: others)
    }
    let never = LatentTree.Distribution(
      latents: tree.latents.map { _ in [0.5, 0.5] }, leaves: tree.leaves.map { _ in [0, 0] })
    #expect(throws: InferenceError.impossible(documents: 1)) {
      try fit(tree.with(never), [classes], iterations: 1, pseudoCount: 1)
    }
  }
}
