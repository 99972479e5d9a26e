internal import Tensors

/// The losses of autoencoders, in nats a picture.
enum CodingLoss {
  /// Minus the log-likelihood of pictures x under decoded Bernoulli means y = σ(logits), summed over
  /// pixels and averaged over the batch.
  ///
  ///     −Σ x log y + (1 − x) log(1 − y)          (Kingma and Welling 2014, equation 11 in appendix C.1)
  ///
  /// Pixels between 0 and 1 count as probabilities, as is usual.
  ///
  /// - Shapes: both `[N, C, H, W]`; the result has no axes.
  static func crossEntropy(logits: Tensor, pictures: Tensor) throws -> Tensor {
    let sum = try crossEntropySum.get().tensor(
      [.tensor(logits), .tensor(pictures), .none, .none, .int(sumReduction)], recording: .on)
    return try sum * (1 / Float(pictures.shape[0]))
  }

  /// The divergence of N(μ, σ²) from N(0, I), averaged over the batch.
  ///
  ///     D_KL = −½ Σⱼ (1 + log σⱼ² − μⱼ² − σⱼ²)   (Kingma and Welling 2014, equation 10 and appendix B)
  ///
  /// - Shapes: both `[N, k]`; the result has no axes.
  static func divergence(mean: Tensor, logVariance: Tensor) throws -> Tensor {
    let terms = try logVariance + 1 - mean.squared() - logVariance.exp()
    return try terms.sum() * (-0.5 / Float(mean.shape[0]))
  }

  private static let sumReduction = 2
  private static let crossEntropySum = Result { () throws(TensorError) in
    try Operator("aten::binary_cross_entropy_with_logits")
  }
}
