internal import Networks
internal import Tensors
internal import Terms

/// Gradients of scores at many points of the input's space, a batch at a time.
///
/// Large networks take a point at a time: their activations fill the caches, and kernels round
/// otherwise for other batches, which can turn a rectifier, so that one length is also what makes
/// results independent of the memory. Small ones take ``smallNetworkBatch``, or what fits. Where not even one point with a row
/// for each score fits, scores take turns, with a pass for each group.
struct PointGradients {
  /// What is differentiated.
  let scores: [Score]
  let network: Network
  /// How many points share a pass.
  let batch: Int
  /// How many scores share one.
  let rows: Int

  /// Points a pass of a network of at most ``smallNetworkWidth`` activations a picture.
  static let smallNetworkBatch = 4
  /// A megabyte of activations is a small network.
  static let smallNetworkWidth = 1 << 18

  init(of scores: [Score], in network: Network, within resources: Resources) {
    self.scores = scores
    self.network = network
    let width = network.program.activationCount
    // What the forward pass keeps, and a row for each score of what the backward pass holds at a
    // time, which is far less than all.
    let (forward, row) = (4 * 2 * width, 4 * (width / 4))
    rows = min(max(scores.count, 1), max(1, (resources.memory - forward) / max(row, 1)))
    let most = width > Self.smallNetworkWidth ? 1 : Self.smallNetworkBatch
    batch = min(
      resources.count(ofSize: forward + rows * row, limit: most),
      network.program.batchLength ?? most)
  }

  /// Takes gradients at points `0 ..< count`, in order.
  ///
  /// - Parameters:
  ///   - point: Gives some points, `[n, …]`.
  ///   - take: Is given which points they were, the values `[S, n]` and gradients
  ///     `[S, n, …]` there.
  func each(
    _ count: Int, point: (Range<Int>) throws -> Tensor,
    take: (Range<Int>, _ values: Tensor, _ gradients: Tensor) throws -> Void
  ) throws {
    for first in stride(from: 0, to: count, by: batch) {
      let range = first..<min(first + batch, count)
      let (values, gradients) = try self.at(point(range))
      try take(range, values, gradients)
    }
  }

  /// The values `[S, n]` and gradients `[S, n, …]` at one batch of points.
  func at(_ points: Tensor) throws -> (values: Tensor, gradients: Tensor) {
    let parts = try groups.map { try network.inputGradients(of: Array(scores[$0]), at: points) }
    return (
      try Tensor.concatenated(parts.map(\.values)).converted(to: .float32),
      try Tensor.concatenated(parts.map(\.gradients)).converted(to: .float32)
    )
  }

  /// The scores that share a pass.
  var groups: [Range<Int>] {
    stride(from: 0, to: scores.count, by: rows).map { $0..<min($0 + rows, scores.count) }
  }
}

extension MapRequest {
  /// Gradients of the scores at layers, with as many scores a pass as the memory holds.
  ///
  /// - Parameter take: Is given what each pass found, in the order of the scores.
  /// - Returns: The answer, which comes with the first pass.
  func gradients(
    at layers: [Layer], take: (LayerGradients) throws -> Void
  ) throws -> Prediction {
    var answered: (prediction: Prediction, gradients: PointGradients)?
    let input = input.tensor
    let first = try network.gradients(at: layers, input: input) { output in
      let prediction = try network.prediction(from: output)
      let gradients = PointGradients(of: try scores(prediction), in: network, within: resources)
      answered = (prediction, gradients)
      return try network.values(of: Array(gradients.scores.prefix(gradients.rows)), from: output)
    }
    guard let (prediction, gradients) = answered else { throw NetworkError.noTensorOutput }
    let groups = gradients.groups
    for (i, group) in groups.enumerated() {
      try take(
        i == 0
          ? first
          : network.gradients(at: layers, input: input) { output in
            try network.values(of: Array(gradients.scores[group]), from: output)
          })
      try progress(ProgressUpdate(completed: i + 1, total: groups.count))
    }
    return prediction
  }
}

extension PointGradients {
  /// The values `[S, n]` at one batch of points.
  func values(at points: Tensor) throws -> Tensor {
    try network.values(of: scores, from: network.program.output(for: points))
      .converted(to: .float32)
  }
}
