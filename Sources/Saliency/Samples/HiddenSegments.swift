internal import Imagery
internal import Networks
internal import Tensors

/// An input whose segments can be hidden.
struct HiddenSegments {
  let segments: Superpixels
  private let shape: [Int]
  private let fill: Tensor
  private let difference: Tensor
  /// The segment of each pixel, on the input's device.
  private let places: Tensor

  init(
    _ segments: Superpixels, of input: Tensor, filledWith fill: LIME.Fill, _ network: Network
  ) throws {
    self.segments = segments
    shape = input.shape
    places = try Tensor(segments.labels.map(Int64.init), shape: [segments.labels.count])
      .on(input.device)
    switch fill {
    case .baseline(let baseline): self.fill = try baseline.input(for: network, at: input)
    case .segmentMean:
      let means = try Self.means(of: input, segments).on(input.device)
      self.fill = try means.gather(axis: 1, at: places).reshaped(shape)
    }
    difference = try input - self.fill
  }

  /// Inputs `[n, C, H, W]` that keep the segments of ones and hide those of zeros.
  func inputs(keeping rows: [Float]) throws(TensorError) -> Tensor {
    let kept = try Tensor(rows, shape: [rows.count / segments.count, segments.count])
    return try fill + masks(kept.on(difference.device)).withAxis(at: 1) * difference
  }

  /// A map `[H, W]` of each row `[S, segments]` of numbers.
  func maps(_ rows: Tensor) throws(TensorError) -> [Tensor] {
    let maps = try masks(rows.on(difference.device))
    return try (0..<rows.shape[0]).map { s throws(TensorError) in
      try maps.select(axis: 0, index: s)
    }
  }

  private func masks(_ rows: Tensor) throws(TensorError) -> Tensor {
    try rows.gather(axis: 1, at: places).reshaped([rows.shape[0], shape[2], shape[3]])
  }

  /// The mean of each channel in each segment, `[C, segments]`.
  private static func means(
    of input: Tensor, _ segments: Superpixels
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
