/// A way to show numbers as colours.
public enum ColorMap: String, CaseIterable, Codable, Hashable, Sendable {
  /// Dark violet over green to yellow, even in lightness and safe for colour-blind eyes.
  case viridis
  /// Black over red to pale yellow, even in lightness and like glowing metal.
  case inferno
  /// Blue for low, light grey for the middle, red for high: for signed numbers.
  case diverging

  /// The colour at a fraction of the way, 0 for the lowest and 1 for the highest number.
  ///
  /// Fractions outside 0...1 count as the nearer end; one that is not a number as 0.
  public func color(at fraction: Float) -> Color {
    let table = table
    return table[Self.index(at: fraction, in: table.count)]
  }

  /// The fraction that says nothing: the middle of a diverging map, the low end of the others.
  public var neutralFraction: Float { self == .diverging ? 0.5 : 0 }

  /// The colours in equal steps, never empty.
  var table: [Color] {
    switch self {
    case .viridis: Self.viridisTable
    case .inferno: Self.infernoTable
    case .diverging: Self.divergingTable
    }
  }

  /// Which of `count` equal steps a fraction falls into.
  static func index(at fraction: Float, in count: Int) -> Int {
    fraction > 0 ? Int(min(fraction, 1) * Float(count)).clamped(to: 0...count - 1) : 0
  }

  // Each is made once, when first asked for.
  private static let viridisTable = Color.table(ofDigits: ColorMapTables.viridis)
  private static let infernoTable = Color.table(ofDigits: ColorMapTables.inferno)
  // An odd number of steps, so that one of them is the middle.
  private static let divergingTable = (0...256).map { MorelandMap.color(at: Double($0) / 256) }
}

extension Comparable {
  /// The value, moved into a range where it lies outside.
  func clamped(to range: ClosedRange<Self>) -> Self {
    min(max(self, range.lowerBound), range.upperBound)
  }
}

extension Color {
  /// Colours written as six hexadecimal digits each; white space does not count.
  static func table(ofDigits text: String) -> [Color] {
    let digits = text.compactMap(\.hexDigitValue).map(UInt8.init)
    return stride(from: 0, to: digits.count - 5, by: 6).map { at in
      Color(
        red: digits[at] << 4 | digits[at + 1], green: digits[at + 2] << 4 | digits[at + 3],
        blue: digits[at + 4] << 4 | digits[at + 5])
    }
  }
}
