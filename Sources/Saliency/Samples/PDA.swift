public import Imagery
public import Networks
internal import Tensors
public import Terms

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Prediction difference analysis: what the score loses when a window is no longer known.
///
///     p(c | x∖ᵢ) ≈ mean over x̃ᵢ ~ p(xᵢ | x̂∖ᵢ) of p(c | x∖ᵢ, x̃ᵢ)                      (1, 4)
///     WEᵢ(c) = log₂ odds(c | x) − log₂ odds(c | x∖ᵢ),  odds(c) = p / (1 − p)           (3)
///     p ← (p N + m) / (N + K)
///
/// The window i of k × k pixels is drawn from a Gaussian given the patch of (k + 2 · surround)² around
/// it, which at the picture's edge goes as far as it can ([Zintgraf et al. 2017], section 3.1). The
/// last line is the paper's Laplace correction, N the number of training examples, K of classes, m of
/// those that the score sums; of labels that are each there or not, K = 2 and m = 1. A pixel has the mean over the windows that hold it (algorithm 1).
/// Channels are drawn independently, and draws moved into each channel's range, as in the authors'
/// code.
///
/// Departs from the paper in that
/// - the evidence is weighed for ``Score/probability(_:)``; other scores take `s(x) − mean s`;
/// - the Gaussian is learnt from the patches of the picture itself where no pictures are given: then
///   a window is drawn as what is usual *in this picture*;
/// - windows may be `stride` apart (the paper's 1 takes 60 times as long as 8 for 224² pixels);
/// - draws come in pairs `z, −z`: each has the same distribution, and what is linear in a window
///   cancels exactly.
///
/// All scores share the draws.
///
/// - Shapes: the map is `[H, W]`, in bits, or in units of the score.
/// - Randomness: window i uses stream i of `seed`, and streams of it from its 129th draw on.
/// - Complexity: `samples` forward passes a window, 729 windows for 224² with k = 16, stride 8; and
///   once a factorisation of d × d, d = (k + 2 · surround)², a channel, in some 48 d² bytes each.
/// - Throws: ``SampleError`` where that does not fit the memory, and for the probability of all
///   classes together; ``SettingError`` where pixels would lie between windows, and for an input that is
///   no picture.
///
/// [Zintgraf et al. 2017]: https://arxiv.org/abs/1702.04595
public struct PDA: Explainer {
  /// What the Gaussian is learnt from.
  public enum Source: Hashable, Sendable {
    /// The explained picture.
    case explained
    /// Others, resized and cut as the explained one where they are not of its size.
    case pictures([Picture])
  }

  /// Pixels a side of a window.
  public var window: Int
  /// How far a window is moved, at most its side.
  public var stride: Int
  /// Pixels around a window that it is drawn given.
  public var surround: Int
  /// Draws a window.
  public var samples: Int
  /// What the Gaussian is learnt from.
  public var source: Source
  /// N of the Laplace correction.
  public var trainingCount: Int
  /// The most samples a pass; `nil` for as many as the memory holds.
  public var batch: Int?
  /// The precision of the network's passes.
  public var precision: PreparedProgram.Precision
  /// What the draws follow from.
  public var seed: Seed

  /// Explains by windows.
  public init(
    window: Int = 16, stride: Int = 8, surround: Int = 4, samples: Int = 6,
    source: Source = .explained, trainingCount: Int = 100_000, batch: Int? = nil,
    precision: PreparedProgram.Precision = .single, seed: Seed
  ) {
    self.window = window
    self.stride = stride
    self.surround = surround
    self.samples = samples
    self.source = source
    self.trainingCount = trainingCount
    self.batch = batch
    self.precision = precision
    self.seed = seed
  }

  /// At most so many patches are learnt from.
  static let patchLimit = 10_000

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    let (network, input) = (request.network, request.input.tensor)
    guard request.input.features.arrangement == .plane else {
      throw SettingError.needsPictures("pda")
    }
    let plan = try plan(for: input)
    let size = plan.patchHeight * plan.patchWidth
    try request.resources.check(
      "a Gaussian of patches of \(plan.patchWidth) × \(plan.patchHeight) pixels",
      bytes: 6 * 8 * input.shape[1] * size * size)
    var moments = PatchMoments(height: plan.patchHeight, width: plan.patchWidth)
    switch source {
    case .explained: try moments.add(input, limit: Self.patchLimit)
    case .pictures(let pictures):
      for picture in pictures {
        try moments.add(
          network.preprocessing.inputCutIfNeeded(picture), limit: Self.patchLimit / pictures.count)
      }
    }
    return try maps(for: request, drawnFrom: moments.gaussian())
  }

  /// Where the windows of an input lie.
  func plan(for input: Tensor) throws(SettingError) -> WindowPlan {
    let (height, width) = (input.shape[2], input.shape[3])
    // Pixels between two windows would have no value.
    guard stride <= window || window >= max(height, width) else {
      throw .value(
        String(stride), of: "stride", expected: "at most the window's side, here \(window)")
    }
    return WindowPlan(
      height: height, width: width, window: window, stride: stride, surround: surround)
  }

  /// The maps for a Gaussian that is known.
  func maps(for request: MapRequest, drawnFrom gaussian: PatchGaussian) throws -> Explanation {
    let (network, input) = (request.network, request.input.tensor)
    let plan = try plan(for: input)
    let total = plan.count * samples
    // A draw's elements and their places, which are 64 bits wide.
    let bytes = 12 * input.shape[1] * plan.windowHeight * plan.windowWidth
    var runner = try SampleRunner(
      for: request, samples: total, bytesPerSample: bytes, largestBatch: batch, precision: precision
    )
    for case .probability(let summed) in runner.scores
    where network.head == .choice && summed.indices.count >= network.classCount {
      throw SampleError.certain(classes: network.classCount)
    }
    var windows = try RedrawnWindows(
      plan, of: input, from: gaussian, samples: samples, seed: seed)
    let order = plan.order
    var sums = runner.scores.map { _ in DrawnWindowSums(samples: samples) }
    var found = runner.scores.map { _ in [DrawnWindowSums.Found?](repeating: nil, count: plan.count)
    }
    let own = zip(runner.scores, runner.values).map { ($0, Double($1)) }
    func maps(_ count: Int) throws -> [SaliencyMap] {
      try zip(own, found).map { own, found in
        try map(of: own.0, own.1, found, plan, count, network, request.input.features)
      }
    }
    try runner.run(0..<total) { range in
      try windows.inputs(range)
    } consume: { range, scores in
      let values = try scores.floats()
      for s in sums.indices {
        for (at, i) in range.enumerated() {
          let value = Double(values[s * range.count + at])
          if let one = sums[s].add(value) { found[s][order[i / samples]] = one }
        }
      }
    } soFar: {
      try maps($0)
    }
    return try runner.explanation(maps(total))
  }

  /// The map of a score by the windows that are known.
  private func map(
    of score: Score, _ value: Double, _ windows: [DrawnWindowSums.Found?], _ plan: WindowPlan,
    _ count: Int, _ network: Network, _ features: Features
  ) throws -> SaliencyMap {
    // A label is there or not, whatever the others are.
    let classes = network.head == .choice ? network.classCount : 2
    let means = plan.means(
      windows.map { window in
        window.map {
          let slope = slope(of: score, at: $0.mean, classes: classes)
          return (
            difference(of: score, from: value, to: $0.mean, classes: classes),
            slope * slope * $0.squaredError
          )
        }
      })
    let map = try Tensor(means.values, shape: [plan.height, plan.width])
    let largest = means.values.map(abs).max() ?? 0
    var measurements: [SaliencyMap.Measurement: Float] = [.samples: Float(count)]
    if means.error.isFinite {
      measurements[.standardError] = largest > 0 ? means.error / largest : 0
    }
    return SaliencyMap(
      values: map, atLayer: map, rectification: .none, over: features, measurements: measurements)
  }

  /// The weight of evidence, or a plain difference; see the type.
  func difference(
    of score: Score, from value: Double, to mean: Double, classes: Int
  ) -> Double {
    guard case .probability(let summed) = score else { return value - mean }
    func evidence(_ p: Double) -> Double {
      let corrected = corrected(p, of: summed, classes)
      return log2(corrected / (1 - corrected))
    }
    return evidence(value) - evidence(mean)
  }

  /// How fast ``difference(of:from:to:classes:)`` falls with the mean.
  private func slope(of score: Score, at mean: Double, classes: Int) -> Double {
    guard case .probability(let summed) = score else { return 1 }
    let corrected = corrected(mean, of: summed, classes)
    return Double(trainingCount) / Double(trainingCount + classes)
      / (log(2) * corrected * (1 - corrected))
  }

  /// Laplace's correction of a probability.
  private func corrected(_ p: Double, of summed: ClassSet, _ classes: Int) -> Double {
    // A sum of probabilities may be more than 1 by rounding, where odds would be none.
    (min(max(p, 0), 1) * Double(trainingCount)
      + Double(min(summed.indices.count, classes - 1)))
      / Double(trainingCount + classes)
  }
}

extension Preprocessing {
  fileprivate func inputCutIfNeeded(_ picture: Picture) throws -> Tensor {
    picture.width == width && picture.height == height
      ? try input(fromCut: picture) : try withoutRegion.input(from: picture)
  }
}
