/// How the augmented Lagrangian is minimised while its multipliers stand.
public enum InnerMinimiser: Hashable, Sendable {
  /// Gauss and Newton's steps on linearised constraints, damped after Levenberg and Marquardt. The
  /// objective is quadratic already, so that few steps lead to the minimum.
  case gaussNewton
  /// Gradient descent, as in Feghahati 2020: `z ← z − rate · ∇L_c`, so many steps for each update of
  /// the multipliers.
  case descent(rate: Double, steps: Int)

  /// The name without its numbers.
  public var name: String {
    switch self {
    case .gaussNewton: "gauss-newton"
    case .descent: "descent"
    }
  }
}
