internal import Terms

/// One picture, one starting code and one question.
struct ContrastiveProblem {
  /// z₀.
  let code: [Float]
  /// Δ = x − G(z₀), `[C, H, W]`, as the place among those of all pictures and starts.
  let residual: Int
  let fact: ClassSet
  let foil: ClassSet
}
