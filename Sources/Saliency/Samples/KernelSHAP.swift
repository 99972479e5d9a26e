public import Networks
internal import Tensors
public import Terms

/// KernelSHAP: the Shapley values of an input's segments, by a linear fit.
///
///     φ = argmin Σ_z π(z) (v(z) − v(0) − z·φ)²  under  Σ_k φ_k = v(1) − v(0)
///     π(z) = (K − 1) / (C(K, |z|) |z| (K − |z|))                                (theorem 2)
///
/// v(z) is the score of the input with the segments of `zₖ = 0` hidden, K the number of segments; a pixel of the map has
/// the value of its segment. φ_k is what segment k adds on average, over all orders in which segments can come
/// ([Lundberg and Lee 2017]). Where all `2^K − 2` choices are no more than `samples`, each is tried once and φ is exact.
/// Else as many are drawn as `samples` says: the number of kept segments with probability in proportion to
/// `1 / (|z| (K − |z|))`, which is what π gives all choices of that number together, then which; and with each the one
/// that keeps what it hides, which removes much of the noise ([Covert and Lee 2021]). The constraint always holds:
/// values of segments sum to what hiding all costs, v(1) − v(0). All scores share the samples and one solve.
///
/// - Shapes: the map is `[H, W]`, or a number a feature, in units of the score.
/// - Randomness: the i-th pair uses stream i of `seed`; none where φ is exact.
/// - Complexity: `samples` forward passes and one of what hides all; the solve takes O(K² · samples + K³).
/// - Throws: ``SampleError/tooFew(samples:segments:)``, ``SampleError/tooLarge(_:bytes:memory:)``.
///
/// [Lundberg and Lee 2017]: https://arxiv.org/abs/1705.07874
/// [Covert and Lee 2021]: https://arxiv.org/abs/2012.01536
public struct KernelSHAP: Explainer {
  /// How the picture is cut.
  public var segmentation: LIME.Segmentation
  /// What hidden segments look like.
  public var fill: LIME.Fill
  /// How many pictures are tried at most.
  public var samples: Int
  /// The most samples a pass; `nil` for as many as the memory holds.
  public var batch: Int?
  /// The precision of the network's passes.
  public var precision: PreparedProgram.Precision
  /// What the draws follow from.
  public var seed: Seed

  /// Explains by segments.
  public init(
    segmentation: LIME.Segmentation = .init(), fill: LIME.Fill = .segmentMean,
    samples: Int = 1000, batch: Int? = nil, precision: PreparedProgram.Precision = .single,
    seed: Seed
  ) {
    self.segmentation = segmentation
    self.fill = fill
    self.samples = samples
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
    let coalitions = Coalitions(of: hidden.segments.count, atMost: samples, seed: seed)
    if !coalitions.areAll, coalitions.count < 2 * hidden.segments.count {
      throw SampleError.tooFew(samples: samples, segments: hidden.segments.count)
    }
    // A mask, and a row in 32 bits and, both ways, in 64.
    var runner = try SampleRunner(
      for: request, samples: coalitions.count + 1,
      bytesPerSample: 4 * request.input.features.count + 36 * hidden.segments.count,
      largestBatch: batch, precision: precision)
    var fit = ShapleyFit(segments: hidden.segments.count, whole: runner.values)
    try request.resources.check(
      "a fit of \(hidden.segments.count) segments", bytes: fit.bytes)
    // The first sample hides all.
    try runner.run(0..<coalitions.count + 1) { range in
      try hidden.inputs(keeping: coalitions.rows(range))
    } consume: { range, found in
      try fit.add(
        coalitions.rows(range), weights: coalitions.weights(range),
        scores: found.on(.cpu).converted(to: .float64))
    } soFar: { _ in
      try maps(by: fit, hidden, request.input.features)
    }
    return try runner.explanation(maps(by: fit, hidden, request.input.features))
  }

  private func maps(
    by fit: ShapleyFit, _ hidden: HiddenSegments, _ features: Features
  ) throws -> [SaliencyMap] {
    try hidden.maps(fit.values()).map { values in
      SaliencyMap(
        values: values, atLayer: values, rectification: .none, over: features,
        measurements: [
          .samples: Float(fit.samples), .segments: Float(hidden.segments.count),
        ])
    }
  }
}

/// Which segments each sample keeps; the first hides all.
struct Coalitions {
  /// K.
  let segments: Int
  /// How many there are, without the one that hides all.
  let count: Int
  /// Whether every choice is among them once.
  let areAll: Bool
  private let seed: Seed
  /// How probable it is that so many segments or fewer are kept, from 1.
  private let sums: [Double]

  init(of segments: Int, atMost samples: Int, seed: Seed) {
    self.segments = segments
    self.seed = seed
    let all = segments < 30 ? (1 << segments) - 2 : Int.max
    areAll = all <= samples
    // Pairs are whole.
    count = areAll ? all : samples / 2 * 2
    var sum = 0.0
    let masses = (1..<max(segments, 2)).map { size -> Double in
      sum += 1 / Double(size * max(segments - size, 1))
      return sum
    }
    sums = masses.map { $0 / sum }
  }

  /// Ones and zeros of some samples, row by row.
  func rows(_ samples: Range<Int>) -> [Float] {
    samples.flatMap { sample -> [Float] in
      if sample == 0 { return [Float](repeating: 0, count: segments) }
      if areAll { return (0..<segments).map { Float(sample >> $0 & 1) } }
      var own = RandomStream(seed).stream(for: (sample - 1) / 2)
      let place = Double(own.next() >> 11) * 0x1p-53
      let size = (sums.firstIndex { place < $0 } ?? sums.count - 1) + 1
      var row = [Float](repeating: 0, count: segments)
      for segment in own.permutation(of: segments).prefix(size) { row[segment] = 1 }
      return sample.isMultiple(of: 2) ? row.map { 1 - $0 } : row
    }
  }

  /// π of each sample, as far as drawing does not see to it; 0 of the one that hides all.
  func weights(_ samples: Range<Int>) -> [Double] {
    samples.map { sample in
      if sample == 0 { return 0 }
      guard areAll else { return 1 }
      let kept = sample.nonzeroBitCount
      let choices = (0..<kept).reduce(1.0) { $0 * Double(segments - $1) / Double($1 + 1) }
      return Double(segments - 1) / (choices * Double(kept * (segments - kept)))
    }
  }
}

/// The linear fit of Shapley values: the constraint is met by leaving out the last segment, whose value is the rest.
///
///     v(z) − v(0) − z_K Δ = Σ_{k<K} φ_k (z_k − z_K),   Δ = v(1) − v(0)
struct ShapleyFit {
  private let segments: Int
  private let whole: [Double]
  private var nothing: [Double] = []
  private var fit: RidgeFit
  /// How many samples it holds.
  private(set) var samples = 0

  /// - Parameter whole: v(1) of each score.
  init(segments: Int, whole: [Float]) {
    self.segments = segments
    self.whole = whole.map(Double.init)
    fit = RidgeFit(variables: max(segments - 1, 1))
  }

  /// What it holds at a time.
  var bytes: Int { fit.bytes(targets: whole.count) }

  /// Takes in samples, the first of which hides all, with what they score, `[S, n]`.
  mutating func add(_ rows: [Float], weights: [Double], scores: Tensor) throws {
    let count = weights.count
    samples += count
    let found = try scores.elements(as: Double.self)
    if nothing.isEmpty { nothing = whole.indices.map { found[$0 * count] } }
    guard segments > 1 else { return }
    var (variables, targets) = ([Float](), [Double](repeating: 0, count: found.count))
    for sample in 0..<count {
      let row = rows[sample * segments..<(sample + 1) * segments]
      let last = row[row.endIndex - 1]
      variables += row.dropLast().map { $0 - last }
      for s in whole.indices {
        targets[s * count + sample] =
          found[s * count + sample] - nothing[s] - Double(last) * (whole[s] - nothing[s])
      }
    }
    let z = try Tensor(variables, shape: [count, segments - 1])
    let y = try Tensor(targets, shape: [whole.count, count])
    // With every sample also the opposite one, no intercept is left to fit.
    try fit.add(z, weights: weights, targets: y)
    try fit.add(z * -1, weights: weights, targets: y * -1)
  }

  /// φ, `[S, K]`.
  func values() throws -> Tensor {
    let totals = zip(whole, nothing).map { $0 - $1 }
    guard segments > 1 else {
      return try Tensor(totals.map { Float($0) }, shape: [totals.count, 1])
    }
    // So little that it alters nothing, and that the matrix of the first few samples can be solved, too.
    let found = try fit.solution(penalty: 1e-9).exact.elements(as: Double.self)
    let values = totals.indices.flatMap { s -> [Float] in
      let own = (0..<segments - 1).map { found[$0 * totals.count + s] }
      return (own + [totals[s] - own.reduce(0, +)]).map { Float($0) }
    }
    return try Tensor(values, shape: [totals.count, segments])
  }
}
