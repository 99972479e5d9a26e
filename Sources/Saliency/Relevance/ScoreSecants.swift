internal import Networks
internal import Tensors
internal import Terms

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What DeepLIFT starts its walk with: multipliers of scores at the output, which account for all of
/// a score's difference.
///
///     m = ∫₀¹ ∂s/∂y (y₀ + tΔy) dt,   Σ_c m_c Δy_c = s(y) − s(y₀)
///
/// For scores that are linear in the logits, a single logit or log-odds of single classes, it is
/// their gradient. For the others it is the gradient's mean on the straight way from `y₀` to `y`
/// (the contribution of Aumann and Shapley), by Gauss and Legendre's 64 points. What remains, of
/// rounding, of scores with kinks, and of weights that a score holds constant, is closed by the
/// smallest change of `m` on the outputs that the score reads.
struct ScoreSecants {
  /// The scores at `y`.
  let values: [Float]
  /// What they are more than at `y₀`.
  let differences: [Float]
  /// `[S, n]` for n outputs.
  let multipliers: Tensor

  private static let pointCount = 64

  init(of scores: [Score], in network: Network, from start: Tensor, to end: Tensor) throws {
    let change = try end - start
    let values = try network.values(of: scores, from: end).floats()
    let references = try network.values(of: scores, from: start).floats()
    let (places, weights) = GaussLegendre.points(Self.pointCount)
    let column = [Self.pointCount] + Array(repeating: 1, count: end.rank - 1)
    let way = try Tensor(places.map(Float.init), shape: column).on(end.device)
    let points = try (start + change * way).leaf()
    let sums =
      try
      (network.values(of: scores, from: points)
      * Tensor(weights.map(Float.init), shape: [Self.pointCount]).on(end.device)).sum(axes: [1])
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
      .converted(to: end.elementType ?? .float32).on(end.device)
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

/// Gauss and Legendre's points and weights on 0…1.
enum GaussLegendre {
  /// Places in falling order, with weights that sum to 1; exact for polynomials of degree
  /// 2·count − 1.
  static func points(_ count: Int) -> (places: [Double], weights: [Double]) {
    var places: [Double] = []
    var weights: [Double] = []
    for i in 0..<count {
      // Newton's method from Tricomi's estimate of the root.
      var x = cos(Double.pi * (Double(i) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<8 {
        var (last, value) = (1.0, x)
        for k in 2..<max(count + 1, 2) {
          (last, value) = (
            value, (Double(2 * k - 1) * x * value - Double(k - 1) * last) / Double(k)
          )
        }
        slope = Double(count) * (x * value - last) / (x * x - 1)
        x -= value / slope
      }
      places.append((1 + x) / 2)
      weights.append(1 / ((1 - x * x) * slope * slope))
    }
    return (places, weights)
  }
}
