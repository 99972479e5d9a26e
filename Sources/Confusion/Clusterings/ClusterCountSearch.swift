public import Terms

/// Finding a number of clusters: the one whose tree, fitted to most of the documents, makes the rest
/// likeliest.
public struct ClusterCountSearch: Hashable, Sendable {
  /// Classes per cluster that are tried.
  public var meanSizes: [Double]
  /// The fraction of documents that judge.
  public var heldOutFraction: Double
  /// Iterations of each fit.
  public var iterations: Int
  /// What random choices follow from.
  public var seed: Seed
  /// How many threads work; the result is the same for any number.
  public var threads: Int

  /// Collects settings.
  public init(
    meanSizes: [Double] = [1.5, 2, 2.5, 3, 4, 6], heldOutFraction: Double = 0.2,
    iterations: Int = 20,
    seed: Seed, threads: Int = 1
  ) {
    (self.meanSizes, self.heldOutFraction) = (meanSizes, heldOutFraction)
    (self.iterations, self.seed, self.threads) = (iterations, seed, threads)
  }

  /// A number that was tried.
  public struct Trial: Hashable, Codable, Sendable {
    /// How many clusters level 1 was to have.
    public let clusterCount: Int
    /// The held-out log-likelihood per document; the clusters were found without these documents,
    /// too.
    public let logLikelihoodPerDocument: Double
  }

  /// The best of ``trials(for:_:progress:)``, the first of equals.
  public func best(
    for agglomeration: Agglomeration, _ corpus: Corpus, progress: ProgressHandler = { _ in }
  ) throws -> Trial {
    let trials = try trials(for: agglomeration, corpus, progress: progress)
    let best = trials.max {
      ($0.logLikelihoodPerDocument, $1.clusterCount) < (
        $1.logLikelihoodPerDocument, $0.clusterCount
      )
    }
    guard let best else { throw ClusteringError.nothingTogether(documents: corpus.count) }
    return best
  }

  /// Judges each number.
  ///
  /// - Throws: ``ClusteringError``, such as ``ClusteringError/tooFewDocuments(_:)`` where none is left
  ///   to fit or to judge by, ``InferenceError``, and what `progress` throws.
  public func trials(
    for agglomeration: Agglomeration, _ corpus: Corpus, progress: ProgressHandler = { _ in }
  ) throws -> [Trial] {
    for size in meanSizes where !(size >= 1) { throw ClusteringError.meanSize(size) }
    guard heldOutFraction > 0, heldOutFraction < 1 else {
      throw ClusteringError.heldOutFraction(heldOutFraction)
    }
    let (learnt, kept) = divided(corpus)
    let together = [learnt, kept].map(Self.togetherCount)
    if together.contains(0) {
      let count = together.reduce(0, +)
      throw count == 0
        ? ClusteringError.nothingTogether(documents: corpus.count) : .tooFewDocuments(count)
    }
    let dendrogram = try agglomeration.dendrogram(of: learnt)
    let classes = dendrogram.clusters.count
    let counts = Set(meanSizes.map { max(1, Int((Double(classes) / $0).rounded())) })
    let fitting = ExpectationMaximization(iterations: iterations, seed: seed, threads: threads)
    var trials: [Trial] = []
    for count in counts.sorted() {
      let tree = try dendrogram.tree(levels: Dendrogram.levels(above: count)).joined()
      let fitted = try fitting.fit(tree, to: learnt).tree
      let score: TreeScore
      // The documents that judge may have no two classes that the others name.
      do { score = try fitted.score(of: kept, threads: threads) } catch InferenceError.noDocuments {
        throw ClusteringError.tooFewDocuments(together.reduce(0, +))
      }
      let trial = Trial(
        clusterCount: count, logLikelihoodPerDocument: score.logLikelihoodPerDocument)
      trials.append(trial)
      try progress(ProgressUpdate(completed: trials.count, total: counts.count))
    }
    return trials
  }

  /// How many documents name two classes or more.
  private static func togetherCount(_ corpus: Corpus) -> Int {
    (0..<corpus.count).count { corpus[$0].count >= 2 }
  }

  private func divided(_ corpus: Corpus) -> (learnt: Corpus, kept: Corpus) {
    var stream = RandomStream(seed)
    let order = stream.permutation(of: corpus.count)
    let keptCount = Int((Double(corpus.count) * heldOutFraction).rounded())
    return (
      corpus.selecting(order.dropFirst(keptCount).sorted()),
      corpus.selecting(order.prefix(keptCount).sorted())
    )
  }
}
