extension LinearRule {
  /// LRP-ε: relevance follows what each input contributed, and the bias absorbs its part.
  ///
  ///     R_i = Σ_j x_i w_ij / (z_j + ε sign z_j) · R_j        (58)
  ///
  /// Equation 58 of [Bach et al. 2015]; ε = 0 is LRP-0.
  ///
  /// [Bach et al. 2015]: https://doi.org/10.1371/journal.pone.0130140
  static func epsilon(_ epsilon: Float) -> LinearRule {
    LinearRule(
      shares: [Share(parts: [Part(bias: unchanged)])], stabiliser: Stabiliser(epsilon: epsilon))
  }
}
