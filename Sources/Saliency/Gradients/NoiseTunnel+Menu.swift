extension NoiseTunnel {
  /// Noise tunnels on the menu.
  static let entry = ExplainerEntry(
    name: "noise-tunnel", title: "Noise tunnel",
    summary: "SmoothGrad and its kin: a method's maps of noisy copies, averaged",
    source: "Smilkov et al. 2017",
    settings: [
      Setting("method", .choice(methods.map(\.name)), usual: "saliency", "the method"),
      Setting(
        "kind", .choice(Statistic.allCases.map(\.rawValue)), usual: "mean",
        "what is made of its maps: their mean, mean square or variance"),
      Setting("samples", .count(1...100_000), usual: "25", "the number of noisy copies"),
      Setting("noise", .number(0...10), usual: "0.15", "σ as a fraction of the input's range"),
    ] + inherited
  ) { values, context in
    let name = values.text("method")
    let entry = try ExplainerMenu.entry(named: name)
    let known = entry.settings.map(\.key)
    // The tunnel's own `samples` and `noise` are not the method's.
    let given = inherited.map(\.key).filter(values.given.contains)
    if let idle = given.first(where: { !known.contains($0) }) {
      throw SettingError.unknown(
        idle, of: name, nearest: [], known: known.filter(inherited.map(\.key).contains))
    }
    let text = given.map { "\($0)=\(values.text($0))" }.joined(separator: ",")
    return NoiseTunnel(
      try entry.explainer(entry.values(text), context), statistic: try values.choice("kind"),
      samples: values.count("samples"), noise: values.number("noise"), seed: context.seed)
  }

  /// The methods that a tunnel is offered for.
  private static let methods = [
    InputGradient.entry, InputXGradient.entry, IntegratedGradients.entry, GradientSHAP.entry,
    GuidedBackpropagation.entry, Deconvolution.entry, DeepLIFT.entry,
  ]

  /// Settings of those methods.
  private static let inherited =
    IntegratedGradients.settings + GradientSHAP.entry.settings.filter { $0.key == "baselines" }
}
