internal import Networks
internal import Terms

extension RISE: MenuMethod {
  static let table: [MethodSetting<RISE>] =
    [
      .count(
        "masks", \.maskCount, 1...10_000_000,
        "the largest number of masks; paired ones are rounded up to an even number"),
      .number("probability", \.probability, 0.01...1, "the probability that a cell is visible"),
      .count("cells", \.cells, 1...1000, "the cells per side of a mask"),
      .baseline("fill", \.fill, "what lies behind the masks"),
      .choice(
        "estimator", \.estimator,
        "paired: less noise for the same masks; published: the paper's mean"),
      .number(
        "tolerance", \.tolerance, 0...1,
        "stop when the standard error is below this fraction of the largest value; 0: never"),
      .choice(
        "zero", \.zero,
        "where the map is 0: at the score 0, as published, or at the mean score, for contrast outside"
      ),
    ] + MethodSetting.ofSamples(\.batch, \.precision)

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// RISE on the menu.
  static let entry = ExplainerEntry(
    RISE(seed: 0), named: "rise", title: "RISE",
    summary: "the mean score behind random masks that leave a pixel visible",
    source: "Petsiuk et al. 2018", defaultScore: .probability, asksOften: true
  ) { $0.seed = $1.seed }
}

extension MethodSetting {
  /// What every method that runs many samples has.
  static func ofSamples(
    _ batch: Place<Method, Int?>,
    _ precision: Place<Method, PreparedProgram.Precision>
  ) -> [MethodSetting] {
    [
      .count(
        "batch", batch, 0...4096,
        "the largest number of samples per pass; 0: what is fast and fits"),
      .choice(
        "precision", precision, "the precision of the passes; bfloat16 is faster and coarser"),
    ]
  }
}
