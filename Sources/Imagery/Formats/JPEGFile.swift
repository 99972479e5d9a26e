/// The structure of a JPEG file: segments up to the first scan, then scans up to the end marker.
enum JPEGFile {
  static func outline(of bytes: Bytes) -> Outline { facts(of: bytes).outline }

  /// The file as libgd shows it as others do.
  ///
  /// Files of four inks hold the light that each lets through, as Adobe's programs write them, whether or not
  /// they bear Adobe's marker: Pillow and browsers show them so. Without it libgd takes the numbers for
  /// ink, and photos for black; so the marker is put in.
  static func withMarkerOfInks(_ bytes: Bytes) -> Bytes {
    let facts = facts(of: bytes)
    guard facts.componentCount == 4, !facts.hasAdobeMarker else { return bytes }
    let marker: [UInt8] = [0xFF, 0xEE, 0, 14] + "Adobe".utf8 + [0, 100, 0, 0, 0, 0, 0]
    return Bytes(Array(bytes.all.prefix(2)) + marker + bytes.all.dropFirst(2))
  }

  private struct Facts {
    var outline = Outline()
    var componentCount = 0
    var hasAdobeMarker = false
  }

  private static func facts(of bytes: Bytes) -> Facts {
    var facts = Facts()
    var at = 2
    while let (start, marker) = nextMarker(in: bytes, from: at) {
      if marker == 0x01 || (0xD0...0xD9).contains(marker) {
        at = start + 2
        continue
      }
      guard let length = bytes.big(start + 2, 2), length >= 2 else { break }
      switch marker {
      case 0xDA:
        facts.outline.isWhole = hasEnd(bytes, after: start)
        return facts
      case 0xC0...0xCF where ![0xC4, 0xC8, 0xCC].contains(marker):
        facts.outline.height = bytes.big(start + 5, 2) ?? 0
        facts.outline.width = bytes.big(start + 7, 2) ?? 0
        facts.componentCount = Int(bytes[start + 9] ?? 0)
        facts.outline.unread = unread(
          marker, bits: bytes[start + 4] ?? 8, componentCount: facts.componentCount)
      case 0xE1 where facts.outline.exif.isEmpty && bytes.has(Self.exifName, at: start + 4):
        facts.outline.exif = bytes.part(start + 10, length - 8)
      case 0xEE where length >= 14 && bytes.has("Adobe", at: start + 4):
        facts.hasAdobeMarker = true
      default: break
      }
      at = start + 2 + length
    }
    return facts
  }

  /// What the decoder does not read, where a frame has it.
  private static func unread(_ marker: UInt8, bits: UInt8, componentCount: Int) -> String? {
    if bits != 8 { return "\(bits) bits a colour" }
    if ![1, 3, 4].contains(componentCount) { return "\(componentCount) colour components" }
    return [0xC0, 0xC1, 0xC2, 0xC9, 0xCA].contains(marker)
      ? nil : "the lossless or hierarchical process"
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
