internal import Tensors

extension LinearRule {
  /// LRP-γ: contributions of the result's own sign count 1 + γ times.
  ///
  ///     R_i = Σ_j x_i (w_ij + γ w_ij⁺) / Σ_k x_k (w_kj + γ w_kj⁺) · R_j
  ///
  /// Of [Montavon et al. 2019] for non-negative inputs, in its generalised form ([Andéol et al.
  /// 2021]) for inputs and results of either sign. What arrives at a result of 0 ends there.
  ///
  /// [Montavon et al. 2019]: https://doi.org/10.1007/978-3-030-28954-6_10
  /// [Andéol et al. 2021]: https://arxiv.org/abs/2105.14962
  static func gamma(_ gamma: Float, stabiliser: Stabiliser) -> LinearRule {
    let raised: Change = { tensor throws(TensorError) in try tensor + tensor.relu() * gamma }
    let lowered: Change = { tensor throws(TensorError) in
      try tensor + tensor.clamped(to: -.infinity...0) * gamma
    }
    return LinearRule(
      shares: [
        Share(
          parts: [
            Part(input: positive, weight: raised, bias: raised),
            Part(input: negative, weight: lowered, isOfNegativeInputs: true),
          ], mask: { z throws(TensorError) in try (z * -1).isLess(than: 0) }),
        Share(
          parts: [
            Part(input: positive, weight: lowered, bias: lowered),
            Part(input: negative, weight: raised, isOfNegativeInputs: true),
          ], mask: { z throws(TensorError) in try z.isLess(than: 0) }),
      ], stabiliser: stabiliser)
  }
}
