public import Terms

/// Fitting the probabilities of a latent tree to documents, its structure kept: exact, over all
/// documents at once.
///
/// Each iteration takes the expected counts of every variable given its parent, under the tables of
/// the last, and normalises them with s added to every cell:
///
///     P(z|y) = (Σ P(z, y | document) + s) / (Σ P(y | document) + 2 s)
///
/// With a pseudo-count s = 0 that is EM, and the log-likelihood never falls. With s > 0 it is EM for
/// the likeliest tables under a Beta(1+s, 1+s) prior on each: what never falls then is
/// `LL + s Σ (ln p + ln (1 − p))` over all free probabilities p (``FittedTree/objectives``), and LL
/// alone may.
///
/// s = 1 is what the published learner adds. Departs from it in that every iteration takes every
/// document, where that takes batches of 1000 with a falling rate.
///
/// - Randomness: ``Start/structure`` perturbs each variable's start by stream i of ``seed``.
/// - Complexity: O(words · depth of the tree) an iteration, memory O(words).
public struct ExpectationMaximization: Hashable, Sendable {
  /// Where the first iteration starts.
  public enum Start: Hashable, Sendable {
    /// At the tree's own probabilities.
    case tables
    /// At state 1 of every latent meaning that something below it is present.
    case structure
  }

  /// How many iterations at most.
  public var iterations: Int
  /// The gain of the objective per document below which iterations end.
  public var tolerance: Double
  /// What is added to each expected count, s; 0 or more.
  public var pseudoCount: Double
  /// Where the first iteration starts.
  public var start: Start
  /// What random choices follow from.
  public var seed: Seed
  /// How many threads work; the result is the same for any number.
  public var threads: Int

  /// Collects settings.
  public init(
    iterations: Int = 100, tolerance: Double = 1e-7, pseudoCount: Double = 1,
    start: Start = .structure, seed: Seed, threads: Int = 1
  ) {
    (self.iterations, self.tolerance) = (iterations, tolerance)
    (self.pseudoCount, self.start) = (pseudoCount, start)
    (self.seed, self.threads) = (seed, threads)
  }

  /// Fits a tree to documents.
  ///
  /// Several roots stay independent of each other; see ``LatentTree/joined()``.
  ///
  /// - Parameter progress: Called after each iteration with LL per document; throwing stops.
  /// - Throws: ``InferenceError``, and what `progress` throws.
  public func fit(
    _ tree: LatentTree, to corpus: Corpus, progress: ProgressHandler = { _ in }
  ) throws -> FittedTree {
    try fit(tree, to: TreeCases(corpus, in: tree), progress: progress)
  }

  /// Fits a tree to documents that were read for it, or for one of the same structure.
  public func fit(
    _ tree: LatentTree, to cases: TreeCases, progress: ProgressHandler = { _ in }
  ) throws -> FittedTree {
    try check(tree, cases)
    var tables = try firstTables(of: tree, cases)
    var (likelihoods, objectives): ([Double], [Double]) = ([], [])
    while true {
      let isLast = likelihoods.count >= iterations
      let base = AbsenceMessages(tables, layout: cases.layout)
      let counts = ExpectedCounts.over(
        cases, base, isLast ? .likelihood : .counts, threads: threads)
      guard counts.impossible == 0 else {
        throw InferenceError.impossible(documents: Int(counts.impossible))
      }
      likelihoods.append(counts.logLikelihood)
      objectives.append(
        counts.logLikelihood + tables.logPrior(of: tree, pseudoCount: pseudoCount))
      if isLast || hasConverged(objectives, documents: cases.documents) { break }
      tables = counts.tables(after: tables, base, cases, pseudoCount: pseudoCount)
      try report(likelihoods, cases, to: progress)
    }
    try progress(ProgressUpdate(completed: iterations, total: iterations))
    return FittedTree(
      tree: tree.with(sound: tables).oriented(), logLikelihoods: likelihoods, objectives: objectives
    )
  }

  private func check(_ tree: LatentTree, _ cases: TreeCases) throws(InferenceError) {
    guard pseudoCount >= 0, pseudoCount.isFinite else { throw .pseudoCount(pseudoCount) }
    try cases.layout.check(tree)
    guard cases.documents > 0 else { throw .noDocuments(dropped: cases.dropped) }
  }

  private func report(
    _ likelihoods: [Double], _ cases: TreeCases, to progress: ProgressHandler
  ) throws {
    guard likelihoods.count < iterations, let last = likelihoods.last else { return }
    try progress(
      ProgressUpdate(
        completed: likelihoods.count, total: iterations,
        note: "log-likelihood \((last / Double(cases.documents) * 1e4).rounded() / 1e4)"))
  }

  private func hasConverged(_ objectives: [Double], documents: Int) -> Bool {
    guard objectives.count > 1 else { return false }
    let gain = objectives[objectives.count - 1] - objectives[objectives.count - 2]
    return gain <= tolerance * Double(documents)
  }

  private func firstTables(
    of tree: LatentTree, _ cases: TreeCases
  ) throws(InferenceError) -> LatentTree.Distribution {
    switch start {
    case .structure: return FirstTables(tree, cases, seed: seed).distribution
    case .tables:
      guard let distribution = tree.distribution else { throw .noDistribution }
      return distribution
    }
  }
}

/// A tree whose probabilities were fitted to documents.
public struct FittedTree: Hashable, Sendable {
  /// The tree, state 1 of each latent meaning “present” (``LatentTree/oriented()``).
  public let tree: LatentTree
  /// LL of the tables that the fit started from and of those after each iteration; the last is the
  /// tree's.
  public let logLikelihoods: [Double]
  /// What each iteration raises: LL, and with a pseudo-count the logarithm of the prior.
  public let objectives: [Double]
}
