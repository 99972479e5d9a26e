import Confusion
import Terms
import TestSupport
import Testing

/// Learning from very few classes: growth ends where one island holds all.
@Suite struct SmallCorpusTests {
  @Test(arguments: [0, 6], [nil, 3.0])
  func `classes of one island hang on one root`(roundCount: Int, threshold: Double?) throws {
    let corpus = try Corpus(
      Array(repeating: [[0, 1, 2], [0, 1], [1, 2], [0, 2]], count: 5).joined())
    var learning = TreeLearning(seed: 1)
    (learning.roundCount, learning.correlationThreshold) = (roundCount, threshold)
    let learnt = try LatentTree.learnt(from: corpus, by: learning)
    #expect(learnt.levelSizes == [1])
    #expect(learnt.tree.leaves.map(\.index) == [0, 1, 2])
    let score = try learnt.tree.score(of: corpus)
    // The last likelihood of the learner is that of its tree, summed in another order.
    let last = try #require(learnt.logLikelihoods.last)
    #expect(abs(score.logLikelihoodPerDocument - last) < 1e-9)
  }
}
