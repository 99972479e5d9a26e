internal import Tensors

/// A weighted ridge regression of several targets on the same variables, in one solve.
///
///     minimise over b and β:  Σᵢ πᵢ (sᵢ − b − zᵢ·β)² + α ‖β‖²
///
///     β = (Z̃ᵀ Π Z̃ + α I)⁻¹ Z̃ᵀ Π s̃,   z̃ᵢ = zᵢ − Σ π z / Σ π,   s̃ᵢ = sᵢ − Σ π s / Σ π
///
/// The intercept is not penalised, and α does not depend on the weights' sum: scikit-learn's
/// `Ridge(alpha, fit_intercept=True)`. Samples come a batch at a time; only the matrix
/// `[1 Z s]ᵀ Π [1 Z s]` is kept, in 64 bits, of which one Cholesky factor serves every target.
struct RidgeFit {
  private let variables: Int
  private var moments: Tensor?

  init(variables: Int) { self.variables = variables }

  /// What a fit and its errors hold at a time: eight matrices of the size of the moments.
  func bytes(targets: Int) -> Int { 8 * 8 * (1 + variables + targets) * (1 + variables + targets) }

  /// Takes in samples `[n, variables]`, their weights, and their targets `[S, n]`.
  ///
  /// Targets are best given as differences from a typical one, for precision.
  mutating func add(
    _ samples: Tensor, weights: [Double], targets: Tensor
  ) throws(TensorError) {
    let ones = try Tensor([Double](repeating: 1, count: weights.count), shape: [weights.count, 1])
    let rows = try Tensor.concatenated(
      [
        ones, samples.converted(to: .float64),
        targets.on(.cpu).converted(to: .float64).permuted([1, 0]),
      ], axis: 1)
    let weighted = try rows * Tensor(weights, shape: [weights.count, 1])
    let more = try rows.permuted([1, 0]).matrixProduct(weighted)
    moments = if let moments { try moments + more } else { more }
  }

  /// What was found.
  struct Solution {
    /// `[S, variables]`, in 32 bits.
    let coefficients: Tensor
    /// Each target's weighted coefficient of determination,
    ///
    ///     R² = 1 − Σ π (s − ŝ)² / Σ π (s − s̄)²
    ///
    /// which is 1 for a target that is the same everywhere.
    let determination: [Float]
    /// The coefficients `[variables, S]`, and (Z̃ᵀ Π Z̃ + α I)⁻¹.
    let exact: Tensor
    let inverse: Tensor
    /// Σ π z / Σ π `[1, variables]`, Σ π s / Σ π `[1, S]`, and Σ π.
    let means: Tensor
    let targetMeans: Tensor
    let weight: Double
  }

  /// Solves for the coefficients.
  ///
  /// - Throws: ``TensorError`` also where there are no samples.
  func solution(penalty: Double) throws(TensorError) -> Solution {
    guard let moments else { throw .unexpectedResult(operation: "fit without samples") }
    let first = try moments.slice(axis: 0, 0..<1)
    let centred = try moments - first.permuted([1, 0]) * first / first.slice(axis: 1, 0..<1)
    let size = moments.shape[0]
    let (z, s) = (1..<1 + variables, 1 + variables..<size)
    let zz = try centred.slice(axis: 0, z).slice(axis: 1, z)
    let zs = try centred.slice(axis: 0, z).slice(axis: 1, s)
    let ridge =
      try Tensor.identity(variables).converted(to: .float64)
      * Tensor([penalty], shape: [1, 1])
    let factor = try (zz + ridge).choleskyFactor()
    let found = try factor.choleskySolution(of: zs)
    let explained = try (found * (zs + zs - zz.matrixProduct(found))).sum(axes: [0])
      .elements(as: Double.self)
    let totals = try centred.elements(as: Double.self)
    let determination = s.enumerated().map { i, at in
      let total = totals[at * size + at]
      return total > 0 ? Float(explained[i] / total) : 1
    }
    let means = try first / first.slice(axis: 1, 0..<1)
    return Solution(
      coefficients: try found.permuted([1, 0]).converted(to: .float32),
      determination: determination, exact: found,
      inverse: try factor.choleskySolution(of: .identity(variables).converted(to: .float64)),
      means: try means.slice(axis: 1, z), targetMeans: try means.slice(axis: 1, s),
      weight: try first.elements(as: Double.self)[0])
  }
}
