internal import Networks
internal import Tensors
internal import Terms

/// The straight way from a baseline to an input.
struct InputPath {
  /// `x′`, `[1, …]`.
  let start: Tensor
  /// `x − x′`.
  let difference: Tensor
  let network: Network
  private let end: Tensor

  init(from start: Tensor, to end: Tensor, in network: Network) throws(TensorError) {
    self.start = start
    self.end = end
    self.network = network
    difference = try end - start
  }

  /// The points at some fractions of the way, `[n, …]`.
  func points(_ fractions: [Double]) throws -> Tensor {
    try start + weights(fractions, before: start.rank - 1) * difference
  }

  /// The integral of the scores' gradients by a rule with given points, times the way.
  func integral(
    of scores: [Score], by rule: Quadrature, within resources: Resources,
    progress: ProgressHandler
  ) throws -> Attributions {
    var sum: Tensor?
    let total = rule.points.count
    let gradients = PointGradients(of: scores, in: network, within: resources)
    try gradients.each(total) {
      try points(Array(rule.points[$0]))
    } take: { range, _, found in
      let part = try (found * weights(Array(rule.weights[range]), before: start.rank - 1)).sum(
        axes: [1])
      sum = try sum.map { try $0 + part } ?? part
      try progress(ProgressUpdate(completed: range.upperBound, total: total))
    }
    guard let sum else { throw NetworkError.noTensorOutput }
    let first = try gradients.values(at: start).floats()
    let last = try gradients.values(at: end).floats()
    return try attributions(
      sum, from: first, to: last, steps: Array(repeating: total, count: scores.count))
  }

  /// Attributions of integrals `[S, …]`, with what is known of their error.
  func attributions(
    _ integrals: Tensor, from first: [Float], to last: [Float], steps: [Int]
  ) throws -> Attributions {
    try .complete(
      (integrals * difference).withAxis(at: 1), from: first, to: last, steps: steps)
  }

  /// Numbers along the batch's axis, which so many others follow.
  private func weights(_ numbers: [Double], before axes: Int) throws -> Tensor {
    let shape = [numbers.count] + Array(repeating: 1, count: axes)
    return try Tensor(numbers.map(Float.init), shape: shape).on(start.device)
  }
}
