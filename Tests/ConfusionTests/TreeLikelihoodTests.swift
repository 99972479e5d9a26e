import Confusion
import Foundation
import Terms
import TestSupport
import Testing

/// Known answers, re-derivation by writing out every state, invariants and bad input.
@Suite struct TreeLikelihoodTests {
  // Sums of some 2⁵ products of 11 numbers, each right to 2⁻⁵³.
  static let rounding = 1e-12

  @Test(arguments: 0..<12, [0, 0.4] as [Float])
  func `every document is as likely as all states of the latents together make it`(
    seed: UInt64, extremes: Float
  ) throws {
    let tree = try RandomTrees.tree(seed, extremes: extremes)
    let enumerated = try EnumeratedTree(tree, #require(tree.distribution))
    let documents = RandomTrees.documents(of: tree)
    expectRelativelyClose(
      try documents.map { exp(try tree.logLikelihood(of: $0)) },
      documents.map { enumerated.probability(Set($0)) }, within: Self.rounding)
    let total = try documents.reduce(0) { $0 + exp(try tree.logLikelihood(of: $1)) }
    #expect(abs(total - 1) < Self.rounding)
  }

  @Test(arguments: 0..<12, [0, 0.4] as [Float])
  func `posteriors are those of all states written out`(seed: UInt64, extremes: Float) throws {
    let tree = try RandomTrees.tree(seed, extremes: extremes)
    let enumerated = try EnumeratedTree(tree, #require(tree.distribution))
    for document in RandomTrees.documents(of: tree) {
      guard enumerated.probability(Set(document)) > 0 else {
        #expect(throws: InferenceError.impossible(documents: 1)) {
          try tree.posteriors(of: document)
        }
        continue
      }
      // A posterior of 0 may come out as the rounding of the whole.
      expectRelativelyClose(
        try tree.posteriors(of: document), enumerated.posteriors(Set(document)),
        within: Self.rounding, floor: 1)
    }
  }

  @Test func `a coin and its two copies have the BIC that hand reckoning gives`() throws {
    // P(1,1) = 1/2·9/10·8/10 + 1/2·1/10·2/10 = 0.37, five parameters, three such documents.
    let tree = try LatentTree(
      latents: [.init(name: "Z", level: 1, parent: nil)],
      leaves: [.init(index: 4, label: "", parent: 0), .init(index: 7, label: "", parent: 0)],
      distribution: .init(latents: [[0.5, 0.5]], leaves: [[0.1, 0.9], [0.2, 0.8]]))
    let score = try tree.score(of: Corpus([[7, 4], [4, 7], [4], [4, 9], [], [7, 4, 2]]))
    #expect(score.documents == 3)
    #expect(score.dropped == 3)
    #expect(score.parameterCount == 5)
    expectRelativelyClose(
      [score.logLikelihood, score.logLikelihoodPerDocument, score.bic],
      [3 * log(0.37), log(0.37), 3 * log(0.37) - 2.5 * log(3)], within: Self.rounding)
    let data = try JSONEncoder().encode(score)
    #expect(try JSONDecoder().decode(TreeScore.self, from: data) == score)
  }

  @Test func `documents merge, and what is left out is counted`() throws {
    let tree = try RandomTrees.tree(3)
    let classes = tree.leaves.map(\.index)
    let cases = try TreeCases(
      Corpus([
        [classes[2], classes[0]], [classes[0], 999, classes[2]], [classes[1]], [], [998, 997],
        [classes[0], classes[1]],
      ]), in: tree)
    #expect(cases.documents == 3)
    #expect(cases.dropped == 3)
    #expect(cases.outsideTree == 3)
    #expect(cases.count == 2)
    #expect((0..<2).map { cases.weight(ofCase: $0) } == [2, 1])
    #expect((0..<2).map { Set(cases.leaves(ofCase: $0)) } == [[0, 2], [0, 1]])
  }

  @Test func `probabilities far below the smallest number keep their logarithms`() throws {
    // 600 classes of one latent; in state 0 a class is present once in 10⁹, in state 1 absent so
    // seldom. All present: ½ (1 − 10⁻⁹)⁶⁰⁰ from state 1. Half of them: ½ 10⁻²⁷⁰⁰ from each.
    let count = 600
    let rare = 1e-9
    let tree = try LatentTree(
      latents: [.init(name: "Z", level: 1, parent: nil)],
      leaves: (0..<count).map { .init(index: $0, label: "", parent: 0) },
      distribution: .init(
        latents: [[0.5, 0.5]], leaves: Array(repeating: [rare, 1 - rare], count: count)))
    let half = Double(count / 2)
    // 1 − (1 − 10⁻⁹) is 10⁻⁹ to 2⁻⁵³/10⁻⁹ ≈ 10⁻⁷ only, times 300 factors over a logarithm of 6200.
    expectRelativelyClose(
      [
        try tree.logLikelihood(of: Array(0..<count)),
        try tree.logLikelihood(of: Array(0..<(count / 2))),
      ],
      [log(0.5) + Double(count) * log1p(-rare), half * (log(rare) + log1p(-rare))], within: 1e-7)
    expectRelativelyClose(
      try tree.posteriors(of: Array(0..<count)) + tree.posteriors(of: []), [1, 0],
      within: 0, floor: 1)
  }

  @Test func `classes that the tree has not are passed over, whatever their numbers`() throws {
    let tree = try RandomTrees.tree(1)
    let known = tree.leaves.prefix(2).map(\.index)
    let strange = [-1, 0, 5000, 1 << 33 + known[0], .max, .min]
    #expect(try tree.logLikelihood(of: known + strange) == tree.logLikelihood(of: known))
    #expect(try tree.posteriors(of: strange) == tree.posteriors(of: []))
  }

  @Test func `a bare tree, an impossible corpus and an empty one are refused`() throws {
    let tree = try RandomTrees.tree(1)
    let corpus = try Corpus([tree.leaves.prefix(2).map(\.index)])
    let bare = try tree.with(nil)
    #expect(throws: InferenceError.noDistribution) { try bare.score(of: corpus) }
    #expect("\(InferenceError.noDistribution)".contains("--fit"))
    #expect(throws: InferenceError.noDocuments(dropped: 1)) {
      try tree.score(of: Corpus([[tree.leaves[0].index]]))
    }
    let never = LatentTree.Distribution(
      latents: tree.latents.map { _ in [0.5, 0.5] }, leaves: tree.leaves.map { _ in [0, 0] })
    #expect(throws: InferenceError.impossible(documents: 2)) {
      try tree.with(never).score(of: Corpus(Array(repeating: tree.leaves.map(\.index), count: 2)))
    }
  }
}
