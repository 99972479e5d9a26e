extension LRP: MenuMethod {
  static let table: [MethodSetting<LRP>] = [
    .choice(
      "rule", \.rule,
      "which contributions count; the composites are ε in linear layers, γ, z⁺ or αβ in "
        + "convolutions, and a rule for pixels in the first one; attn-lrp is for transformers"),
    .number("epsilon", \.epsilon, 0...1e6, "the stabiliser of ε"),
    .number("gamma", \.gamma, 0...1e6, "γ, how much more a result's own sign counts"),
    .number("alpha", \.alpha, 1...1e6, "α, how much positive contributions count; β = α − 1"),
  ]

  /// What the menu calls it.
  public var menuName: String {
    switch start {
    case .score: Self.entry.name
    case .contrastive: Self.contrastiveEntry.name
    case .softmaxGradient: Self.softmaxEntry.name
    }
  }

  /// Layer-wise relevance propagation on the menu.
  static let entry = entry(
    "lrp", "Layer-wise relevance propagation",
    "a score's value, distributed over what contributed to it", "Bach et al. 2015", .score)

  /// Contrastive layer-wise relevance propagation on the menu.
  static let contrastiveEntry = entry(
    "clrp", "Contrastive LRP", "a class's relevance minus that of the foil or of all other classes",
    "Gu et al. 2018", .contrastive)

  /// Softmax-gradient layer-wise relevance propagation on the menu.
  static let softmaxEntry = entry(
    "sglrp", "Softmax-gradient LRP", "relevance that starts with the gradient of a probability",
    "Iwana et al. 2019", .softmaxGradient)

  private static func entry(
    _ name: String, _ title: String, _ summary: String, _ source: String, _ start: Start
  ) -> ExplainerEntry {
    ExplainerEntry(
      LRP(start: start), named: name, title: title, summary: summary, source: source,
      layerUse: .optional,
      checking: { method, given in
        let rule = method.rule
        if let idle = given.subtracting(rule.settings).sorted().first {
          throw SettingError.idle(
            idle, with: "rule=\(rule.rawValue)", used: rule.settings.sorted())
        }
      })
  }
}

extension LRP.Rule {
  /// The settings that the rule heeds.
  fileprivate var settings: Set<String> {
    switch self {
    case .epsilon, .compositePlus: ["rule", "epsilon"]
    case .gamma: ["rule", "gamma"]
    case .zPlus: ["rule"]
    case .alphaBeta: ["rule", "alpha"]
    case .composite, .attention: ["rule", "epsilon", "gamma"]
    case .compositeAlphaBeta: ["rule", "epsilon", "alpha"]
    }
  }
}
