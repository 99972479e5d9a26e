internal import Tensors
internal import Terms

/// One picture, one starting code and one question.
struct ContrastiveProblem {
  /// z₀.
  let code: Tensor
  /// Δ = x − G(z₀), `[1, C, H, W]`.
  let residual: Tensor
  let fact: ClassSet
  let foil: ClassSet
}
