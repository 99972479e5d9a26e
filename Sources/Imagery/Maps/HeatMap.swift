/// A map of numbers together with how to show them as colours.
public struct HeatMap: Hashable, Sendable {
  /// The numbers, row by row.
  public let values: [Float]
  /// Numbers in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// The numbers that get the first and the last colour; those outside count as the nearer one.
  public let range: ClosedRange<Float>
  /// What colour a number of the range has.
  public let colors: ColorMap

  /// A map to be shown.
  ///
  /// - Parameters:
  ///   - values: The numbers, row by row.
  ///   - width: Numbers in a row.
  ///   - height: Rows.
  ///   - range: The numbers that get the first and the last colour. Where it is `nil`: from 0 to
  ///     the largest, or for ``ColorMap/diverging`` as far on both sides of 0.
  ///   - colors: The colours.
  /// - Throws: ``HeatMapError`` when numbers are missing or not finite.
  public init(
    values: [Float], width: Int, height: Int, range: ClosedRange<Float>? = nil, colors: ColorMap
  ) throws(HeatMapError) {
    guard width > 0, height > 0, width <= Int(Int32.max) / height, values.count == width * height
    else {
      throw .valueCount(values.count, width: width, height: height)
    }
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(values[index].description, x: index % width, y: index / width)
    }
    let range = range ?? Self.naturalRange(of: values, in: colors)
    guard range.lowerBound.isFinite, range.upperBound.isFinite else { throw .rangeNotFinite }
    self.values = values
    self.width = width
    self.height = height
    self.range = range
    self.colors = colors
  }

  /// From 0 to the largest number, or for a diverging map as far on both sides of 0.
  private static func naturalRange(
    of values: [Float], in colors: ColorMap
  ) -> ClosedRange<Float> {
    if colors == .diverging {
      let reach = values.reduce(0) { max($0, abs($1)) }
      return -reach...reach
    }
    return 0...(values.reduce(0, max))
  }

  /// Where a number lies in the range, from 0 to 1; in a range without width nothing stands out.
  func fraction(of value: Float) -> Float {
    let low = Double(range.lowerBound)
    let span = Double(range.upperBound) - low
    guard span > 0 else { return colors.neutralFraction }
    return Float(((Double(value) - low) / span).clamped(to: 0...1))
  }

  /// How far a fraction is from saying nothing, from 0 to 1.
  func magnitude(ofFraction fraction: Float) -> Float {
    let neutral = colors.neutralFraction
    return abs(fraction - neutral) / max(neutral, 1 - neutral)
  }
}
