internal import Networks
internal import Tensors
internal import Terms

/// What DeepLIFT starts its walk with: multipliers of scores at the output, which account for all of
/// a score's difference.
///
///     m = ∫₀¹ ∂s/∂y (y₀ + tΔy) dt,   Σ_c m_c Δy_c = s(y) − s(y₀)
///
/// For scores that are linear in the logits, a single logit or log-odds of single classes, it is
/// their gradient. For the others it is the gradient's mean on the straight way from `y₀` to `y`
/// (the contribution of Aumann and Shapley), by 64 points of Gauss and Legendre's rule. What
/// remains, of rounding, of scores with kinks, and of weights that a score holds constant, is closed
/// by the smallest change of `m` on the outputs that the score reads.
struct ScoreSecants {
  /// The scores at `y`.
  let values: [Float]
  /// What they are more than at `y₀`.
  let differences: [Float]
  /// `[S, n]` for n outputs.
  let multipliers: Tensor

  private static let rule = Quadrature.gaussLegendre(64)

  init(of scores: [Score], in network: Network, from start: Tensor, to end: Tensor) throws {
    // Whatever its shape, the output is that of one picture.
    let (start, end) = (try start.reshaped([1, -1]), try end.reshaped([1, -1]))
    let change = try end - start
    let values = try network.values(of: scores, from: end).floats()
    let references = try network.values(of: scores, from: start).floats()
    func tensor(_ numbers: [Double], _ shape: [Int]) throws -> Tensor {
      try Tensor(numbers.map(Float.init), shape: shape).on(end.device)
    }
    let points = try (start + change * tensor(Self.rule.points, [Self.rule.points.count, 1])).leaf()
    let sums = try
      (network.values(of: scores, from: points)
      * tensor(Self.rule.weights, [Self.rule.weights.count]))
      .sum(axes: [1])
    guard let gradients = try sums.gradients(withRespectTo: [points])[0] else {
      throw NetworkError.layerDoesNotReachOutput("output")
    }
    let means = try gradients.converted(to: .float64).sum(axes: [1]).elements(as: Double.self)
    let changes = try change.floats().map(Double.init)
    let closed = scores.indices.flatMap { i in
      Self.closed(
        Array(means[i * changes.count..<(i + 1) * changes.count]), changes,
        to: Double(values[i]) - Double(references[i]))
    }
    self.values = values
    differences = zip(values, references).map { $0 - $1 }
    multipliers = try Tensor(closed.map(Float.init), shape: [scores.count, end.count])
      .on(end.device)
  }

  /// Multipliers whose sum over changes is a difference: the nearest to the given ones that leave
  /// zeros as they are.
  private static func closed(
    _ multipliers: [Double], _ changes: [Double], to difference: Double
  ) -> [Double] {
    let read = zip(multipliers, changes).map { $0 == 0 ? 0 : $1 }
    let norm = read.reduce(0) { $0 + $1 * $1 }
    let rest = difference - zip(multipliers, changes).reduce(0) { $0 + $1.0 * $1.1 }
    return norm == 0 ? multipliers : zip(multipliers, read).map { $0 + rest * $1 / norm }
  }
}
