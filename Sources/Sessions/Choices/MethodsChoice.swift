internal import Networks
internal import Report
public import Saliency
internal import Tensors
internal import Terms

/// Several explainers, their settings and their layer.
public struct MethodsChoice: Defaulted {
  /// Their names on the menu; `all` for every one.
  public var explainers = ["all"]
  /// `name:key=value,…`: the settings of one of them; several for one are taken together.
  public var settings: [String] = []
  /// The layer for those that cannot do without one.
  public var layer: String?
  /// How the channels of an attribution at the input become one number.
  public var reduction: ChannelReduction = .sum

  /// Chooses every explainer.
  public init() {}

  /// Chooses explainers by their names.
  public init(_ explainers: [String]) { self.explainers = explainers }

  /// The explainers with their settings.
  ///
  /// - Throws: `SettingError`, before any explainer has done its work.
  func list() throws -> MethodList { try MethodList(explainers, settings: settings) }

  /// One of them, made for a network.
  func chosen(
    _ entry: ExplainerEntry, of list: MethodList, for network: Network, on device: Device,
    seed: Seed
  ) throws -> ChosenExplainer {
    try ChosenExplainer(
      named: entry.name, settings: list.settings(of: entry),
      layer: entry.layerUse == .always ? layer : nil, reduction: reduction, for: network,
      on: device, seed: seed)
  }
}
