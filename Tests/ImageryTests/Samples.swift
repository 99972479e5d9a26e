import Imagery

/// Pictures made without any file.
enum Samples {
  /// A gradient with a bright square, different at every pixel of a small picture.
  static func shapes(width: Int, height: Int) -> Picture {
    picture(width: width, height: height) { x, y in
      let isSquare = x > width / 2 && y > height / 2
      return Color(
        red: UInt8(x * 255 / max(width - 1, 1)), green: UInt8(y * 255 / max(height - 1, 1)),
        blue: isSquare ? 250 : UInt8((x * 7 + y * 13) % 200))
    }
  }

  static func picture(width: Int, height: Int, _ color: (Int, Int) -> Color) -> Picture {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let color = color(x, y)
        pixels += [color.red, color.green, color.blue]
      }
    }
    guard let picture = try? Picture(width: width, height: height, pixels: pixels) else {
      preconditionFailure("a sample picture must not be empty")
    }
    return picture
  }

  static func signature(of format: PictureFormat) -> [UInt8] {
    switch format {
    case .jpeg: [0xFF, 0xD8, 0xFF]
    case .png: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    case .webP: Array("RIFF\u{20}\0\0\0WEBP".utf8)
    case .gif: Array("GIF89a".utf8)
    case .bmp: Array("BM".utf8)
    }
  }
}
