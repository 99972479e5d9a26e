public import ArgumentParser
public import Contrast
import Sessions

extension Scheme: ExpressibleByArgument {}

extension Support: ExpressibleByArgument {
  /// Reads a rule such as `percentile:50`.
  public init?(argument: String) { self.init(argument) }
}

/// How a whole output is explained when nothing is asked.
struct SchemeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The latent tree that puts the likeliest classes in clusters.", valueName: "file"))
  var tree: String?

  @Option(
    help: ArgumentHelp(
      "The level at which to cut the tree. (default: 1, the lowest)", valueName: "number"))
  var level: Int?

  @Option(
    help: ArgumentHelp(
      "Clusters given by hand, such as \"cello,violin;banjo,acoustic guitar\".",
      valueName: "class,…;…"))
  var clusters: String?

  @Option(
    help: ArgumentHelp(
      "Cluster the classes whose maps overlap by this fraction.", valueName: "0…1"))
  var overlap: Float?

  @Option(
    help: ArgumentHelp(
      "The scheme. (default: \(SchemeChoice.defaultScheme.rawValue))", valueName: "name"))
  var scheme: Scheme?

  @Option(
    help: ArgumentHelp(
      "Where classes are explained: above a percentile of their cluster's map, or "
        + "above a fraction of its range, such as percentile:50 or range:0.2. (default: "
        + "CWOX's percentiles)", valueName: "rule"))
  var support: Support?

  @Option(help: "The largest number of classes.")
  var top = SchemeChoice().limit

  @Option(
    help: ArgumentHelp(
      "The probability that the classes must exceed together, unless --top is reached "
        + "first."))
  var mass = SchemeChoice().mass

  @Option(
    help: ArgumentHelp(
      "Classes to leave out of these, such as \"cello,banjo\".", valueName: "class,…"))
  var without: String?

  @Option(help: ArgumentHelp("The method for clusters. (default: --explainer)", valueName: "name"))
  var clusterExplainer: String?

  @Option(help: ArgumentHelp("The settings of the method for clusters.", valueName: "key=value,…"))
  var clusterSettings: String?

  @Option(
    help: ArgumentHelp(
      "The layer for clusters. (default: --layer, the card's layer for clusters, or "
        + "the last spatial one)", valueName: "name"))
  var clusterLayer: String?

  @Option(help: ArgumentHelp("The method for classes. (default: --explainer)", valueName: "name"))
  var classExplainer: String?

  @Option(help: ArgumentHelp("The settings of the method for classes.", valueName: "key=value,…"))
  var classSettings: String?

  @Option(
    help: ArgumentHelp(
      "The layer for classes. (default: --layer, the card's layer for classes, or "
        + "that of clusters)", valueName: "name"))
  var classLayer: String?

  func validate() throws { try usage { try choice.validate() } }

  /// The choice that the words make.
  var choice: SchemeChoice {
    var choice = SchemeChoice()
    (choice.tree, choice.level, choice.clusters) = (tree, level, clusters)
    (choice.overlap, choice.scheme, choice.support) = (overlap, scheme, support)
    (choice.limit, choice.mass, choice.without) = (top, mass, without)
    choice.clusterStage.explainer = clusterExplainer
    choice.clusterStage.settings = clusterSettings
    choice.clusterStage.layer = clusterLayer
    choice.classStage.explainer = classExplainer
    choice.classStage.settings = classSettings
    choice.classStage.layer = classLayer
    return choice
  }
}
