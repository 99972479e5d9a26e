public import Confusion
internal import Terms

/// How clusters are found without a model.
public struct ClusteringChoice: Defaulted {
  /// The measure of how alike two classes are; `pmi` for agglomeration, `count` for Louvain where none is said.
  public var association: Association?
  /// Agglomeration: how many clusters each level has, lowest first; those that make held-out documents likeliest
  /// where nothing is said.
  public var clusterCounts: [Int]?
  /// Louvain: above 1 for smaller clusters.
  public var resolution: Double?

  /// Chooses what is usual.
  public init() {}

  /// What is set that a method does not know, by the names of options.
  func strange(to method: TreeLearner) -> [String] {
    [
      ("--association", association != nil && method == .hlta),
      ("--clusters", clusterCounts != nil && method != .agglomerative),
      ("--resolution", resolution != nil && method != .louvain),
    ].filter(\.1).map(\.0)
  }

  /// Finds a tree by agglomeration.
  func agglomerated(
    _ corpus: Corpus, seed: Seed, threads: Int, _ telling: Telling, _ progress: ProgressHandler
  ) throws -> FoundTree {
    let method = Agglomeration(
      by: association ?? .pmi, clusterCounts: clusterCounts, seed: seed, threads: threads)
    let tree = try method.tree(of: corpus, progress: progress)
    if let clusterCounts, clusterCounts != tree.levelSizes {
      let texts = [tree.levelSizes, clusterCounts].map {
        $0.map(String.init).joined(separator: ",")
      }
      telling.note(
        "\(Counted.text(tree.levelSizes.count, "level")) of \(texts[0]) clusters, not \(texts[1]): "
          + "those that are left have nothing in common by --association "
          + method.association.rawValue)
    }
    let counts = clusterCounts.map { $0.map(String.init).joined(separator: ",") }
    var found = FoundTree(
      structure: tree,
      settings: [
        "association": method.association.rawValue, "clusters": counts ?? "by held-out documents",
      ], from: corpus)
    found.isSeeded = clusterCounts == nil
    return found
  }

  /// Finds a tree by modularity.
  func louvain(_ corpus: Corpus, seed: Seed) throws -> FoundTree {
    var method = Louvain(by: association ?? .count, seed: seed)
    if let resolution { method.resolution = resolution }
    return FoundTree(
      structure: try method.tree(of: corpus),
      settings: ["association": method.association.rawValue, "resolution": "\(method.resolution)"],
      from: corpus)
  }
}
