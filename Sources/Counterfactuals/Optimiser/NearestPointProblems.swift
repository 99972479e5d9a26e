public import Tensors

/// Problems of one form that are solved side by side, each a row of a batch:
///
///     minimise ‖z − z₀‖²  subject to  h(z) = 0,  g_j(z) ≤ 0
///
/// (equation 3.2 of Feghahati 2020).
public protocol NearestPointProblems {
  /// The constraints of some of the problems, each at a point of its own.
  ///
  /// - Parameters:
  ///   - points: `[R, k]`, 64-bit; row i belongs to problem `problems[i]`.
  ///   - problems: Problems by their numbers, in rising order.
  func constraints(at points: Tensor, of problems: [Int]) throws -> ConstraintValues
}

/// Values of constraints at the points of a batch, and the way back from them to the points.
public struct ConstraintValues {
  /// `[R, 1 + m]`: h, then the g_j.
  public let values: Tensor
  /// Sums of the constraints' gradients with weights `[S, R, 1 + m]`: `[S, R, k]`.
  public let pullBack: (Tensor) throws -> Tensor

  /// Joins values and the way back.
  public init(values: Tensor, pullBack: @escaping (Tensor) throws -> Tensor) {
    self.values = values
    self.pullBack = pullBack
  }
}
