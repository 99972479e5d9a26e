public import ArgumentParser
public import Saliency
import Sessions

extension ChannelReduction: ExpressibleByArgument {}

/// Which method explains, and what it may use.
struct ExplainerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The method; `rather explainers` lists them.", valueName: "name"))
  var explainer = MethodChoice().explainer

  @Option(
    help: ArgumentHelp(
      "The method's settings; `rather explainers NAME` describes them.", valueName: "key=value,…"))
  var settings = MethodChoice().settings

  @Option(
    help: ArgumentHelp(
      "The layer to explain at. (default: the card's layer, or else the last spatial one)",
      valueName: "name"))
  var layer: String?

  /// The choice that the words make.
  func choice(reducedBy reduction: ChannelReduction) -> MethodChoice {
    var choice = MethodChoice(explainer, settings: settings)
    (choice.layer, choice.reduction) = (layer, reduction)
    return choice
  }
}

/// What the work may use, and how its attributions are reduced.
struct WorkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How the channels of an attribution at the input are reduced to one number.", valueName: "how"
    ))
  var reduce = MethodChoice().reduction

  @OptionGroup var memory: MemoryOption
}
