public import Terms

extension NoiseTunnel {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// The tunnel's settings and those of its method.
  public var settingValues: [String: SettingValue] {
    base.settingValues.merging(
      Dictionary(uniqueKeysWithValues: Self.table.map { ($0.key, $0.setting(of: self).value) })
    ) { _, own in own }
  }

  private static let table: [MethodSetting<NoiseTunnel>] = [
    MethodSetting(key: "method", form: .choice(methods.map(\.name)), summary: "the method") {
      $0.base.menuName
    } write: { _, _, _ in
    },
    .choice(
      "kind", \.statistic, "what is made of its maps: their mean, mean square or variance"),
    .count("samples", \.samples, 1...100_000, "the number of noisy copies"),
    .number("noise", \.noise, 0...10, "σ as a fraction of the input's range"),
  ]

  /// Noise tunnels on the menu.
  static let entry = ExplainerEntry(
    name: "noise-tunnel", title: "Noise tunnel",
    summary: "SmoothGrad and its kin: a method's maps of noisy copies, averaged",
    source: "Smilkov et al. 2017", asksOften: true,
    settings: table.map { $0.setting(of: NoiseTunnel(InputGradient(), seed: 0)) } + inherited
  ) { values, context in
    let entry = try ExplainerMenu.entry(named: values.text("method") ?? "")
    let known = entry.settings.map(\.key)
    // The tunnel's own `samples` and `noise` are not the method's.
    let given = inherited.map(\.key).filter(values.given.contains)
    if let idle = given.first(where: { !known.contains($0) }) {
      throw SettingError.unknown(
        idle, of: entry.name, nearest: [], known: known.filter(inherited.map(\.key).contains))
    }
    let text = given.map { "\($0)=\(values.text($0) ?? "")" }.joined(separator: ",")
    var tunnel = NoiseTunnel(
      try entry.explainer(entry.values(text), context), seed: context.seed)
    let source = SettingSource(
      network: context.network, seed: context.seed, picture: context.picture)
    for setting in table {
      try setting.write(&tunnel, values.text(setting.key) ?? "", source)
    }
    return tunnel
  }

  /// The methods that a tunnel is offered for.
  private static let methods = [
    InputGradient.entry, InputXGradient.entry, IntegratedGradients.entry, GradientSHAP.entry,
    GuidedBackpropagation.entry, Deconvolution.entry, DeepLIFT.entry,
  ]

  /// Settings of those methods.
  private static let inherited =
    IntegratedGradients.entry.settings
    + GradientSHAP.entry.settings.filter { $0.key == "baselines" }
}
