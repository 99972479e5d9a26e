internal import Tensors

/// Means and covariances of the patches of pictures, channel by channel, and the channels' ranges.
struct PatchMoments {
  /// Rows and columns of a patch.
  let height: Int
  let width: Int
  private var count = 0
  private var sums: [Tensor] = []
  private var products: [Tensor] = []
  private var low: [Float] = []
  private var high: [Float] = []

  init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// Takes in at most `limit` patches of an input `[1, C, H, W]`, evenly spread.
  mutating func add(_ input: Tensor, limit: Int) throws(TensorError) {
    let (rows, columns) = (input.shape[2] - height + 1, input.shape[3] - width + 1)
    var step = 1
    while ((rows - 1) / step + 1) * ((columns - 1) / step + 1) > max(limit, 1) { step += 1 }
    for c in 0..<input.shape[1] {
      let channel = try input.select(axis: 0, index: 0).select(axis: 0, index: c).on(.cpu)
      let range = try channel.extremes()
      let patches = try channel.converted(to: .float64)
        .runs(axis: 0, length: height, step: step).runs(axis: 1, length: width, step: step)
        .reshaped([-1, height * width])
      let sum = try patches.sum(axes: [0])
      let product = try patches.permuted([1, 0]).matrixProduct(patches)
      if c == sums.count {
        sums.append(sum)
        products.append(product)
        low.append(range.lowerBound)
        high.append(range.upperBound)
      } else {
        sums[c] = try sums[c] + sum
        products[c] = try products[c] + product
        low[c] = min(low[c], range.lowerBound)
        high[c] = max(high[c], range.upperBound)
      }
      if c == 0 { count += patches.shape[0] }
    }
  }

  /// The Gaussian of these moments, its covariance drawn a little towards white noise.
  ///
  ///     Σ′ = (1 − λ) Σ + (λ tr Σ / d + ε) I,   λ = 0.001, ε = 1e-6
  ///
  /// A patch has as many numbers as there are patches to learn from, or more; unregularised, what
  /// surrounds a window would fix it.
  func gaussian() throws(TensorError) -> PatchGaussian {
    let size = height * width
    let identity = try Tensor.identity(size).converted(to: .float64)
    // In 64 bits: of equal patches the mean of products less the product of means is 0, and a factor
    // in 32 would leave more than the noise that is added.
    let count = try Tensor([Double(count)], shape: [1])
    var (means, covariances): ([Tensor], [Tensor]) = ([], [])
    for (sum, product) in zip(sums, products) {
      let mean = try sum / count
      let row = try mean.reshaped([1, size])
      let covariance = try product / count - row.permuted([1, 0]) * row
      let noise = try (covariance * identity).sum() * (Self.whitening / Float(size)) + Self.least
      means.append(mean)
      covariances.append(try covariance * (1 - Self.whitening) + identity * noise)
    }
    return try PatchGaussian(
      height: height, width: width, means: .stacked(means), covariances: .stacked(covariances),
      low: low, high: high)
  }

  private static let whitening: Float = 0.001
  private static let least: Float = 1e-6
}
