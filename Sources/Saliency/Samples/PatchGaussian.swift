internal import Tensors

/// A Gaussian of the pixels of patches, independent between channels, of which parts can be drawn
/// given the rest.
///
/// With the precision `P = Σ⁻¹` and 1 for the window, 2 for what surrounds it:
///
///     x₁ | x₂ ~ N(μ₁ − P₁₁⁻¹ P₁₂ (x₂ − μ₂), P₁₁⁻¹)
///
/// So one inverse serves windows at every place of the patch.
struct PatchGaussian {
  /// Rows and columns of a patch.
  let height: Int
  let width: Int
  private let means: Tensor
  private let precisions: Tensor
  /// The least and the largest number of each channel; draws are moved between them.
  private let low: Tensor
  private let high: Tensor

  /// Takes means `[C, d]` and covariances `[C, d, d]` in 64 bits, d = height · width.
  init(
    height: Int, width: Int, means: Tensor, covariances: Tensor, low: [Float], high: [Float]
  ) throws(TensorError) {
    self.height = height
    self.width = width
    self.means = means
    precisions = try covariances.choleskyFactor().choleskyInverse()
    self.low = try Tensor(low.map(Double.init), shape: [low.count, 1, 1])
    self.high = try Tensor(high.map(Double.init), shape: [high.count, 1, 1])
  }

  /// What is drawn for a window at a place of the patch.
  func window(_ rows: Range<Int>, _ columns: Range<Int>) throws(TensorError) -> Window {
    var (inside, outside): ([Int], [Int]) = ([], [])
    for y in 0..<height {
      for x in 0..<width {
        let isInside = rows.contains(y) && columns.contains(x)
        if isInside { inside.append(y * width + x) } else { outside.append(y * width + x) }
      }
    }
    let own = try precisions.gather(axis: 1, inside)
    let factor = try own.gather(axis: 2, inside).choleskyFactor()
    return Window(
      outside: outside, low: low, high: high,
      mean: try means.gather(axis: 1, inside).withAxis(at: 2),
      surround: try means.gather(axis: 1, outside).withAxis(at: 2),
      regression: try factor.choleskySolution(of: own.gather(axis: 2, outside)),
      spread: try factor.permuted([0, 2, 1]))
  }

  /// A window given what surrounds it.
  struct Window {
    fileprivate let outside: [Int]
    fileprivate let low: Tensor
    fileprivate let high: Tensor
    fileprivate let mean: Tensor
    fileprivate let surround: Tensor
    fileprivate let regression: Tensor
    /// U with `P₁₁ = Uᵀ U`, so `U⁻¹ z` has covariance `P₁₁⁻¹`.
    fileprivate let spread: Tensor

    /// Draws for a patch `[C, d]`, of which only what surrounds the window is read.
    ///
    /// - Parameter noise: Standard normal numbers, `[C, k, n]`.
    /// - Returns: `[C, k, n]`, k the pixels of the window.
    func draws(in patch: Tensor, noise: Tensor) throws(TensorError) -> Tensor {
      let known = try patch.converted(to: .float64).gather(axis: 1, outside).withAxis(at: 2)
      let expected = try mean - regression.batchMatrixProduct(known - surround)
      let drawn =
        try expected
        + spread.upperTriangularSolution(of: noise.converted(to: .float64))
      return try drawn.clamped(from: low, to: high).converted(to: .float32)
    }
  }
}
