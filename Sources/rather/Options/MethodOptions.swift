import ArgumentParser
import Saliency
import Sessions

/// The methods that a command takes where none are named.
protocol DefaultMethods {
  static var `default`: MethodsChoice { get }
}

/// Several methods, their settings and their layer.
struct MethodOptions<Defaults: DefaultMethods>: ParsableArguments {
  @Option(help: ArgumentHelp("The methods, separated by commas, or all.", valueName: "name,…"))
  var explainers = Defaults.default.explainers.joined(separator: ",")

  @Option(
    help: ArgumentHelp(
      "The settings of one method; may be repeated for others.", valueName: "name:key=value,…"))
  var settings: [String] = []

  @Option(help: ArgumentHelp("The layer for the methods that use one.", valueName: "name"))
  var layer: String?

  /// The choice that the words make.
  func choice(reducedBy reduction: ChannelReduction) -> MethodsChoice {
    var choice = MethodsChoice(explainers.split(separator: ",").map(String.init))
    (choice.settings, choice.layer, choice.reduction) = (settings, layer, reduction)
    return choice
  }
}
