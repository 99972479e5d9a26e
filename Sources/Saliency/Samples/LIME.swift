public import Imagery
public import Networks
internal import Tensors
public import Terms

/// LIME: a linear model of the score around the input, in which of its segments are seen.
///
///     ξ = argmin over b, β of Σᵢ π(zᵢ) (s(h(zᵢ)) − b − zᵢ·β)² + α ‖β‖²       (2)
///     π(z) = exp(−d² / 2σ²),  d = 1 − √(Σ z / K)
///
/// h(z) is the input with the segments of `zₖ = 0` hidden, K the number of segments, d the cosine
/// distance of z from all ones; a pixel of the map has the coefficient of its segment, so
/// coefficients of segments can be compared but not summed over pixels. Pictures are cut into superpixels;
/// of other inputs each feature is a segment. [Ribeiro et al. 2016],
/// equation 2, with ridge regression as in the authors' package in place of K-LASSO. The paper writes
/// π = exp(−d² / σ²); the authors' package and Captum take its square root, so σ = 0.25 here means
/// what it means there. z are drawn as there: ½ each, the first all ones. All scores share the
/// samples and one solve.
///
/// - Shapes: the map is `[H, W]`, or a number a feature, in units of the score.
/// - Randomness: sample i uses stream i of `seed`; in ``Draw/paired`` two samples share one.
/// - Complexity: `samples` forward passes; the solve takes O(K² · samples + K³) and 64 K² bytes.
/// - Throws: ``SampleError/tooLarge(_:bytes:memory:)`` where that does not fit the memory.
///
/// [Ribeiro et al. 2016]: https://doi.org/10.1145/2939672.2939778
public struct LIME: Explainer {
  /// How samples are drawn.
  public enum Draw: String, Sendable, CaseIterable {
    /// Each by itself.
    case independent
    /// In pairs, of which one hides what the other keeps: every segment is hidden in exactly half of
    /// the samples that follow the first.
    case paired
  }

  /// What hidden segments look like.
  public enum Fill: Hashable, Sendable {
    /// Each as its own mean colour. A segment of one feature has no mean but itself: there what stands
    /// for nothing lies behind it (``Baseline/mean``).
    case segmentMean
    /// As another picture.
    case baseline(Baseline)
  }

  /// How the picture is cut into segments.
  public struct Segmentation: Hashable, Sendable {
    /// The algorithm that cuts.
    public var method: Superpixels.Method
    /// About how many segments.
    public var segments: Int
    /// What nearness counts against colour in `Superpixels.Method.slic`.
    public var compactness: Float

    /// Says how.
    public init(
      _ method: Superpixels.Method = .slic, segments: Int = 60, compactness: Float = 20
    ) {
      self.method = method
      self.segments = segments
      self.compactness = compactness
    }
  }

  /// How the picture is cut.
  public var segmentation: Segmentation
  /// What hidden segments look like.
  public var fill: Fill
  /// How many pictures are tried.
  public var samples: Int
  /// σ.
  public var width: Float
  /// α.
  public var penalty: Double
  /// How samples are drawn.
  public var draw: Draw
  /// The most samples a pass; `nil` for as many as the memory holds.
  public var batch: Int?
  /// The precision of the network's passes.
  public var precision: PreparedProgram.Precision
  /// What the draws follow from.
  public var seed: Seed

  /// Explains by segments.
  public init(
    segmentation: Segmentation = Segmentation(), fill: Fill = .segmentMean, samples: Int = 1000,
    width: Float = 0.25, penalty: Double = 1, draw: Draw = .independent,
    batch: Int? = nil, precision: PreparedProgram.Precision = .single, seed: Seed
  ) {
    self.segmentation = segmentation
    self.fill = fill
    self.samples = samples
    self.width = width
    self.penalty = penalty
    self.draw = draw
    self.batch = batch
    self.precision = precision
    self.seed = seed
  }

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    let hidden = try HiddenSegments(
      segmentation.segments(of: request.input, request.network), of: request.input,
      filledWith: fill, request.network)
    let kept = KeptSegments(count: hidden.segments.count, draw: draw, seed: seed)
    // A mask, and a row in 32 bits and, weighted and not, in 64.
    var runner = try SampleRunner(
      for: request, samples: samples,
      bytesPerSample: 4 * request.input.features.count + 20 * kept.count, largestBatch: batch,
      precision: precision)
    var fit = RidgeFit(variables: kept.count)
    try request.resources.check(
      "a fit of \(kept.count) segments", bytes: fit.bytes(targets: runner.values.count))
    let whole = try Tensor(runner.values, shape: [runner.values.count, 1])
    var targets: [Tensor] = []
    try runner.run(0..<samples) { range in
      try hidden.inputs(keeping: kept.rows(range))
    } consume: { range, found in
      let rows = kept.rows(range)
      targets.append(try found.on(.cpu) - whole)
      try fit.add(
        Tensor(rows, shape: [range.count, kept.count]),
        weights: kept.weights(of: rows, width: width), targets: targets[targets.count - 1])
    } soFar: { _ in
      try maps(by: fit, of: targets, kept, hidden, request.input.features)
    }
    return try runner.explanation(
      maps(by: fit, of: targets, kept, hidden, request.input.features))
  }

  /// The map of each score by some samples' targets.
  private func maps(
    by fit: RidgeFit, of targets: [Tensor], _ kept: KeptSegments, _ hidden: HiddenSegments,
    _ features: Features
  ) throws -> [SaliencyMap] {
    let targets = try Tensor.concatenated(targets, axis: 1)
    let found = try fit.solution(penalty: penalty)
    let errors = try kept.errors(of: found, targets, width: width)
    let maps = try hidden.maps(found.coefficients)
    return try maps.indices.map { s in
      var measurements: [SaliencyMap.Measurement: Float] = [
        .samples: Float(targets.shape[1]), .segments: Float(kept.count),
        .determination: found.determination[s],
      ]
      measurements[.standardError] = try errors.map {
        try hidden.relativeError($0, of: found.coefficients, score: s)
      }
      return SaliencyMap(
        values: maps[s], atLayer: maps[s], rectification: .none, over: features,
        measurements: measurements)
    }
  }
}

extension LIME.Segmentation {
  /// Which segment each feature of an input belongs to.
  func segments(of input: Input, _ network: Network) throws -> Segments {
    guard input.features.arrangement == .plane else { return Segments(each: input.features.count) }
    let found = try Superpixels(
      of: network.preprocessing.picture(from: input.tensor), about: segments, by: method,
      compactness: compactness)
    return Segments(labels: found.labels, count: found.count)
  }

  /// Refuses what another way of cutting reads.
  func check(_ given: Set<String>) throws(SettingError) {
    if method != .slic, given.contains("compactness") {
      throw .unknown(
        "compactness", of: "segmentation=\(method.rawValue)", nearest: [], known: [])
    }
  }
}
