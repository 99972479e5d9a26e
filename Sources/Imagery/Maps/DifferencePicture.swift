public import Tensors

/// What to add to a picture and what to take away from it, drawn over it.
///
/// The picture is grey and dimmed, what to add is red, and what to take away is blue, as in figure 3.3
/// of Feghahati, *Deep Contrastive Explanation* (2020); the larger the change, the less of the picture
/// is seen through it. Red and blue are told apart with every common kind of colour blindness, and
/// both are bright enough to be seen on black.
public struct DifferencePicture: Hashable, Sendable {
  /// The changes, row by row; of colours, their mean over the channels.
  public let values: [Float]
  /// Numbers in a row.
  public let width: Int
  /// Rows.
  public let height: Int

  /// Changes to be drawn.
  ///
  /// - Parameter difference: `[C, H, W]` or `[H, W]`.
  /// - Throws: ``HeatMapError/notFinite(_:x:y:)``, ``PictureError/tensorShape(_:)``.
  public init(_ difference: Tensor) throws {
    let shape = difference.shape
    guard shape.count == 2 || shape.count == 3, shape.allSatisfy({ $0 > 0 }) else {
      throw PictureError.tensorShape(shape)
    }
    let plane = try shape.count == 3 ? difference.mean(axes: [0]) : difference
    (values, width, height) = (try plane.floats(), shape[shape.count - 1], shape[shape.count - 2])
    if let index = values.firstIndex(where: { !$0.isFinite }) {
      throw HeatMapError.notFinite(values[index].description, x: index % width, y: index / width)
    }
  }

  /// The largest change, whichever way.
  public var reach: Float { values.reduce(0) { max($0, abs($1)) } }

  /// The changes over a picture of their size.
  ///
  /// - Parameter reach: The change that hides the picture; larger ones are drawn as this one.
  /// - Throws: ``HeatMapError/valueCount(_:width:height:)`` when the picture has another size.
  public func over(_ picture: Picture, reach: Float) throws(HeatMapError) -> Picture {
    guard picture.width == width, picture.height == height else {
      throw .valueCount(values.count, width: picture.width, height: picture.height)
    }
    return Picture(width: width, height: height) { x, y in
      let value = values[y * width + x]
      let grey = Self.dimmed(picture[x, y] ?? .black)
      guard reach > 0, value != 0 else { return grey }
      return grey.mixed(
        with: value > 0 ? Self.added : Self.taken, share: min(1, abs(value) / reach))
    }
  }

  /// What is added.
  public static let added = Color(red: 0xFF, green: 0x55, blue: 0x40)
  /// What is taken away.
  public static let taken = Color(red: 0x46, green: 0x9B, blue: 0xFF)

  /// Grey between nearly black and the middle, so that both colours stand out.
  static func dimmed(_ color: Color) -> Color {
    let grey = byte(26 + Float(color.luma) * 0.42)
    return Color(red: grey, green: grey, blue: grey)
  }
}
