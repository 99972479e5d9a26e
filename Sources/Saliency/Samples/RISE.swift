public import Networks
internal import Tensors
public import Terms

/// RISE: the expected score of the input behind random masks that leave a feature visible.
///
///     H = E[s(x ⊙ M) · M] / E[M]                    (6)
///
/// Equation 6 of [Petsiuk et al. 2018], for masks of s × s cells that are 1 with probability p,
/// enlarged bilinearly and cut at a random offset (`RandomMasks`). ``Estimator/published`` is
/// equation 6's mean over N masks as it is printed; the usual one, ``Estimator/paired``, has the same
/// expectation and a fraction of the variance. Departs from the paper in that the score may be any,
/// and that a baseline other than the mean colour may lie behind the masks: x ⊙ M + x′ ⊙ (1 − M).
///
/// Of features that do not lie in a plane, each is hidden by itself: `cells` is of no account then.
///
/// - Shapes: maps are `[H, W]`, or a number a feature.
/// - Range: that of the score; a pixel that does not matter has the mean score
///   (``SaliencyMap/neutral``).
/// - Randomness: all draws follow from `seed`; masks 2k and 2k + 1 use stream k, published ones i
///   stream i.
/// - Complexity: N forward passes, and two products of masks and scores.
///
/// [Petsiuk et al. 2018]: https://arxiv.org/abs/1806.07421
public struct RISE: Explainer {
  /// How the expectation is estimated.
  public enum Estimator: String, Sendable, Codable, CaseIterable {
    /// Masks with their complements, and a linear surrogate's known expectation (unbiased).
    case paired
    /// Independent masks, `1/N Σ s(x ⊙ Mᵢ)·Mᵢ / p`.
    case published
  }

  /// Where a map is 0.
  public enum Zero: String, Sendable, Codable, CaseIterable {
    /// At the score 0, as published.
    case absolute
    /// At the mean score, so that maps can be subtracted: a feature that does not matter has 0.
    case mean
  }

  /// How many masks are drawn at most; an odd number of paired ones is rounded up to an even one.
  public var maskCount: Int
  /// The probability that a cell is visible.
  public var probability: Float
  /// Cells a side.
  public var cells: Int
  /// What lies behind the masks.
  public var fill: Baseline
  /// How the expectation is estimated.
  public var estimator: Estimator
  /// Stop when the maps' standard errors, as root mean squares over pixels, are below this fraction
  /// of their largest magnitudes; 0 for never. It is looked at after 200 masks and then every half
  /// as many again; a score's map is that of the first look that it passes.
  public var tolerance: Float
  /// Where the map is 0.
  public var zero: Zero
  /// The most masks a pass; `nil` for as many as the memory holds.
  public var batch: Int?
  /// The precision of the network's passes.
  public var precision: PreparedProgram.Precision
  /// What the masks follow from.
  public var seed: Seed

  /// Chooses the settings.
  public init(
    maskCount: Int = 4000, probability: Float = 0.5, cells: Int = 7, fill: Baseline = .mean,
    estimator: Estimator = .paired, tolerance: Float = 0, zero: Zero = .absolute,
    batch: Int? = nil,
    precision: PreparedProgram.Precision = .single, seed: Seed
  ) {
    self.maskCount = maskCount
    self.probability = probability
    self.cells = cells
    self.fill = fill
    self.estimator = estimator
    self.tolerance = tolerance
    self.zero = zero
    self.batch = batch
    self.precision = precision
    self.seed = seed
  }

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    let input = request.input
    let masks = try randomMasks(for: input)
    // Masks once for the pictures, once for the features.
    let bytes = 2 * masks.bytesPerMask
    let total = (maskCount + masks.groupSize - 1) / masks.groupSize * masks.groupSize
    var runner = try SampleRunner(
      for: request, samples: total, bytesPerSample: bytes, largestBatch: batch,
      precision: precision)
    let ground = try fill.input(for: request.network, at: input.tensor)
    let difference = try input.tensor - ground
    // An even number of masks at a time, so that no pair is parted.
    let chunk = max(2, request.resources.count(ofSize: 2 * bytes, limit: 64) / 2 * 2)
    var estimation: any MaskEstimator =
      switch estimator {
      case .paired: try PairedEstimator(masks, chunk: chunk)
      case .published: PublishedEstimator(masks)
      }
    // What each score's map is; one is settled at the first look that it passes, so that it does
    // not depend on how long others go on.
    var settled = [SaliencyMap?](repeating: nil, count: runner.scores.count)
    var sums = [Double](repeating: 0, count: runner.scores.count)
    var done = 0
    while settled.contains(where: { $0 == nil }) {
      let end = tolerance > 0 ? min(total, max(200, done / 4 * 6)) : total
      var drawn: Tensor?
      try runner.run(done..<end, of: total, inGroupsOf: masks.groupSize) { range in
        let next = try masks.masks(range)
        drawn = next
        return try ground
          + difference * input.features.spread(next.reshaped([range.count] + input.features.shape))
      } consume: { _, scores in
        if let drawn { try estimation.add(drawn, scores: scores) }
        let parts = try scores.converted(to: .float64).sum(axes: [1]).elements(as: Double.self)
        for (i, part) in parts.enumerated() { sums[i] += part }
      } soFar: { count in
        let now = try self.maps(by: estimation.estimate(), of: sums, count, over: input.features)
        return zip(settled, now).map { $0 ?? $1.map }
      }
      done = end
      let found = try self.maps(by: estimation.estimate(), of: sums, done, over: input.features)
      for (i, one) in found.enumerated()
      where settled[i] == nil && (done == total || one.error <= tolerance) {
        settled[i] = one.map
      }
    }
    if done < total { try request.progress(ProgressUpdate(completed: done, total: done)) }
    return try runner.explanation(settled.compactMap { $0 })
  }

  /// The map of each score by so many masks, and its error.
  private func maps(
    by estimate: MaskEstimate, of sums: [Double], _ count: Int, over features: Features
  ) throws -> [(map: SaliencyMap, error: Float)] {
    try estimate.relativeErrors().enumerated().map { i, error in
      let map = Self.map(
        try estimate.maps.select(axis: 0, index: i).reshaped(features.shape), features,
        error: error, count: count, mean: Float(sums[i] / Double(count)))
      return (zero == .mean ? try map.centred() : map, error)
    }
  }

  /// The masks that are drawn for an input.
  func randomMasks(for input: Input) throws(TensorError) -> RandomMasks {
    try RandomMasks(
      cells: cells, probability: probability, over: input.features,
      dependence: estimator == .paired ? .complements : .independent, seed: seed,
      on: input.device)
  }

  private static func map(
    _ values: Tensor, _ features: Features, error: Float, count: Int, mean: Float
  ) -> SaliencyMap {
    SaliencyMap(
      values: values, atLayer: values, rectification: .none, neutral: mean, over: features,
      measurements: [.samples: Float(count)].merging(
        error.isFinite ? [.standardError: error] : [:], uniquingKeysWith: { a, _ in a }))
  }
}
