internal import Networks

extension MWP: MenuMethod {
  static let table: [MethodSetting<MWP>] = [
    .choice(
      "negatives", \.negatives,
      "negative activations compete as they are (keep, as TorchRay) or not at all (drop)")
  ]

  /// What the menu calls it.
  public var menuName: String {
    top == .contrast ? Self.contrastiveEntry.name : Self.entry.name
  }

  /// Marginal winning probability on the menu.
  static let entry = ExplainerEntry(
    MWP(), named: "mwp", title: "Marginal winning probability",
    summary: "a class's probability passed down by excitation", source: "Zhang et al. 2018",
    layerUse: .always)

  /// Contrastive marginal winning probability on the menu.
  static let contrastiveEntry = ExplainerEntry(
    MWP(top: .contrast), named: "contrastive-mwp",
    title: "Contrastive marginal winning probability",
    summary: "MWP of a class minus MWP of “not this class”", source: "Zhang et al. 2018",
    layerUse: .always)
}
