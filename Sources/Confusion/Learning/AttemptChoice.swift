internal import Terms

/// Which of several attempts to grow a tree is likeliest on documents that were kept apart.
struct AttemptChoice {
  /// The attempt to repeat on all documents.
  private(set) var best = 0
  /// Held-out log-likelihood per document of each attempt; empty where there is but one.
  private(set) var values: [Double] = []

  /// Iterations of EM before an attempt is judged.
  private static let iterations = 10

  init(
    _ material: LearningCorpus, _ learning: TreeLearning, _ meter: LearningMeter,
    _ progress: ProgressHandler
  ) throws {
    let count = material.documents.count
    guard learning.attemptCount > 1, count > 1 else { return }
    var stream = RandomStream(learning.seed).stream(for: 0)
    let order = stream.permutation(of: count)
    let heldOutCount = min(count - 1, max(1, Int(Double(count) * learning.heldOutFraction)))
    let heldOut = material.cases(order[..<heldOutCount].map { material.documents[$0] })
    let kept = order[heldOutCount...].sorted().map { material.documents[$0] }
    for attempt in 0..<learning.attemptCount {
      let growth = material.growth(on: kept, learning, attempt: attempt)
      let draft = try growth.grown { try meter.report(top: $0, attempt: attempt, to: progress) }
      let fitted = draft.fitted(
        to: growth.cases, iterations: Self.iterations, pseudoCount: learning.pseudoCount,
        threads: learning.threadCount)
      let expectations = Expectations(fitted, heldOut, threads: learning.threadCount)
      values.append(expectations.logLikelihood / heldOut.total)
      if values[attempt] > values[best] { best = attempt }
    }
  }
}

extension LearningCorpus {
  /// How an attempt grows on some documents. The first draws the same starts for any seed.
  func growth(on documents: [Int], _ learning: TreeLearning, attempt: Int) -> TreeGrowth {
    let cases = cases(documents)
    let size = learning.sampleSize
    let sample =
      documents.count > size
      ? self.cases((0..<size).map { documents[$0 * documents.count / size] }) : cases
    let stream =
      attempt == 0 ? RandomStream(0) : RandomStream(learning.seed).stream(for: attempt)
    return TreeGrowth(cases: cases, sample: sample, learning: learning, stream: stream)
  }
}
