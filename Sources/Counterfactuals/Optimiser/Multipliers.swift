/// The multipliers of one problem, and what they make of its constraints.
///
///     φ(h, g) = λh + (c/2)h² + (1/2c) Σ_j { max(0, μ_j + c·g_j)² − μ_j² }
///
/// so that `L_c = ‖z − z₀‖² + φ` is the augmented Lagrangian, equation 3.3 of Feghahati 2020, after
/// Bertsekas 1999, section 4.2. Constraints are given as one list, h first.
public struct Multipliers: Hashable, Sendable {
  /// λ, of either sign: positive where h pulls above 0.
  public private(set) var lambda = 0.0
  /// μ, never negative; more than 0 where a constraint holds the solution back.
  public private(set) var mu: [Double]
  /// c.
  public private(set) var penalty: Double

  private var lastMagnitude = Double.infinity

  /// Beyond it linear systems of 64 bits are no longer solved.
  private static let penaltyLimit = 1e8

  /// Starts with multipliers of 0.
  public init(inequalityCount: Int, penalty: Double) {
    mu = [Double](repeating: 0, count: inequalityCount)
    self.penalty = penalty
  }

  /// φ.
  public func term(of constraints: [Double]) -> Double {
    let h = constraints[0]
    var sum = lambda * h + penalty / 2 * h * h
    for (mu, g) in zip(mu, constraints.dropFirst()) {
      let pushed = max(0, mu + penalty * g)
      sum += (pushed * pushed - mu * mu) / (2 * penalty)
    }
    return sum
  }

  /// `∂φ/∂h = λ + c·h` and `∂φ/∂g_j = max(0, μ_j + c·g_j)`.
  ///
  /// These are also the next multipliers: where `L_c` is stationary, so is the Lagrangian with them.
  public func weights(of constraints: [Double]) -> [Double] {
    [lambda + penalty * constraints[0]]
      + zip(mu, constraints.dropFirst()).map { max(0, $0 + penalty * $1) }
  }

  /// Constraints as distances from where their push ends, `h + λ/c` and `g_j + μ_j/c`:
  ///
  ///     φ = (c/2) { (h + λ/c)² + Σ_j max(0, g_j + μ_j/c)² } + a constant
  func shifted(_ constraints: [Double]) -> [Double] {
    [constraints[0] + lambda / penalty]
      + zip(mu, constraints.dropFirst()).map { $1 + $0 / penalty }
  }

  /// Takes on the next multipliers, and a greater penalty where |h| has not fallen enough:
  ///
  ///     λ ← λ + c·h,  μ_j ← max(0, μ_j + c·g_j),  c ← βc if |h| > γ|h of the last update|
  ///
  /// (equation 3.4).
  ///
  /// - Parameters:
  ///   - growth: β.
  ///   - decrease: γ.
  public mutating func update(_ constraints: [Double], growth: Double, decrease: Double) {
    let next = weights(of: constraints)
    lambda = next[0]
    mu = Array(next.dropFirst())
    let magnitude = abs(constraints[0])
    if magnitude > decrease * lastMagnitude { penalty = min(penalty * growth, Self.penaltyLimit) }
    lastMagnitude = magnitude
  }
}
