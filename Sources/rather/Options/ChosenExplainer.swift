import Contrast
import Networks
import Report
import Saliency
import Tensors
import Terms

/// An explainer as it was chosen, made for a network.
struct ChosenExplainer {
  let entry: ExplainerEntry
  let explainer: any Explainer
  let method: Method

  init(
    named name: String, settings: String, layer: String?, role: LayerRole = .clusters,
    reduction: ChannelReduction,
    for network: Network, on device: Device = .cpu, seed: Seed
  ) throws {
    entry = try ExplainerMenu.entry(named: name)
    let values = try entry.values(settings)
    if entry.layerUse == .never, layer != nil { throw SettingError.layerOfInputMethod(name) }
    let isAtLayer = entry.layerUse == .always || layer != nil
    let pivot = isAtLayer ? try network.pivot(named: layer, for: role) : nil
    let base = try entry.explainer(
      values, .init(network: network, layer: pivot?.layer, seed: seed))
    explainer = reduction == .sum ? base : Reduced(base, by: reduction)
    var described = Dictionary(uniqueKeysWithValues: values.all.map { ($0.key, $0.value) })
    described["device"] = device.description
    if pivot == nil { described["reduce"] = reduction.rawValue }
    method = Method(
      explainer: name, title: entry.title,
      place: pivot.map { .layer($0.layer.name, $0.choice) } ?? .input, settings: described)
  }

  /// The score of a class where nothing else is chosen.
  var usualScore: ScoreKind { entry.usualScore == .probability ? .probability : .logit }
}
