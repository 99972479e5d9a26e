/// A square of a map that holds more of its mass than its size explains.
public struct Spot: Hashable, Sendable {
  /// Its upper row.
  public let top: Int
  /// Its left column.
  public let left: Int
  /// Rows, and columns.
  public let side: Int
  /// The share of the map's absolute mass inside, 0…1.
  public let massFraction: Double
  /// Its share of the map's pixels, 0…1.
  public let areaFraction: Double

  /// Joins what is known of a square.
  public init(top: Int, left: Int, side: Int, massFraction: Double, areaFraction: Double) {
    self.top = top
    self.left = left
    self.side = side
    self.massFraction = massFraction
    self.areaFraction = areaFraction
  }
}
