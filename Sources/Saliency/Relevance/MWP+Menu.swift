internal import Networks

extension MWP {
  private static let negatives = Setting(
    "negatives", .choice(Negatives.allCases.map(\.rawValue)), usual: Negatives.drop.rawValue,
    "negative activations compete as they are (keep, as TorchRay) or not at all (drop)")

  /// Marginal winning probability on the menu.
  static let entry = entry(
    "mwp", "Marginal winning probability", "a class's probability passed down by excitation",
    top: .winners)

  /// Contrastive marginal winning probability on the menu.
  static let contrastiveEntry = entry(
    "contrastive-mwp", "Contrastive marginal winning probability",
    "MWP of a class minus MWP of “not this class”", top: .contrast)

  private static func entry(
    _ name: String, _ title: String, _ summary: String, top: Top
  ) -> ExplainerEntry {
    ExplainerEntry(
      name: name, title: title, summary: summary, source: "Zhang et al. 2018", layerUse: .always,
      settings: [negatives]
    ) { values, context in
      try MWP(
        at: context.neededLayer, top: top, negatives: values.choice(negatives.key))
    }
  }
}
