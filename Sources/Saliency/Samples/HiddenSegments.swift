internal import Networks
internal import Tensors

/// Groups of an input's features.
struct Segments {
  /// The group of each feature, from 0.
  let labels: [Int]
  /// How many groups there are.
  let count: Int

  init(labels: some Sequence<some BinaryInteger>, count: Int) {
    self.labels = labels.map { Int($0) }
    self.count = count
  }

  /// Each feature by itself.
  init(each count: Int) { (labels, self.count) = (Array(0..<count), count) }
}

/// An input whose segments can be hidden.
struct HiddenSegments {
  let segments: Segments
  private let features: Features
  private let fill: Tensor
  private let difference: Tensor
  /// The segment of each feature, on the input's device.
  private let places: Tensor

  init(
    _ segments: Segments, of input: Input, filledWith fill: LIME.Fill, _ network: Network
  ) throws {
    self.segments = segments
    features = input.features
    places = try Tensor(segments.labels.map(Int64.init), shape: [segments.labels.count])
      .on(input.device)
    switch fill {
    case .segmentMean where features.arrangement == .plane:
      let means = try Self.means(of: input.tensor, segments).on(input.device)
      self.fill = try means.gather(axis: 1, at: places).reshaped(input.shape)
    case .segmentMean: self.fill = try Baseline.mean.input(for: network, at: input.tensor)
    case .baseline(let baseline):
      self.fill = try baseline.input(for: network, at: input.tensor)
    }
    difference = try input.tensor - self.fill
  }

  /// Inputs `[n, …]` that keep the segments of ones and hide those of zeros.
  func inputs(keeping rows: [Float]) throws(TensorError) -> Tensor {
    let kept = try Tensor(rows, shape: [rows.count / segments.count, segments.count])
    return try fill + features.spread(masks(kept.on(difference.device))) * difference
  }

  /// A map of each row `[S, segments]` of numbers.
  func maps(_ rows: Tensor) throws(TensorError) -> [Tensor] {
    let maps = try masks(rows.on(difference.device))
    return try (0..<rows.shape[0]).map { s throws(TensorError) in
      try maps.select(axis: 0, index: s)
    }
  }

  /// The root of the mean over features of a map's squared errors, given a segment `[S, segments]`, as a fraction of the
  /// map's largest magnitude.
  func relativeError(_ squares: Tensor, of rows: Tensor, score: Int) throws(TensorError) -> Float {
    let own = try squares.select(axis: 0, index: score).elements(as: Double.self)
    let mean = segments.labels.reduce(0) { $0 + own[$1] } / Double(segments.labels.count)
    let largest = try rows.select(axis: 0, index: score).floats().map(abs).max() ?? 0
    return largest > 0 ? Float(mean.squareRoot()) / largest : 0
  }

  private func masks(_ rows: Tensor) throws(TensorError) -> Tensor {
    try rows.gather(axis: 1, at: places).reshaped([rows.shape[0]] + features.shape)
  }

  /// The mean of each channel in each segment of a plane, `[C, segments]`.
  private static func means(
    of input: Tensor, _ segments: Segments
  ) throws(TensorError) -> Tensor {
    let (channels, plane) = (input.shape[1], segments.labels.count)
    let values = try input.floats()
    var sums = [Double](repeating: 0, count: channels * segments.count)
    var counts = [Double](repeating: 0, count: segments.count)
    for (i, label) in segments.labels.enumerated() {
      counts[label] += 1
      for c in 0..<channels { sums[c * segments.count + label] += Double(values[c * plane + i]) }
    }
    let means = sums.indices.map { Float(sums[$0] / counts[$0 % segments.count]) }
    return try Tensor(means, shape: [channels, segments.count])
  }
}
