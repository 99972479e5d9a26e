internal import Tensors

/// Moves denominators away from 0: `ẑ = z + ε·sign(z)`, with `sign(0) = 1`.
struct Stabiliser: Sendable {
  /// What keeps quotients finite and changes nothing else that a float can show.
  static let least = Stabiliser(epsilon: 0)

  private let epsilon: Float

  /// A stabiliser; where ε is 0 a denominator of exactly 0 is still moved, by 10⁻²⁰.
  init(epsilon: Float) { self.epsilon = max(epsilon, 1e-20) }

  func callAsFunction(_ z: Tensor) throws(TensorError) -> Tensor {
    try z + (z.isNegative() * -2 + 1) * epsilon
  }
}
