extension LinearRule {
  /// LRP-αβ: positive and negative contributions are distributed apart, α − β = 1.
  ///
  ///     R_i = Σ_j (α z_ij⁺ / z_j⁺ − β z_ij⁻ / z_j⁻) R_j        (60)
  ///
  /// Equation 60 of [Bach et al. 2015]; the bias absorbs its part of either sign.
  ///
  /// [Bach et al. 2015]: https://doi.org/10.1371/journal.pone.0130140
  static func alphaBeta(alpha: Float, beta: Float, stabiliser: Stabiliser) -> LinearRule {
    let excited = Share(
      factor: alpha,
      parts: [
        Part(input: positive, weight: positive, bias: positive),
        Part(input: negative, weight: negative, isOfNegativeInputs: true),
      ])
    let inhibited = Share(
      factor: -beta,
      parts: [
        Part(input: positive, weight: negative, bias: negative),
        Part(input: negative, weight: positive, isOfNegativeInputs: true),
      ])
    return LinearRule(
      shares: beta == 0 ? [excited] : [excited, inhibited], stabiliser: stabiliser)
  }

  /// LRP-z⁺: positive contributions alone; α = 1, β = 0.
  static func zPlus(stabiliser: Stabiliser) -> LinearRule {
    alphaBeta(alpha: 1, beta: 0, stabiliser: stabiliser)
  }
}
