/// What one axis of a value counts, or a part of it: the pictures of a batch, channels, or the rows and columns
/// of places.
///
/// Axes are cut and joined by views: one of 14 rows may become two of windows and rows within a window, and one of
/// 196 tokens is 14 rows of 14. So an axis is a product of factors, as a number is of digits: row i has the digit
/// `(i / step) mod length`.
struct AxisFactor: Hashable, Sendable {
  enum Meaning: Hashable, Sendable {
    case batch, channels, rows, columns

    /// Whether it counts places.
    var isPlace: Bool { self == .rows || self == .columns }
  }

  var meaning: Meaning
  /// `nil` where it follows the input.
  var length: Int?
  /// How many rows, columns or channels there are in all.
  var whole: Int?
  /// By how many rows, columns or channels one step along it leads.
  var step = 1
  /// How far the places have been rolled, as for shifted windows.
  var shift = 0

  /// All of what an axis counts.
  init(_ meaning: Meaning, _ length: Int?) {
    (self.meaning, self.length, whole) = (meaning, length, length)
  }

  /// Whether it leads through all that the axis counts, in steps of whatever length.
  var isOutermost: Bool { whole != nil && whole == length.map { $0 * step } }

  /// The outer and the inner part of it, the inner of some length that divides its own.
  func cut(inner: Int) -> (outer: AxisFactor, inner: AxisFactor) {
    var (outer, last) = (self, self)
    last.length = inner
    outer.length = length.map { $0 / inner }
    outer.step = step * inner
    return (outer, last)
  }

  /// One factor of two that lie side by side; `nil` where they are not the digits of one.
  func joined(_ inner: AxisFactor) -> AxisFactor? {
    guard meaning == inner.meaning, shift == inner.shift, whole == inner.whole, let own = length,
      let length = inner.length, step == inner.step * length
    else { return nil }
    var joined = inner
    joined.length = own * length
    return joined
  }
}

/// What an axis of a value stands for.
enum LayoutAxis: Hashable, Sendable {
  /// Nothing is known of it.
  case unknown
  /// A product of factors, the outermost first, and entries before and after it that belong to none, such as a
  /// class token; an axis of length 1 has no factors.
  case factors([AxisFactor], before: Int = 0, after: Int = 0)

  static let one = LayoutAxis.factors([])
  /// A new axis of channels.
  static func channels(_ length: Int?) -> LayoutAxis {
    .factors([AxisFactor(.channels, length)])
  }

  var factors: [AxisFactor] {
    if case .factors(let factors, _, _) = self { factors } else { [] }
  }

  /// How many entries belong to no place.
  var others: (before: Int, after: Int) {
    if case .factors(_, let before, let after) = self { (before, after) } else { (0, 0) }
  }

  /// Whether channels are among what it counts.
  var holdsChannels: Bool { factors.contains { $0.meaning == .channels } }

  /// Whether it counts channels and nothing else.
  var isOfChannels: Bool { !factors.isEmpty && factors.allSatisfy { $0.meaning == .channels } }

  /// Whether it counts places and nothing else.
  var isOfPlaces: Bool { !factors.isEmpty && factors.allSatisfy(\.meaning.isPlace) }
}
