internal import Imagery
internal import Terms

extension LIME {
  /// LIME on the menu.
  static let entry = ExplainerEntry(
    name: "lime", title: "LIME",
    summary: "a linear model of which segments of the picture are seen, fitted to samples",
    source: "Ribeiro et al. 2016", usualScore: .probability,
    settings: [
      Setting(
        "samples", .count(1...1_000_000), usual: "1000", "the number of pictures that are tried"),
      Setting("segments", .count(1...10_000), usual: "60", "the approximate number of segments"),
      Setting(
        "segmentation", .choice(Superpixels.Method.allCases.map(\.rawValue)), usual: "slic",
        "how the picture is cut"),
      Setting(
        "compactness", .number(0.01...1000), usual: "20",
        "how much nearness counts against colour in slic"),
      Setting(
        "fill",
        .text("segment-mean, black, white, mean, blur:SIGMA, noise:SIGMA or a picture's file"),
        usual: segmentMean, "what hidden segments look like"),
      Setting("width", .number(0.001...1000), usual: "0.25", "σ of the weights, a cosine distance"),
      Setting("penalty", .number(1e-6...1e6), usual: "1", "α of the ridge regression"),
      Setting(
        "draw", .choice(Draw.allCases.map(\.rawValue)), usual: Draw.independent.rawValue,
        "each sample by itself, or pairs in which one hides what the other keeps"),
    ] + Setting.ofSamples
  ) { values, context in
    let method: Superpixels.Method = try values.choice("segmentation")
    if method != .slic, values.given.contains("compactness") {
      throw SettingError.unknown(
        "compactness", of: "segmentation=\(method.rawValue)", nearest: [], known: [])
    }
    // Other streams than those of the samples.
    var key = RandomStream(context.seed)
    let noise = ExplainerEntry.Context(
      network: context.network, layer: nil, seed: Seed(key.next()), picture: context.picture)
    return LIME(
      segmentation: Segmentation(
        method, segments: values.count("segments"),
        compactness: values.number("compactness")),
      fill: values.text("fill") == segmentMean
        ? .segmentMean : .baseline(try values.baseline("fill", noise)),
      samples: values.count("samples"), width: values.number("width"),
      penalty: Double(values.number("penalty")), draw: try values.choice("draw"),
      batch: values.batch, precision: try values.choice("precision"),
      seed: context.seed)
  }

  private static let segmentMean = "segment-mean"
}
