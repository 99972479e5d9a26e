/// A rectangle of places of a picture or of a layer's maps.
package struct PixelRegion: Hashable, Sendable {
  /// Rows.
  package let rows: Range<Int>
  /// Columns.
  package let columns: Range<Int>

  /// Joins rows and columns.
  package init(rows: Range<Int>, columns: Range<Int>) {
    (self.rows, self.columns) = (rows, columns)
  }

  /// The smallest rectangle that holds some places in row-major order.
  ///
  /// - Returns: `nil` for no places.
  package init?(holding places: some Sequence<Int>, width: Int) {
    var (top, bottom, left, right) = (Int.max, -1, Int.max, -1)
    for place in places {
      let (row, column) = place.quotientAndRemainder(dividingBy: width)
      (top, bottom) = (min(top, row), max(bottom, row))
      (left, right) = (min(left, column), max(right, column))
    }
    if bottom < 0 { return nil }
    self.init(rows: top..<bottom + 1, columns: left..<right + 1)
  }

  /// The number of places.
  package var area: Int { rows.count * columns.count }

  /// The smallest rectangle that holds both.
  package func union(_ other: PixelRegion) -> PixelRegion {
    func hull(_ a: Range<Int>, _ b: Range<Int>) -> Range<Int> {
      min(a.lowerBound, b.lowerBound)..<max(a.upperBound, b.upperBound)
    }
    return PixelRegion(rows: hull(rows, other.rows), columns: hull(columns, other.columns))
  }
}
