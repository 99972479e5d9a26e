/// The structure of a JPEG file: segments up to the first scan, then scans up to the end marker.
enum JPEGFile {
  static func outline(of bytes: Bytes) -> Outline {
    var outline = Outline()
    var at = 2
    while let (start, marker) = nextMarker(in: bytes, from: at) {
      if marker == 0x01 || (0xD0...0xD9).contains(marker) {
        at = start + 2
        continue
      }
      guard let length = bytes.big(start + 2, 2), length >= 2 else { break }
      switch marker {
      case 0xDA:
        outline.isWhole = hasEnd(bytes, after: start)
        return outline
      case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker):
        outline.height = bytes.big(start + 5, 2) ?? 0
        outline.width = bytes.big(start + 7, 2) ?? 0
      case 0xE1 where outline.exif.isEmpty && bytes.has(Self.exifName, at: start + 4):
        outline.exif = bytes.part(start + 10, length - 8)
      default: break
      }
      at = start + 2 + length
    }
    return outline
  }

  private static let exifName = Array("Exif\0\0".utf8)

  /// The next marker and where it is; stray bytes before it are passed over, as decoders do.
  private static func nextMarker(in bytes: Bytes, from start: Int) -> (start: Int, marker: UInt8)? {
    var at = start
    while let byte = bytes[at], let next = bytes[at + 1] {
      if byte == 0xFF, next != 0x00, next != 0xFF { return (at, next) }
      at += 1
    }
    return nil
  }

  /// Whether the end marker follows; in a scan, a data byte of 255 is never followed by 0xD9.
  private static func hasEnd(_ bytes: Bytes, after start: Int) -> Bool {
    var at = bytes.count - 2
    while at > start {
      if bytes.all[at] == 0xFF, bytes.all[at + 1] == 0xD9 { return true }
      at -= 1
    }
    return false
  }
}
