internal import Confusion
internal import Evaluation
internal import Report
internal import Terms

/// Which classes of a picture are told apart.
public struct ClusterChoice: Defaulted {
  /// The latent tree that puts the likeliest classes in clusters.
  public var tree: String?
  /// The level at which to cut the tree; 1, the lowest, where none is said.
  public var level: Int?
  /// Clusters given by hand instead: classes with commas between, clusters with semicolons.
  public var clusters: String?
  /// The largest number of classes of a picture.
  public var limit = SchemeChoice().limit
  /// The probability that they must exceed together, unless ``limit`` is reached first.
  public var mass = SchemeChoice().mass

  /// Chooses no clusters yet.
  public init() {}

  package func validate() throws {
    func fail(_ sentence: String) -> RequestFault { .unfit(sentence) }
    if tree != nil, clusters != nil {
      throw fail("clusters come from one of --tree and --clusters")
    }
    if tree == nil, clusters == nil {
      throw fail("name what classes are confused with: --tree, or --clusters by hand")
    }
    if level != nil, tree == nil { throw fail("--level says where to cut a --tree") }
    try SchemeChoice.check(limit: limit, mass: mass)
  }

  /// The clusters, and how a run names where they come from.
  func source(
    for labels: ClassLabels
  ) throws -> (partition: Partition, origin: EvaluationIdentity.Clusters) {
    if let tree,
      case .tree(let partition, let file, let level) = try ClusterSource(
        tree: tree, level: level ?? 1, labels: labels)
    {
      return (partition, .tree(sha256: file.sha256, level: level))
    }
    let partition = try SchemeChoice.partition(clusters ?? "", labels)
    return (partition, .byHand(partition.clusters))
  }
}
