/// A rectangle on a picture, in its pixels from the top left; it may stick out of the picture.
public struct Region: Codable, Hashable, Sendable {
  /// The left edge.
  public var x: Double
  /// The top edge.
  public var y: Double
  /// From the left edge to the right one.
  public var width: Double
  /// From the top edge to the bottom one.
  public var height: Double

  /// A rectangle by its top left corner and its size.
  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// All of a picture.
  public init(of picture: Picture) {
    self.init(x: 0, y: 0, width: Double(picture.width), height: Double(picture.height))
  }

  /// Whether it covers anything and all its numbers are finite.
  var isSound: Bool {
    x.isFinite && y.isFinite && width.isFinite && height.isFinite && width > 0 && height > 0
  }
}
