internal import Imagery
internal import Networks
internal import Tensors
internal import Terms

/// XRAI: Integrated Gradients, gathered over parts of the picture.
///
///     R = mean over baselines x′ of Integrated Gradients, summed over channels
///     M ← M ∪ S,  S = argmax_S mean of R over S ∖ M;   map = that mean on S ∖ M
///
/// [Kapishnikov et al. 2019], algorithm 1. The picture is cut several times, from fine to coarse, and each part grows by a margin; the part
/// whose pixels have the highest mean goes first, then the one whose further pixels have the highest mean, until the
/// picture is full. Each pixel has the mean of what came with it, so the map sums to what R sums to, `s(x) − mean s(x′)` but for
/// the error of the integrals, which is reported as ``SaliencyMap/Measurement/completenessError``. Departs from the authors' code:
///
/// - The picture is cut by superpixels (SLIC) of ``scales`` sizes, each twice as large as the last, where the code has Felzenszwalb
///   and Huttenlocher's graphs at six scales.
/// - R is summed over channels, where the code takes the largest channel, whose maps have no sum.
/// - The integrals are Gauss–Legendre's.
///
/// - Shapes: the map is `[H, W]`, in units of the score a pixel.
/// - Randomness: none but that of the baselines.
/// - Complexity: Integrated Gradients for each baseline; for each map, the parts times the pixels that they have.
/// - Throws: ``SettingError/needsPictures(_:)`` for an input that is no picture.
///
/// [Kapishnikov et al. 2019]: https://arxiv.org/abs/1906.02825
public struct XRAI: Explainer {
  /// What the picture is compared with.
  public var baselines: [Baseline]
  /// Points on each baseline's path.
  public var steps: Int
  /// How the picture is cut; its number of segments is the finest.
  public var segmentation: LIME.Segmentation
  /// How often it is cut, each time into half as many parts.
  public var scales: Int
  /// How far a part grows, in pixels of the input.
  public var margin: Int
  /// The fewest new pixels of a part that counts.
  public var smallest: Int

  /// Explains by parts.
  public init(
    baselines: [Baseline] = [.black, .white], steps: Int = IntegratedGradients.defaultSteps,
    segmentation: LIME.Segmentation = LIME.Segmentation(segments: 240), scales: Int = 6,
    margin: Int = 5, smallest: Int = 50
  ) {
    self.baselines = baselines
    self.steps = steps
    self.segmentation = segmentation
    self.scales = scales
    self.margin = margin
    self.smallest = smallest
  }

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    let (network, input) = (request.network, request.input)
    guard input.features.arrangement == .plane else {
      throw SettingError.needsPictures(menuName)
    }
    let prediction = try network.prediction(for: input.tensor)
    let scores = try request.scores(prediction)
    let parts = try baselines.enumerated().map { i, baseline in
      try IntegratedGradients(baseline: baseline, rule: .gaussLegendre(steps: steps)).attributions(
        of: scores, in: network, at: input.tensor, within: request.resources
      ) { try request.progress($0.part(i, of: baselines.count)) }
    }
    let regions = try GrownRegions(of: cuts(of: input, network), margin: margin)
    return Explanation(
      prediction: prediction, scores: try parts[0].values.floats(),
      maps: try scores.indices.map { s in
        try map(ofScore: s, from: parts, regions, over: input.features)
      })
  }

  /// The picture, cut ever more coarsely.
  private func cuts(of input: Input, _ network: Network) throws -> [Superpixels] {
    let picture = try network.preprocessing.picture(from: input.tensor)
    return (0..<scales).map { scale in
      Superpixels(
        of: picture, about: max(1, segmentation.segments >> scale), by: segmentation.method,
        compactness: segmentation.compactness)
    }
  }

  private func map(
    ofScore s: Int, from parts: [Attributions], _ regions: GrownRegions, over features: Features
  ) throws -> SaliencyMap {
    let plain = try parts.map { part in
      try SaliencyMap(
        attribution: part.signed.select(axis: 0, index: s).select(axis: 0, index: 0), over: features
      ).values.floats().map(Double.init)
    }
    let mean = plain[0].indices.map { i in
      plain.reduce(0) { $0 + $1[i] } / Double(plain.count)
    }
    let grown = regions.densities(of: mean, smallest: smallest)
    let change =
      parts.reduce(0) { $0 + ($1.measurements[s][0][.scoreDifference] ?? 0) } / Float(parts.count)
    let values = try Tensor(grown.map { Float($0) }, shape: features.shape)
    return SaliencyMap(
      values: values, atLayer: values, rectification: .none, over: features,
      measurements: [
        .completenessError: Float(grown.reduce(0, +)) - change, .scoreDifference: change,
        .segments: Float(regions.regions.count),
      ])
  }
}

extension XRAI: MenuMethod {
  static let table: [MethodSetting<XRAI>] = [
    .baselines("baselines", \.baselines),
    .count("steps", \.steps, 1...4096, "points on the path from each baseline"),
    .count(
      "segments", \.segmentation.segments, 1...10_000, "the parts of the finest cut, about"),
    .count("scales", \.scales, 1...12, "how many cuts there are, each into half as many parts"),
    .choice("segmentation", \.segmentation.method, "how the picture is cut"),
    .number(
      "compactness", \.segmentation.compactness, 0.01...1000,
      "how much nearness counts against colour in slic"),
    .count("margin", \.margin, 0...100, "how far parts grow, in pixels of the input"),
    .count("smallest", \.smallest, 1...1_000_000, "the fewest new pixels of a part that counts"),
  ]

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// XRAI on the menu.
  static let entry = ExplainerEntry(
    XRAI(), named: "xrai", title: "XRAI",
    summary: "Integrated Gradients gathered over parts of the picture, the densest first",
    source: "Kapishnikov et al. 2019", asksOften: true,
    checking: { method, given in try method.segmentation.check(given) })
}
