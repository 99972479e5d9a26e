internal import Tensors

/// A linear change of codes after which those it was made from have mean 0 and covariance I.
///
///     z = L⁻¹ (c − μ),  Σ = L Lᵀ
///
/// with mean μ and covariance Σ of the codes c, in double precision. Directions in which the codes
/// do not vary get 10⁻⁶ of the mean variance added, so that L exists; they stay without variance.
struct Whitening {
  private let mean: Tensor
  private let factor: Tensor

  /// - Parameter codes: `[N, k]`.
  init(of codes: Tensor) throws {
    let (count, length) = (codes.shape[0], codes.shape[1])
    let codes = try codes.converted(to: .float64)
    mean = try codes.mean(axes: [0])
    let centred = try codes - mean
    let covariance = try centred.permuted([1, 0]).matrixProduct(centred) * (1 / Float(count))
    let identity = try Tensor.identity(length).converted(to: .float64)
    let variance = try (covariance * identity).sum().number() / Float(length)
    factor = try (covariance + identity * max(1e-6 * variance, 1e-12)).choleskyFactor()
  }

  /// Changes an encoder's last layer and a decoder's first, no hidden ones, such that codes are z, and every code
  /// decodes to what it did.
  ///
  ///     W′ = L⁻¹ W,  b′ = L⁻¹ (b − μ);   V′ = V L,  a′ = a + V μ
  func fold(into parameters: inout [String: Tensor]) throws {
    let inverse = try factor.inverted()
    func change(_ layer: String, _ change: (Tensor, Tensor) throws -> (Tensor, Tensor)) throws {
      let keys = ["\(layer).weight", "\(layer).bias"]
      guard let weight = parameters[keys[0]], let bias = parameters[keys[1]] else { return }
      let (newWeight, newBias) = try change(
        weight.converted(to: .float64), bias.converted(to: .float64).withAxis(at: 1))
      parameters[keys[0]] = try newWeight.converted(to: .float32)
      parameters[keys[1]] = try newBias.reshaped([-1]).converted(to: .float32)
    }
    let column = try mean.withAxis(at: 1)
    try change(CodingLayout.codeLayer) { weight, bias in
      (try inverse.matrixProduct(weight), try inverse.matrixProduct(bias - column))
    }
    try change(CodingLayout.mapLayer) { weight, bias in
      (try weight.matrixProduct(factor), try bias + weight.matrixProduct(column))
    }
  }
}
