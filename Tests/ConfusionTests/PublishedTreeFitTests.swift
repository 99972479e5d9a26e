import Confusion
import Terms
import TestSupport
import Testing

/// Parity with the published trees, on real documents.
@Suite(.enabled(if: PublishedData.isThere, Comment(rawValue: References.needsData)))
struct PublishedTreeFitTests {
  @Test func `the published tree, joined and fitted, is as likely as others found it`() throws {
    let (learnt, kept) = try PublishedData.split()
    let tree = try PublishedData.tree("resnet50").joined()
    #expect(tree.leaves.count == 1000)
    let fitted = try ExpectationMaximization(
      iterations: 8, tolerance: -.infinity, seed: 0, threads: 2
    ).fit(tree, to: learnt)
    for (before, after) in try neighbours(fitted.objectives) {
      // Some 18,000 documents' logarithms, summed to about this.
      #expect(after >= before - 1e-6)
    }
    let score = try fitted.tree.score(of: kept)
    // An independent program found −19.05 on another fifth after 100 iterations; here −19.1 after
    // 8 and −18.97 after 100. A fifth's mean is right to about 6/√4400 = 0.09 (the spread of
    // logarithms over documents), both ways.
    #expect(abs(score.logLikelihoodPerDocument + 19.05) < 0.2)
    // 1000 independent labels have −24.4.
    #expect(score.documents > 4000)
  }
}
