/// A column of a table: a number that people know by a name.
public struct Column: Hashable, Sendable {
  /// What people call it; maps over columns are labelled by it.
  public let name: String
  /// Subtracted from its numbers.
  public let mean: Float
  /// What they are divided by after that.
  public let std: Float

  /// Describes a column; the network reads (number − mean) / std.
  public init(name: String, mean: Float = 0, std: Float = 1) {
    self.name = name
    self.mean = mean
    self.std = std
  }
}
