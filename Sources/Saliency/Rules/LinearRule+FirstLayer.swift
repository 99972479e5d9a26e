internal import Tensors

extension LinearRule {
  /// LRP-z^B, for inputs that lie between bounds, as pixels do.
  ///
  ///     R_i = Σ_j (x_i w_ij − l_i w_ij⁺ − h_i w_ij⁻) / Σ_k (x_k w_kj − l_k w_kj⁺ − h_k w_kj⁻) R_j
  ///
  /// Of [Montavon et al. 2017], section 3.
  ///
  /// - Parameters:
  ///   - low: The least inputs, of a shape that broadcasts to theirs.
  ///   - high: The largest inputs.
  ///
  /// [Montavon et al. 2017]: https://doi.org/10.1016/j.patcog.2016.11.008
  static func box(low: Tensor, high: Tensor, stabiliser: Stabiliser) -> LinearRule {
    func everywhere(_ bound: Tensor) -> Change {
      { x throws(TensorError) in try x * 0 + bound.converted(to: x.elementType ?? .float32) }
    }
    return LinearRule(
      shares: [
        Share(parts: [
          Part(bias: unchanged),
          Part(input: everywhere(low), weight: positive, bias: positive, factor: -1),
          Part(input: everywhere(high), weight: negative, bias: negative, factor: -1),
        ])
      ], stabiliser: stabiliser)
  }

  /// LRP-♭: evenly over all inputs that a result reads ([Lapuschkin et al. 2019]).
  ///
  /// [Lapuschkin et al. 2019]: https://doi.org/10.1038/s41467-019-08987-4
  static func flat(stabiliser: Stabiliser) -> LinearRule {
    LinearRule(shares: [Share(parts: [Part(input: ones, weight: ones)])], stabiliser: stabiliser)
  }
}
