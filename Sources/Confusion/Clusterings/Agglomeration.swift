public import Terms

/// Clusters of classes by agglomeration: each class alone at first, then always the two clusters
/// joined whose classes are, pair by pair and on average, most alike (average linkage).
///
/// For comparison with learnt latent trees; the result is a tree of the same kind, without
/// probabilities. Classes and clusters that no document connects are never joined, so that a level
/// may have more clusters than were asked for.
///
/// - Randomness: only the division into documents to fit and to judge by, where the number of
///   clusters is to be found, and what ``ExpectationMaximization`` draws; both follow from `seed`.
/// - Complexity: O(classes²) time and memory, after O(Σ length of a document²) for counting.
public struct Agglomeration: Hashable, Sendable {
  /// How alike two classes are; ``Association/count`` is not normalised and favours frequent ones.
  public var association: Association
  /// How many clusters each level has, level 1 first; `nil` for those that make held-out documents
  /// likeliest (``ClusterCountSearch``).
  public var clusterCounts: [Int]?
  /// What random choices follow from.
  public var seed: Seed
  /// How many threads fit trees; the result is the same for any number.
  public var threads: Int

  /// Collects settings.
  public init(
    by association: Association = .pmi, clusterCounts: [Int]? = nil, seed: Seed, threads: Int = 1
  ) {
    (self.association, self.clusterCounts) = (association, clusterCounts)
    (self.seed, self.threads) = (seed, threads)
  }

  /// Joins classes, or clusters of them, until nothing is left to join.
  ///
  /// - Parameters:
  ///   - corpus: The documents.
  ///   - clusters: What to join; `nil` for single classes. How alike two are is the mean over all
  ///     pairs of a class of each.
  /// - Throws: ``ClusteringError/nothingTogether(documents:)``.
  public func dendrogram(
    of corpus: Corpus, joining clusters: Partition? = nil
  ) throws(ClusteringError) -> Dendrogram {
    let counts = CoOccurrence(corpus)
    guard counts.documents > 0 else { throw .nothingTogether(documents: corpus.count) }
    let clusters = clusters?.clusters ?? counts.classes.map { [$0] }
    var linkage = AverageLinkage(clusters, counts, by: association)
    return Dendrogram(clusters, pairs: linkage.pairs())
  }

  /// Makes a tree of documents.
  ///
  /// - Parameters:
  ///   - corpus: The documents.
  ///   - labels: Names of classes, by index.
  ///   - progress: Called after each number of clusters that is tried; throwing stops.
  /// - Throws: ``ClusteringError``, and what `progress` throws.
  public func tree(
    of corpus: Corpus, labels: [Int: String] = [:], progress: ProgressHandler = { _ in }
  ) throws -> LatentTree {
    let dendrogram = try dendrogram(of: corpus)
    if let clusterCounts {
      return try dendrogram.tree(levels: clusterCounts, labels: labels)
    }
    let search = ClusterCountSearch(seed: seed, threads: threads)
    let count = try search.best(for: self, corpus, progress: progress).clusterCount
    return try dendrogram.tree(
      levels: Dendrogram.levels(above: count), labels: labels)
  }

  /// Makes the upper levels of a tree whose level 1 is found otherwise, such as by a learnt tree.
  ///
  /// - Parameters:
  ///   - partition: The clusters of level 1. ``clusterCounts`` are of level 2 and above, where they
  ///     are given.
  ///   - corpus: The documents.
  ///   - labels: Names of classes, by index.
  /// - Throws: ``ClusteringError``.
  public func tree(
    above partition: Partition, of corpus: Corpus, labels: [Int: String] = [:]
  ) throws -> LatentTree {
    let count = partition.clusters.count
    let upper = clusterCounts ?? Array(Dendrogram.levels(above: count).dropFirst())
    return try dendrogram(of: corpus, joining: partition)
      .tree(levels: [count] + upper, labels: labels)
  }
}

extension Dendrogram {
  /// The tree of several cuts.
  ///
  /// - Parameters:
  ///   - counts: How many clusters each level has, level 1 first, falling.
  ///   - labels: Names of classes, by index.
  /// - Throws: ``ClusteringError``.
  public func tree(levels counts: [Int], labels: [Int: String] = [:]) throws -> LatentTree {
    guard !counts.isEmpty, zip(counts, counts.dropFirst()).allSatisfy({ $0 > $1 }) else {
      throw ClusteringError.levels(counts)
    }
    let levels = try counts.map { count throws(ClusteringError) in try clusters(count) }
    return try NestedClusters(levels: levels).tree(labels: labels)
  }

  /// Level 1 of a number of clusters, and a quarter as many on each level above, as published trees
  /// have about, down to 15 or fewer.
  public static func levels(above count: Int) -> [Int] {
    var levels = [count]
    while let last = levels.last, last > 15 { levels.append((last + 2) / 4) }
    return levels
  }
}
