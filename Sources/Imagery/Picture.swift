/// A colour picture: three bytes a pixel, red, green and blue, row by row from the top left.
public struct Picture: Hashable, Sendable {
  /// Pixels in a row.
  public let width: Int
  /// Rows.
  public let height: Int
  /// Red, green and blue of each pixel, row by row: `width * height * 3` bytes.
  public let pixels: [UInt8]

  /// A picture of given pixels.
  ///
  /// - Throws: ``PictureError/size(width:height:)`` when a side is not positive or the picture has
  ///   more than ``maximumPixelCount`` pixels, ``PictureError/byteCount(_:width:height:)`` when
  ///   the bytes do not fill it.
  public init(width: Int, height: Int, pixels: [UInt8]) throws(PictureError) {
    try Self.check(width: width, height: height)
    guard pixels.count == width * height * 3 else {
      throw .byteCount(pixels.count, width: width, height: height)
    }
    self.init(trusted: pixels, width: width, height: height)
  }

  /// A picture of one colour.
  public init(width: Int, height: Int, filledWith color: Color) throws(PictureError) {
    try Self.check(width: width, height: height)
    self.init(width: width, height: height) { _, _ in color }
  }

  /// The most pixels that a picture may have; a larger one is refused before it takes memory.
  public static let maximumPixelCount = 100_000_000

  /// The colour at a column and a row, counted from the top left; `nil` outside.
  public subscript(x: Int, y: Int) -> Color? {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return nil }
    let start = (y * width + x) * 3
    return Color(red: pixels[start], green: pixels[start + 1], blue: pixels[start + 2])
  }

  init(trusted pixels: [UInt8], width: Int, height: Int) {
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// Asks for the colour of each pixel (column, row), row by row.
  init(width: Int, height: Int, color: (Int, Int) -> Color) {
    let count = width * height * 3
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { bytes, filled in
      var at = 0
      for y in 0..<height {
        for x in 0..<width {
          let color = color(x, y)
          bytes[at] = color.red
          bytes[at + 1] = color.green
          bytes[at + 2] = color.blue
          at += 3
        }
      }
      filled = count
    }
    self.init(trusted: pixels, width: width, height: height)
  }

  static func check(width: Int, height: Int) throws(PictureError) {
    guard width > 0, height > 0, width <= maximumPixelCount / height else {
      throw .size(width: width, height: height)
    }
  }
}
