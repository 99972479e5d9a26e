internal import Networks

extension RISE {
  /// RISE on the menu.
  static let entry = ExplainerEntry(
    name: "rise", title: "RISE",
    summary: "the mean score behind random masks that leave a pixel visible",
    source: "Petsiuk et al. 2018", usualScore: .probability,
    settings: [
      Setting(
        "masks", .count(1...10_000_000), usual: "4000",
        "the largest number of masks; paired ones are rounded up to an even number"),
      Setting(
        "probability", .number(0.01...1), usual: "0.5", "the probability that a cell is visible"),
      Setting("cells", .count(1...1000), usual: "7", "the cells per side of a mask"),
      Setting("fill", .baseline, usual: "mean", "what lies behind the masks"),
      Setting(
        "estimator", .choice(Estimator.allCases.map(\.rawValue)), usual: "paired",
        "paired: less noise for the same masks; published: the paper's mean"),
      Setting(
        "tolerance", .number(0...1), usual: "0",
        "stop when the standard error is below this fraction of the largest value; 0: never"),
      Setting(
        "zero", .choice(["absolute", "mean"]), usual: "absolute",
        "where the map is 0: at the score 0, as published, or at the mean score, for contrast outside"
      ),
    ] + Setting.ofSamples
  ) { values, context in
    let rise = RISE(
      maskCount: values.count("masks"), probability: values.number("probability"),
      cells: values.count("cells"), fill: try values.baseline("fill", context),
      estimator: try values.choice("estimator"), tolerance: values.number("tolerance"),
      batch: values.batch, precision: try values.choice("precision"), seed: context.seed)
    return values.text("zero") == "mean" ? Centred(rise) : rise
  }
}

extension Setting {
  /// What every method that runs many samples has.
  static let ofSamples = [
    Setting(
      "batch", .count(0...4096), usual: "0",
      "the largest number of samples per pass; 0: what is fast and fits"),
    Setting(
      "precision", .choice(PreparedProgram.Precision.allCases.map(\.rawValue)), usual: "float32",
      "the precision of the passes; bfloat16 is faster and coarser"),
  ]
}

extension SettingValues {
  /// The most samples a pass; `nil` where nothing is said.
  var batch: Int? { count("batch") == 0 ? nil : count("batch") }
}
