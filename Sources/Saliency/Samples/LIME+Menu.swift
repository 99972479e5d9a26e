internal import Imagery
internal import Terms

extension LIME: MenuMethod {
  static let table: [MethodSetting<LIME>] =
    [
      .count("samples", \.samples, 1...1_000_000, "the number of pictures that are tried"),
      .count(
        "segments", \.segmentation.segments, 1...10_000, "the approximate number of segments"),
      .choice("segmentation", \.segmentation.method, "how the picture is cut"),
      .number(
        "compactness", \.segmentation.compactness, 0.01...1000,
        "how much nearness counts against colour in slic"),
      .hiding(\.fill),
      .number("width", \.width, 0.001...1000, "σ of the weights, a cosine distance"),
      .number("penalty", \.singlePenalty, 1e-6...1e6, "α of the ridge regression"),
      .choice(
        "draw", \.draw,
        "each sample by itself, or pairs in which one hides what the other keeps"),
    ] + MethodSetting.ofSamples(\.batch, \.precision)

  private var singlePenalty: Float {
    get { Float(penalty) }
    set { penalty = Double(newValue) }
  }

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// LIME on the menu.
  static let entry = ExplainerEntry(
    LIME(seed: 0), named: "lime", title: "LIME",
    summary: "a linear model of which segments of the picture are seen, fitted to samples",
    source: "Ribeiro et al. 2016", defaultScore: .probability, asksOften: true
  ) { method, source in
    method.seed = source.seed
  } checking: { method, given in
    try method.segmentation.check(given)
  }
}

extension MethodSetting {
  /// What hidden segments look like.
  static func hiding(_ place: Place<Method, LIME.Fill>) -> MethodSetting {
    let segmentMean = "segment-mean"
    return MethodSetting(
      key: "fill",
      form: .text("segment-mean, black, white, mean, blur:SIGMA, noise:SIGMA or a picture's file"),
      summary: "what hidden segments look like"
    ) { method in
      switch method[keyPath: place] {
      case .segmentMean: segmentMean
      case .baseline(let baseline): baseline.text
      }
    } write: { method, text, source in
      if text == segmentMean {
        method[keyPath: place] = .segmentMean
        return
      }
      // Other streams than those of the samples.
      var key = RandomStream(source.seed)
      method[keyPath: place] = .baseline(
        try Baseline(text, for: "fill", seed: Seed(key.next()), picture: source.picture))
    }
  }
}
