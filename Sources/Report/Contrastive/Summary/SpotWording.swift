internal import Counterfactuals
internal import Foundation

/// Where the mass of a mean change lies, in words.
struct SpotWording {
  private let spot: Spot
  private let height: Int
  private let width: Int

  /// - Parameter shape: That of the map, `[…, H, W]`.
  init(_ spot: Spot, in shape: [Int]) {
    self.spot = spot
    height = shape.count > 1 ? shape[shape.count - 2] : 1
    width = shape.last ?? 1
  }

  /// Half of the change or more in a tenth of the picture or less.
  static func isNarrow(_ spot: Spot) -> Bool {
    spot.massFraction >= 0.5 && spot.areaFraction <= 0.1
  }

  var sentence: String {
    "\(ContrastiveWording.percent(Float(spot.massFraction))) of the change lies in "
      + "\(spot.side) × \(spot.side) pixels \(place), "
      + "\(ContrastiveWording.percent(Float(spot.areaFraction))) of the picture."
  }

  /// “62 % in 6 × 6 pixels at the upper left”.
  var short: String {
    "\(ContrastiveWording.percent(Float(spot.massFraction))) in \(spot.side) × \(spot.side) pixels "
      + place
  }

  /// “at the upper left”, “in the middle”, “at the right edge”.
  var place: String {
    let row = Self.third(spot.top, spot.side, height)
    let column = Self.third(spot.left, spot.side, width)
    switch (row, column) {
    case (.middle, .middle): return "in the middle"
    case (.first, .middle): return spot.top == 0 ? "at the upper edge" : "above the middle"
    case (.last, .middle):
      return spot.top + spot.side >= height ? "at the lower edge" : "below the middle"
    case (.middle, .first): return spot.left == 0 ? "at the left edge" : "left of the middle"
    case (.middle, .last):
      return spot.left + spot.side >= width ? "at the right edge" : "right of the middle"
    default:
      return "at the \(row == .first ? "upper" : "lower") \(column == .first ? "left" : "right")"
    }
  }

  private enum Third { case first, middle, last }

  /// The third that the centre lies in.
  private static func third(_ start: Int, _ side: Int, _ length: Int) -> Third {
    let centre = Double(start) + Double(side) / 2
    return centre < Double(length) / 3
      ? .first : centre > Double(length) * 2 / 3 ? .last : .middle
  }
}
