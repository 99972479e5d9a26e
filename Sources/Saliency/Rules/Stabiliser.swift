internal import Tensors

/// Moves denominators away from 0: `ẑ = z + ε·sign(z)`, with `sign(0) = 1`.
struct Stabiliser: Sendable {
  /// What keeps quotients finite and changes nothing else that a float can show.
  static let least = Stabiliser(epsilon: 0)
  /// The same for denominators that are never negative.
  static let leastOfPositive = Stabiliser(epsilon: 0, isSigned: false)

  private let epsilon: Float
  private let isSigned: Bool

  /// A stabiliser; where ε is 0 a denominator of exactly 0 is still moved, by 10⁻²⁰.
  init(epsilon: Float, isSigned: Bool = true) {
    self.epsilon = max(epsilon, 1e-20)
    self.isSigned = isSigned
  }

  func callAsFunction(_ z: Tensor) throws(TensorError) -> Tensor {
    // The least that 16 bits hold is larger.
    let epsilon = z.elementType == .float16 ? max(epsilon, 1e-7) : epsilon
    // A denominator of −0 is moved down; nothing contributes to it, so that makes no difference.
    return isSigned ? try z + Tensor(epsilon).on(z.device).copyingSigns(of: z) : try z + epsilon
  }
}
