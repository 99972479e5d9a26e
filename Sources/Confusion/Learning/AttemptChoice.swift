internal import Terms

/// Which of several attempts at the upper levels of a tree is likeliest on documents that were kept
/// apart.
///
/// All keep the clusters of level 1 and grow the levels above them anew from the other documents:
/// the first from the starts that the counts give, further ones also from random starts of the
/// seed. Documents kept apart were seen by level 1, but by that of all attempts alike.
struct AttemptChoice {
  /// The tree with the likeliest upper levels.
  let draft: DraftTree
  /// Held-out log-likelihood per document of each attempt; empty where there was but one.
  private(set) var values: [Double] = []

  /// Iterations of EM before an attempt is judged.
  private static let iterations = 5
  /// Random starts of the small EMs of further attempts, at least.
  private static let starts = 16

  /// - Parameter whole: How `grown` grew, on all documents.
  init(
    _ grown: DraftTree, by whole: TreeGrowth, _ material: LearningCorpus,
    report: (_ attempt: Int) throws -> Void
  ) throws {
    let learning = whole.learning
    let count = material.documents.count
    guard learning.attemptCount > 1, count > 1, grown.height > 2 else {
      draft = grown
      return
    }
    var stream = RandomStream(learning.seed).stream(for: 0)
    let order = stream.permutation(of: count)
    let heldOutCount = min(count - 1, max(1, Int(Double(count) * learning.heldOutFraction)))
    let heldOut = material.cases(order[..<heldOutCount].map { material.documents[$0] })
    let kept = order[heldOutCount...].sorted().map { material.documents[$0] }
    var growth = material.growth(on: kept, learning)
    var best: DraftTree?
    for attempt in 0..<learning.attemptCount {
      if attempt > 0 {
        growth = growth.from(material.stream(of: attempt, learning))
        growth.learning.startCount = max(learning.startCount, Self.starts)
      }
      let draft = try growth.regrown(above: grown)
      let fitted = draft.fitted(
        to: growth.cases, iterations: Self.iterations, pseudoCount: learning.pseudoCount,
        threads: learning.threadCount)
      let expectations = Expectations(fitted, heldOut, threads: learning.threadCount)
      values.append(expectations.logLikelihood / heldOut.total)
      if attempt > 0, values[attempt] > values[..<attempt].max() ?? 0 { best = draft }
      try report(attempt)
    }
    // The first attempt on all documents is the tree as it has grown.
    draft = best.map { whole.settled($0) } ?? grown
  }
}

extension LearningCorpus {
  /// What the random starts of an attempt follow from.
  func stream(of attempt: Int, _ learning: TreeLearning) -> RandomStream {
    RandomStream(learning.seed).stream(for: attempt + 1)
  }

  /// How the first attempt grows on some documents.
  func growth(on documents: [Int], _ learning: TreeLearning) -> TreeGrowth {
    let cases = cases(documents)
    let size = learning.sampleSize
    let sample =
      documents.count > size
      ? self.cases((0..<size).map { documents[$0 * documents.count / size] }) : cases
    return TreeGrowth(
      cases: cases, sample: sample, learning: learning, stream: stream(of: 0, learning))
  }
}
