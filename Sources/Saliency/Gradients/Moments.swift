internal import Tensors

/// Mean and variance of tensors that come a batch at a time, in a numerically stable way.
///
/// With means m₁, m₂ and sums of squared deviations d₁, d₂ of n₁ and n₂ items (Chan, Golub and
/// LeVeque 1983):
///
///     m = m₁ + (m₂ − m₁) n₂ / n,  d = d₁ + d₂ + (m₂ − m₁)² n₁ n₂ / n
struct Moments {
  private(set) var count = 0
  private var state: (mean: Tensor, deviation: Tensor)?

  /// Takes in a batch `[S, n, …]`.
  mutating func add(_ items: Tensor) throws(TensorError) {
    let more = items.shape[1]
    let mean = try items.mean(axes: [1])
    let deviation = try (items - mean.withAxis(at: 1)).squared().sum(axes: [1])
    guard let (oldMean, oldDeviation) = state else {
      state = (mean, deviation)
      count = more
      return
    }
    let total = Float(count + more)
    let step = try mean - oldMean
    state = (
      try oldMean + step * (Float(more) / total),
      try oldDeviation + deviation + step.squared() * (Float(count) * Float(more) / total)
    )
    count += more
  }

  /// The mean, `[S, …]`.
  func mean() throws(TensorError) -> Tensor { try found().mean }

  /// The variance of the items themselves, `[S, …]`: squared deviations divided by their number.
  func variance() throws(TensorError) -> Tensor { try found().deviation * (1 / Float(count)) }

  /// The mean of the squares.
  func meanSquare() throws(TensorError) -> Tensor { try variance() + mean().squared() }

  /// For each row, the root mean square of the mean's standard error, as a fraction of the mean's
  /// largest magnitude; 0 where there is one item only.
  func standardErrors() throws(TensorError) -> [Float] {
    let rows = try mean().shape[0]
    guard count > 1 else { return Array(repeating: 0, count: rows) }
    let errors = try (variance().reshaped([rows, -1]).mean(axes: [1]) * (1 / Float(count - 1)))
      .squareRoots().floats()
    let scales = try mean().reshaped([rows, -1]).magnitudes().maximum(axes: [1]).floats()
    return zip(errors, scales).map { $1 > 0 ? $0 / $1 : 0 }
  }

  private func found() throws(TensorError) -> (mean: Tensor, deviation: Tensor) {
    guard let state else { throw .unexpectedResult(operation: "mean of nothing") }
    return state
  }
}
