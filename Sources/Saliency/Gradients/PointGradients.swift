internal import Networks
internal import Tensors
internal import Terms

/// Gradients of scores at many points of the input's space, a batch at a time.
///
/// The batch's length is ``largestBatch`` or what fits the memory; since points of a batch do not
/// see each other, results do not depend on it beyond rounding.
struct PointGradients {
  /// What is differentiated.
  let scores: [Score]
  let network: Network
  /// How many points share a pass.
  let batch: Int

  /// Longer batches are not faster: the activations of a few pictures fill the caches.
  static let largestBatch = 4

  init(of scores: [Score], in network: Network, within resources: Resources) {
    self.scores = scores
    self.network = network
    let width = network.program.activationCount
    // What the forward pass keeps, and a row for each score of what the backward pass holds at a
    // time, which is far less than all.
    let bytes = 4 * (2 * width + scores.count * (width / 4))
    batch = min(
      resources.count(ofSize: bytes, limit: Self.largestBatch),
      network.program.batchLength ?? Self.largestBatch)
  }

  /// Takes gradients at points `0 ..< count`, in order.
  ///
  /// - Parameters:
  ///   - point: Gives some points, `[n, C, H, W]`.
  ///   - take: Is given which points they were, the values `[S, n]` and gradients
  ///     `[S, n, C, H, W]` there.
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

  /// The values `[S, n]` and gradients `[S, n, C, H, W]` at one batch of points.
  func at(_ points: Tensor) throws -> (values: Tensor, gradients: Tensor) {
    let found = try network.inputGradients(of: scores, at: points)
    return (
      try found.values.converted(to: .float32), try found.gradients.converted(to: .float32)
    )
  }
}

extension PointGradients {
  /// The values `[S, n]` at one batch of points.
  func values(at points: Tensor) throws -> Tensor {
    try network.values(of: scores, from: network.program.output(for: points))
      .converted(to: .float32)
  }
}
