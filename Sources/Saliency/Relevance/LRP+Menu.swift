internal import Networks

extension LRP {
  private static let settings = [
    Setting(
      "rule", .choice(Rule.allCases.map(\.rawValue)), usual: Rule.composite.rawValue,
      "which contributions count; the composites are ε in linear layers, γ, z⁺ or αβ in "
        + "convolutions, and a rule for pixels in the first one"),
    Setting("epsilon", .number(0...1e6), usual: "1e-6", "the stabiliser of ε"),
    Setting(
      "gamma", .number(0...1e6), usual: "0.25", "γ, how much more a result's own sign counts"),
    Setting(
      "alpha", .number(1...1e6), usual: "2", "α, how much positive contributions count; β = α − 1"),
  ]

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
      name: name, title: title, summary: summary, source: source, layerUse: .optional,
      settings: settings
    ) { values, context in
      let rule: Rule = try values.choice("rule")
      if let idle = values.given.subtracting(rule.settings).sorted().first {
        throw SettingError.idle(idle, with: "rule=\(rule.rawValue)", used: rule.settings.sorted())
      }
      return try LRP(
        rule, start: start, at: context.layer, epsilon: values.number("epsilon"),
        gamma: values.number("gamma"), alpha: values.number("alpha"))
    }
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
    case .composite: ["rule", "epsilon", "gamma"]
    case .compositeAlphaBeta: ["rule", "epsilon", "alpha"]
    }
  }
}
