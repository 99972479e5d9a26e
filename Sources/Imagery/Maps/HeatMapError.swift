public import Terms

/// What can go wrong when a map is shown.
public enum HeatMapError: Hashable, Sendable {
  /// As many numbers were given as this, for a map that holds another number.
  case valueCount(Int, width: Int, height: Int)
  /// A number of the map is infinite or not a number.
  case notFinite(String, x: Int, y: Int)
  /// An end of the range of numbers is infinite or not a number.
  case rangeNotFinite
  /// The region that the map covers is empty or has no finite size.
  case region(Region)
  /// The opacity is not a fraction from 0 to 1.
  case opacity(Float)
}

extension HeatMapError: Fault {
  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence for people.
  public var description: String {
    switch self {
    case .valueCount(let count, let width, let height):
      "\(count) numbers do not fill a map of \(width) × \(height)"
    case .notFinite(let value, let x, let y):
      "the map holds \(value) in column \(x) of row \(y); only finite numbers can be shown"
    case .rangeNotFinite: "the range of numbers to show must have finite ends"
    case .region(let region):
      "a map cannot cover a region of \(region.width) × \(region.height) pixels at "
        + "(\(region.x), \(region.y)); its numbers must be finite and its sides positive"
    case .opacity(let opacity): "the opacity must be from 0 to 1, not \(opacity)"
    }
  }
}
