internal import Foundation
internal import Tensors

/// The structural similarity of two maps of one size, with Wang et al.'s settings.
///
///     SSIM(x, y) = (2 μx μy + C1)(2 σxy + C2) / ((μx² + μy² + C1)(σx² + σy² + C2))     (13)
///     MSSIM = the mean of SSIM over all places of the window that lie within the maps    (17)
///     C1 = (K1 L)², C2 = (K2 L)², K1 = 0.01, K2 = 0.03
///
/// of [Wang et al. 2004], with means, variances and covariance under a Gaussian window of 11 × 11 and
/// σ = 1.5 whose weights sum to 1. A map with a side below 11 takes the largest odd window that fits.
///
/// - Range: −1…1; 1 for equal maps.
/// - Complexity: 22 products with a number for each of five maps, in 64 bits.
///
/// [Wang et al. 2004]: https://doi.org/10.1109/TIP.2003.819861
struct SSIM: Sendable {
  private let size: (height: Int, width: Int)
  private let radius: Int
  private let weights: [Float]

  /// Prepares to compare maps of a size.
  init(height: Int, width: Int) {
    size = (height, width)
    radius = (min(height, width, Self.window) - 1) / 2
    let heights = (-radius...radius).map { exp(-pow(Double($0) / Self.deviation, 2) / 2) }
    let sum = heights.reduce(0, +)
    weights = heights.map { Float($0 / sum) }
  }

  /// The MSSIM of two maps, row by row.
  ///
  /// - Parameter range: L, how far apart two values of the maps can be.
  func callAsFunction(_ x: [Float], _ y: [Float], range: Double) throws(TensorError) -> Double {
    let (x, y) = (try matrix(x), try matrix(y))
    let means = try smoothed(.stacked([x, y, x * x, y * y, x * y]))
    func mean(_ place: Int) throws(TensorError) -> Tensor {
      try means.select(axis: 0, index: place)
    }
    let (mx, my) = (try mean(0), try mean(1))
    let (c1, c2) = (Float(pow(0.01 * range, 2)), Float(pow(0.03 * range, 2)))
    let both = try mx * my
    let squares = try mx * mx + my * my
    let covariance = try mean(4) - both
    let variances = try mean(2) + mean(3) - squares
    let similarity =
      try ((both * 2 + c1) * (covariance * 2 + c2))
      / ((squares + c1) * (variances + c2))
    return try similarity.sum().elements(as: Double.self)[0] / Double(similarity.count)
  }

  private static let window = 11
  private static let deviation = 1.5

  private func matrix(_ values: [Float]) throws(TensorError) -> Tensor {
    try Tensor(values, shape: [size.height, size.width]).converted(to: .float64)
  }

  /// Means under the window at every place where it lies within the maps, `[n, H, W]`.
  private func smoothed(_ maps: Tensor) throws(TensorError) -> Tensor {
    try smoothed(smoothed(maps, axis: 1), axis: 2)
  }

  private func smoothed(_ maps: Tensor, axis: Int) throws(TensorError) -> Tensor {
    let length = maps.shape[axis] - 2 * radius
    var sum = try maps.slice(axis: axis, 0..<length) * weights[0]
    for (i, weight) in weights.enumerated().dropFirst() {
      sum = try sum + maps.slice(axis: axis, i..<i + length) * weight
    }
    return sum
  }
}
