public import Tensors

/// How much of a map lies in any of its squares, by a summed-area table.
///
///     S(y, x) = Σ |m| over the rows above y and the columns left of x
///
/// - Complexity: O(H W) once, O(1) a square.
public struct MassTable: Sendable {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// `(height + 1) × (width + 1)` sums.
  private let sums: [Double]

  /// Sums the magnitudes of a map's numbers, which come row by row and are `width · height`.
  ///
  /// - Throws: ``TensorError/elementCount(_:shape:)`` for another number of them.
  public init(of map: [Float], width: Int, height: Int) throws(TensorError) {
    guard width >= 0, height >= 0,
      width.multipliedReportingOverflow(by: height) == (map.count, false)
    else { throw .elementCount(map.count, shape: [height, width]) }
    self.width = width
    self.height = height
    var sums = [Double](repeating: 0, count: (width + 1) * (height + 1))
    for y in 0..<height {
      var row = 0.0
      for x in 0..<width {
        row += Double(map[y * width + x].magnitude)
        sums[(y + 1) * (width + 1) + x + 1] = sums[y * (width + 1) + x + 1] + row
      }
    }
    self.sums = sums
  }

  /// Sums the magnitudes of a map `[H, W]`, or of each pixel's channels of one `[C, H, W]`.
  ///
  /// - Throws: ``TensorError/elementCount(_:shape:)`` for another shape.
  public init(of map: Tensor) throws(TensorError) {
    let magnitudes = try map.magnitudes()
    let plane = map.rank == 3 ? try magnitudes.sum(axes: [0]) : magnitudes
    guard plane.rank == 2 else { throw .elementCount(map.count, shape: map.shape) }
    try self.init(of: plane.floats(), width: plane.shape[1], height: plane.shape[0])
  }

  /// The mass of the whole map.
  public var total: Double { mass(0..<height, 0..<width) }

  /// The share of the mass that lies inside a square, 0…1; 0 for a map without mass.
  ///
  /// What of the square lies beyond the map holds nothing.
  public func fraction(top: Int, left: Int, side: Int) -> Double {
    guard total > 0, side > 0 else { return 0 }
    let rows = (top..<top + side).clamped(to: 0..<height)
    let columns = (left..<left + side).clamped(to: 0..<width)
    // Differences of sums may leave 0…1 by rounding.
    return min(max(mass(rows, columns) / total, 0), 1)
  }

  private func mass(_ rows: Range<Int>, _ columns: Range<Int>) -> Double {
    func sum(_ y: Int, _ x: Int) -> Double { sums[y * (width + 1) + x] }
    return sum(rows.upperBound, columns.upperBound) - sum(rows.lowerBound, columns.upperBound)
      - sum(rows.upperBound, columns.lowerBound) + sum(rows.lowerBound, columns.lowerBound)
  }
}
