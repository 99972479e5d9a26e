internal import Tensors

/// The augmented Lagrangians of R problems with their constraints linearised; see ``GaussNewton``.
struct LinearisedModel {
  /// e, `[R, k, 1]`.
  let offsets: Tensor
  /// A, `[R, a, k]`, h first.
  let gradients: Tensor
  /// u, `[R, a, 1]`.
  let shifted: Tensor
  /// c of each problem.
  let penalties: [Double]
  /// ν of each problem.
  let dampings: [Double]

  /// Rounds of trying which constraints push; more are never needed but where two take turns.
  private static let rounds = 8

  /// d of each problem, one after another, and by how much it lowers the model without ν.
  func minimum() throws -> (steps: [Double], promised: [Double]) {
    let ratios = zip(penalties, dampings).map { $0 / (2 * (1 + $1)) }
    let halves = dampings.map { 1 / (1 + $0) }
    let transposed = try gradients.permuted([0, 2, 1])
    let gram = try gradients.batchMatrixProduct(transposed) * column(ratios)
    let right = try shifted - gradients.batchMatrixProduct(offsets) * column(halves)
    var pushing = try pushes(shifted)
    var pushed = right
    var reached = right
    for _ in 0..<Self.rounds {
      let mask = try pushing.batchMatrixProduct(pushing.permuted([0, 2, 1]))
      let system = try gram * mask + Tensor.identity(shifted.shape[1]).converted(to: .float64)
      pushed = try system.choleskyFactor().choleskySolution(of: right * pushing) * pushing
      reached = try right - gram.batchMatrixProduct(pushed)
      let now = try pushes(reached)
      let isSettled = try (now - pushing).magnitudes().sum().number() == 0
      pushing = now
      if isSettled { break }
    }
    // d = −(2e + c Aᵀt)/α, and c/α are the ratios.
    let steps =
      try (offsets * column(halves) + transposed.batchMatrixProduct(pushed) * column(ratios)) * -1
    let before = try value(offsets, shifted)
    let after = try value(offsets + steps, reached)
    return (
      try steps.elements(as: Double.self), zip(before, after).map { $0 - $1 }
    )
  }

  /// `‖e‖² + (c/2) { t_h² + Σ_j max(0, t_j)² }`.
  private func value(_ offsets: Tensor, _ reached: Tensor) throws -> [Double] {
    let distance = try offsets.squared().sum(axes: [1, 2]).elements(as: Double.self)
    let push = try (reached * pushes(reached)).squared().sum(axes: [1, 2])
      .elements(as: Double.self)
    return distance.indices.map { distance[$0] + penalties[$0] / 2 * push[$0] }
  }

  /// 1 where a constraint pushes: h always, others where they are above 0.
  private func pushes(_ values: Tensor) throws -> Tensor {
    let shape = values.shape
    let ones = try Tensor(
      [Double](repeating: 1, count: shape[0]), shape: [shape[0], 1, 1])
    guard shape[1] > 1 else { return ones }
    let rest = try (values.slice(axis: 1, 1..<shape[1]) * -1).isLess(than: 0)
      .converted(to: .float64)
    return try Tensor.concatenated([ones, rest], axis: 1)
  }

  private func column(_ values: [Double]) throws -> Tensor {
    try Tensor(values, shape: [values.count, 1, 1])
  }
}
