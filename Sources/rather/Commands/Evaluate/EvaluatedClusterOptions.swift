import ArgumentParser
import Sessions

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
  var top = ClusterChoice().limit

  @Option(help: "The probability that they must exceed together, unless --top is reached first.")
  var mass = ClusterChoice().mass

  func validate() throws { try usage { try choice.validate() } }

  /// The choice that the words make.
  var choice: ClusterChoice {
    var choice = ClusterChoice()
    (choice.tree, choice.level, choice.clusters) = (tree, level, clusters)
    (choice.limit, choice.mass) = (top, mass)
    return choice
  }
}
