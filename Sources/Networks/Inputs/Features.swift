/// What a map of an input is over, and what can be taken away of the input: the pixels of a picture, the
/// tokens of a text, the columns of a row.
///
/// A feature is one place of an input and holds all of its channels. A map has a number a feature, in the
/// features' own ``shape``; methods that hide parts of an input, measures that delete them and pictures of
/// maps ask the features and know nothing else of the input.
public struct Features: Hashable, Sendable {
  /// How features lie to one another.
  public enum Arrangement: String, Hashable, Sendable, Codable {
    /// In rows and columns, as pixels.
    case plane
    /// One after another, as the words of a sentence.
    case sequence
    /// In no order, as the columns of a table.
    case set
  }

  /// How they lie to one another.
  public let arrangement: Arrangement
  /// The lengths of a map's axes: `[H, W]` of a plane, `[n]` of others.
  public let shape: [Int]
  /// What people call each; empty for pixels, which have no names.
  public let names: [String]
  /// Where the channels of an input lie, `[N, C, H, W]` or `[N, n, C]`; `nil` where a feature is one number.
  let channelAxis: Int?

  init(_ arrangement: Arrangement, shape: [Int], names: [String] = [], channelAxis: Int?) {
    self.arrangement = arrangement
    self.shape = shape
    self.names = names
    self.channelAxis = channelAxis
  }

  /// The pixels of inputs `[N, C, H, W]`.
  public static func pixels(height: Int, width: Int) -> Features {
    Features(.plane, shape: [height, width], channelAxis: 1)
  }

  /// The tokens of inputs `[N, n, C]`.
  public static func tokens(_ names: [String]) -> Features {
    Features(.sequence, shape: [names.count], names: names, channelAxis: 2)
  }

  /// The columns of inputs `[N, n]`.
  public static func columns(_ names: [String]) -> Features {
    Features(.set, shape: [names.count], names: names, channelAxis: nil)
  }

  /// What a map of some shape is over where nothing else is known: pixels for two axes, columns for one.
  public init(ofMap shape: [Int]) {
    self =
      shape.count == 2
      ? .pixels(height: shape[0], width: shape[1])
      : .columns((0..<shape.reduce(1, *)).map(String.init))
  }

  /// Rows and columns; those of one axis are a plane of one column.
  public var grid: (rows: Int, columns: Int) { (shape.first ?? 1, shape.count > 1 ? shape[1] : 1) }

  /// How many there are.
  public var count: Int { shape.reduce(1, *) }

  /// The features beside one: above, left, right and below it; before and behind it; none in a set.
  ///
  /// - Parameter feature: A place in row-major order.
  public func neighbours(of feature: Int) -> [Int] {
    switch arrangement {
    case .set: return []
    case .sequence: return [feature - 1, feature + 1].filter { (0..<count).contains($0) }
    case .plane:
      let (row, column) = feature.quotientAndRemainder(dividingBy: max(shape[1], 1))
      return [(row - 1, column), (row, column - 1), (row, column + 1), (row + 1, column)]
        .filter { (0..<shape[0]).contains($0.0) && (0..<shape[1]).contains($0.1) }
        .map { $0.0 * shape[1] + $0.1 }
    }
  }
}
