internal import Imagery

/// Small pictures of one size in rows, each pixel drawn as a square.
struct PictureSheet {
  let rows: [[Picture]]

  /// The sheet, some 1,000 pixels wide at most unless one pixel each makes it wider.
  func picture() throws -> Picture? {
    guard let first = rows.first?.first else { return nil }
    let columns = rows.map(\.count).max() ?? 0
    let scale = max(1, min(4, Self.width / (columns * first.width)))
    let cell = (width: first.width * scale + Self.gap, height: first.height * scale + Self.gap)
    let width = columns * cell.width - Self.gap
    let height = rows.count * cell.height - Self.gap
    var pixels = [UInt8](repeating: 0x80, count: width * height * 3)
    for (row, pictures) in rows.enumerated() {
      for (column, picture) in pictures.enumerated()
      where picture.width == first.width && picture.height == first.height {
        for y in 0..<picture.height * scale {
          let start = ((row * cell.height + y) * width + column * cell.width) * 3
          for x in 0..<picture.width * scale {
            let from = (y / scale * picture.width + x / scale) * 3
            for channel in 0..<3 {
              pixels[start + 3 * x + channel] = picture.pixels[from + channel]
            }
          }
        }
      }
    }
    return try Picture(width: width, height: height, pixels: pixels)
  }

  private static let width = 1100
  private static let gap = 2
}
