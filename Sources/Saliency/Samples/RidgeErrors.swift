internal import Tensors

/// How far a ``RidgeFit`` of random samples is from one of endlessly many, one coefficient at a time.
///
///     se² = Σ_g (Σ_{i ∈ g} πᵢ eᵢ / (1 − hᵢ) · A⁻¹ z̃ᵢ)²,   hᵢ = πᵢ (1 / Σ π + z̃ᵢᵀ A⁻¹ z̃ᵢ),   A = Z̃ᵀ Π Z̃ + α I
///
/// over groups g of samples that were drawn together, with the residuals e: the variance that allows for residuals of
/// any size ([MacKinnon and White 1985], HC3), for the weights π say how much a sample counts and not how sure it is.
/// `e / (1 − h)` is a sample's residual from the fit of the others.
///
/// [MacKinnon and White 1985]: https://doi.org/10.1016/0304-4076(85)90158-7
struct RidgeErrors {
  private let fit: RidgeFit.Solution
  private let groupSize: Int
  private var squares: Tensor?

  init(of fit: RidgeFit.Solution, groupSize: Int) {
    (self.fit, self.groupSize) = (fit, groupSize)
  }

  /// Takes in whole groups of the samples that were fitted; a last one may be part of a group.
  mutating func add(
    _ samples: Tensor, weights: [Double], targets: Tensor
  ) throws(TensorError) {
    let count = weights.count
    let pi = try Tensor(weights, shape: [count, 1])
    let z = try samples.converted(to: .float64) - fit.means
    let s = try targets.on(.cpu).converted(to: .float64).permuted([1, 0]) - fit.targetMeans
    let e = try s - z.matrixProduct(fit.exact)
    let u = try z.matrixProduct(fit.inverse)
    let h = try ((u * z).sum(axes: [1]).reshaped([count, 1]) + 1 / Float(fit.weight)) * pi
    let left = try pi * e / (h * -1 + 1)
    // The rest of a group that was not drawn moves nothing.
    let missing = (groupSize - count % groupSize) % groupSize
    func filled(_ rows: Tensor) throws(TensorError) -> Tensor {
      missing == 0
        ? rows : try Tensor.concatenated([rows, rows.slice(axis: 0, 0..<missing) * 0])
    }
    let moves = try (filled(left).withAxis(at: 2) * filled(u).withAxis(at: 1))
      .reshaped([-1, groupSize, left.shape[1], u.shape[1]]).sum(axes: [1]).squared().sum(axes: [0])
    squares = try squares.map { a throws(TensorError) in try a + moves } ?? moves
  }

  /// Squared standard errors `[S, variables]`.
  func found() throws(TensorError) -> Tensor {
    guard let squares else { throw .unexpectedResult(operation: "errors without samples") }
    return squares
  }
}
