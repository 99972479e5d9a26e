import ArgumentParser
import Confusion
import Evaluation
import Report
import Sessions
import Terms

/// Which classes of a picture are told apart.
struct EvaluatedClusterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The latent tree that puts the likeliest classes in clusters.", valueName: "file"))
  var tree: String?

  @Option(
    help: ArgumentHelp(
      "The level at which to cut the tree. (default: 1, the lowest)", valueName: "n"))
  var level: Int?

  @Option(
    help: ArgumentHelp(
      "Clusters given by hand instead, such as \"cello,violin;banjo,acoustic guitar\".",
      valueName: "class,…;…"))
  var clusters: String?

  @Option(help: "The largest number of classes of a picture.")
  var top = 5

  @Option(help: "The probability that they must exceed together, unless --top is reached first.")
  var mass: Float = 0.95

  func validate() throws {
    if tree != nil, clusters != nil {
      throw ValidationError("clusters come from one of --tree and --clusters")
    }
    if tree == nil, clusters == nil {
      throw ValidationError("name what classes are confused with: --tree, or --clusters by hand")
    }
    if level != nil, tree == nil { throw ValidationError("--level says where to cut a --tree") }
    if !(1...50).contains(top) { throw ValidationError("--top must be from 1 to 50") }
    if !(mass > 0 && mass <= 1) { throw ValidationError("--mass must be more than 0, at most 1") }
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
