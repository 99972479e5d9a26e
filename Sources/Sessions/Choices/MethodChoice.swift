internal import Networks
internal import Report
public import Saliency
internal import Tensors
internal import Terms

/// Which explainer answers.
public struct MethodChoice: Defaulted {
  /// Its name on the menu.
  public var explainer = "grad-cam"
  /// Its settings: `key=value,…`; the usual ones for what is left out.
  public var settings = ""
  /// The layer to explain at; the card's, or else the last spatial one, where it needs one.
  public var layer: String?
  /// How the channels of an attribution at the input become one number.
  public var reduction: ChannelReduction = .sum

  /// Chooses Grad-CAM.
  public init() {}

  /// Chooses an explainer by its name.
  public init(_ explainer: String, settings: String = "") {
    (self.explainer, self.settings) = (explainer, settings)
  }

  /// The explainer, made for a network.
  func chosen(for network: Network, on device: Device, seed: Seed) throws -> ChosenExplainer {
    try ChosenExplainer(
      named: explainer, settings: settings, layer: layer, reduction: reduction, for: network,
      on: device, seed: seed)
  }
}
