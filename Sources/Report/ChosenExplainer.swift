public import Contrast
public import Networks
public import Saliency
public import Tensors
public import Terms

/// An explainer as it was chosen, made for a network, with what reports say of it.
public struct ChosenExplainer: Sendable {
  /// Its names and settings.
  public let entry: ExplainerEntry
  /// The explainer.
  public let explainer: any Explainer
  /// What reports say of it.
  public let method: Method
  /// Makes an explainer of the menu.
  ///
  /// - Parameters:
  ///   - name: What commands call it.
  ///   - settings: As commands take them: `key=value,…`.
  ///   - layer: The layer to explain at, where one is named.
  ///   - role: What that layer is to tell apart.
  ///   - reduction: How the channels of an attribution at the input become one number.
  /// - Throws: `SettingError`, and `NetworkError` where the network has no layer for it.
  public init(
    named name: String, settings: String, layer: String?, role: LayerRole = .clusters,
    reduction: ChannelReduction,
    for network: Network, on device: Device = .cpu, seed: Seed
  ) throws {
    entry = try ExplainerMenu.entry(named: name)
    let values = try entry.values(settings)
    if entry.layerUse == .never, layer != nil { throw SettingError.layerOfInputMethod(name) }
    let isAtLayer = entry.layerUse == .always || layer != nil
    let pivot = isAtLayer ? try network.pivot(named: layer, for: role) : nil
    let made = try entry.explainer(values, .init(network: network, seed: seed))
    let base = try made.at(pivot?.layer)
    explainer = reduction == .sum ? base : Reduced(base, by: reduction)
    var described = Dictionary(uniqueKeysWithValues: values.all.map { ($0.key, $0.value) })
    described["device"] = device.description
    if pivot == nil { described["reduce"] = reduction.rawValue }
    method = Method(
      explainer: name, title: entry.title,
      place: pivot.map { .layer($0.layer.name, $0.choice) } ?? .input, settings: described)
  }

  /// Takes an explainer that the menu does not have; its usual score is the logit.
  public init(_ explainer: any Explainer, titled title: String) {
    entry = ExplainerEntry(name: title, title: title, summary: "", source: "") { _, _ in explainer }
    self.explainer = explainer
    // A method of the menu that was made in Swift is called in manifests as the menu calls it.
    let isOfMenu = ExplainerMenu.entries.contains { $0.name == explainer.menuName }
    method = Method(
      explainer: isOfMenu ? explainer.menuName : title, title: title, place: .input,
      settings: explainer.settingValues.mapValues(\.description))
  }

  /// The score of a class where nothing else is chosen.
  public var defaultScore: ScoreKind { entry.defaultScore == .probability ? .probability : .logit }
}
