internal import Counterfactuals
internal import Tensors

extension ContrastiveAnswer {
  /// The part of the input's variance that the generator does not draw, `mean Δ² / var x`; `nil` where
  /// the input has the same value everywhere.
  func residualFraction(of attempt: ContrastiveAttempt) throws -> Float? {
    let centred = try input - input.mean(axes: Array(input.shape.indices))
    let variance = try centred.squared().mean(axes: Array(input.shape.indices)).number()
    let fraction = attempt.residual * attempt.residual / variance
    return fraction.isFinite ? fraction : nil
  }
}
