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
/// - Complexity: four products of a map with a banded matrix for each map, in 64 bits.
///
/// [Wang et al. 2004]: https://doi.org/10.1109/TIP.2003.819861
struct SSIM: Sendable {
  private let size: (height: Int, width: Int)
  private let across: Tensor
  private let down: Tensor

  /// Prepares to compare maps of a size.
  init(height: Int, width: Int) throws(TensorError) {
    size = (height, width)
    let radius = (min(height, width, Self.window) - 1) / 2
    down = try Self.band(height, radius: radius)
    across = try Self.band(width, radius: radius)
  }

  /// The MSSIM of two maps, row by row.
  ///
  /// - Parameter range: L, how far apart two values of the maps can be.
  func callAsFunction(_ x: [Float], _ y: [Float], range: Double) throws(TensorError) -> Double {
    let (x, y) = (try matrix(x), try matrix(y))
    let (mx, my) = (try smoothed(x), try smoothed(y))
    let (c1, c2) = (Float(pow(0.01 * range, 2)), Float(pow(0.03 * range, 2)))
    let both = try mx * my
    let squares = try mx * mx + my * my
    let covariance = try smoothed(x * y) - both
    let variances = try smoothed(x * x) + smoothed(y * y) - squares
    let similarity =
      try ((both * 2 + c1) * (covariance * 2 + c2))
      / ((squares + c1) * (variances + c2))
    let values = try similarity.elements(as: Double.self)
    return values.reduce(0, +) / Double(values.count)
  }

  private static let window = 11
  private static let deviation = 1.5

  private func matrix(_ values: [Float]) throws(TensorError) -> Tensor {
    try Tensor(values, shape: [size.height, size.width]).converted(to: .float64)
  }

  private func smoothed(_ map: Tensor) throws(TensorError) -> Tensor {
    try down.matrixProduct(map).matrixProduct(across.permuted([1, 0]))
  }

  /// `[length − 2 radius, length]`: each row the window at one place.
  private static func band(_ length: Int, radius: Int) throws(TensorError) -> Tensor {
    let weights = (-radius...radius).map { exp(-pow(Double($0) / deviation, 2) / 2) }
    let sum = weights.reduce(0, +)
    let rows = length - 2 * radius
    var band = [Double](repeating: 0, count: rows * length)
    for row in 0..<rows {
      for (i, weight) in weights.enumerated() { band[row * length + row + i] = weight / sum }
    }
    return try Tensor(band, shape: [rows, length])
  }
}
