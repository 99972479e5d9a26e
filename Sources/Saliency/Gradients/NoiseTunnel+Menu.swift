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
        "what its maps become: their mean, mean square or variance"),
      Setting("samples", .count(1...100_000), usual: "25", "noisy copies"),
      Setting("noise", .number(0...10), usual: "0.15", "σ as a fraction of the input's range"),
    ] + IntegratedGradients.settings
  ) { values, context in
    let name = values.text("method")
    guard let entry = methods.first(where: { $0.name == name }) else {
      throw SettingError.unknownExplainer(name, nearest: methods.map(\.name))
    }
    let own = entry.settings.map(\.key)
    let inherited = IntegratedGradients.settings.map(\.key)
    if let idle = inherited.first(where: { values.given.contains($0) && !own.contains($0) }) {
      throw SettingError.unknown(idle, of: name, nearest: [], known: own)
    }
    let text = inherited.filter(own.contains).map { "\($0)=\(values.text($0))" }
    let base = try entry.explainer(entry.values(text.joined(separator: ",")), context)
    return NoiseTunnel(
      base, statistic: try values.choice("kind"), samples: values.count("samples"),
      noise: values.number("noise"), seed: context.seed)
  }

  /// The methods that a tunnel is offered for.
  private static let methods = [
    InputGradient.entry, InputXGradient.entry, IntegratedGradients.entry,
  ]
}
