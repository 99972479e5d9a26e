internal import CVLFeat

/// A picture cut into parts that look alike.
public struct Superpixels: Hashable, Sendable {
  /// How a picture is cut.
  public enum Method: String, Hashable, Sendable, Codable, CaseIterable {
    /// Compact parts of like colour and about equal size, by k-means in colour and place
    /// ([Achanta et al. 2012](https://doi.org/10.1109/TPAMI.2012.120)).
    case slic
    /// The hills of the density of colours and places
    /// ([Vedaldi and Soatto 2008](https://doi.org/10.1007/978-3-540-88693-8_52)); parts follow the
    /// picture more freely, differ in size and may lie in several places.
    case quickshift
    /// Rectangles, whatever the colours are.
    case grid
  }

  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The part that each pixel belongs to, row by row; every one of `0 ..< count` occurs.
  public let labels: [Int]
  /// How many parts there are.
  public let count: Int

  /// Cuts a picture.
  ///
  /// With S = √(width · height / n) the side of a part of average size, and colours in CIELAB:
  ///
  ///     slic:        D² = |Δcolour|² + m² |Δplace|² / S²
  ///     quickshift:  D² = |Δplace|² + 0.2² |Δcolour|²,  density Σ exp(−D² / 2σ²),  σ = S / 7
  ///
  /// Quickshift links each pixel to the nearest of higher density; the longest links are cut until
  /// there are n parts, if there are not more hills than that. (The `lime` package keeps all links of its window, and so has no n; 0.2 is
  /// its weight of colour, and σ is its 4 pixels for 60 parts of a picture of 224².)
  ///
  /// - Parameters:
  ///   - n: About how many parts; there are fewer where the picture has fewer pixels.
  ///   - compactness: m, what nearness counts against colour in ``Method/slic``.
  /// - Randomness: none.
  public init(of picture: Picture, about n: Int, by method: Method, compactness m: Float = 20) {
    width = picture.width
    height = picture.height
    let side = (Double(width * height) / Double(max(n, 1))).squareRoot()
    let found: [Int] =
      switch method {
      // Below 3 pixels a side k-means has nothing to choose from.
      case .grid,
        .slic where side < 3:
        Self.grid(width, height, side: side, about: n)
      case .slic: Self.slic(picture, side: side, compactness: m)
      case .quickshift: Self.quickshift(picture, side: side, about: n)
      }
    (labels, count) = Self.numbered(found)
  }

  /// Whether a pixel's right or lower neighbour belongs to another part.
  public func isBorder(x: Int, y: Int) -> Bool {
    let i = y * width + x
    return (x + 1 < width && labels[i] != labels[i + 1])
      || (y + 1 < height && labels[i] != labels[i + width])
  }

  private static func grid(
    _ width: Int, _ height: Int, side: Double, about n: Int
  ) -> [Int] {
    let rows = max(1, min(height, Int((Double(height) / side).rounded())))
    let columns = max(1, min(width, Int((Double(n) / Double(rows)).rounded())))
    return (0..<width * height).map { i in
      (i / width) * rows / height * columns + (i % width) * columns / width
    }
  }

  private static func slic(_ picture: Picture, side: Double, compactness: Float) -> [Int] {
    let count = picture.width * picture.height
    let region = Int(side.rounded())
    var labels = [UInt32](repeating: 0, count: count)
    vl_slic_segment(
      &labels, picture.labPlanes.map(Float.init), UInt64(picture.width), UInt64(picture.height), 3,
      UInt64(region), compactness * compactness, UInt64(max(1, region * region / 4)))
    return labels.map(Int.init)
  }

  /// Numbers parts in the order in which they begin.
  private static func numbered(_ labels: [Int]) -> (labels: [Int], count: Int) {
    var numbers: [Int: Int] = [:]
    let renamed = labels.map { label in
      if let number = numbers[label] { return number }
      numbers[label] = numbers.count
      return numbers.count - 1
    }
    return (renamed, numbers.count)
  }
}
