/// The structure of a WebP file: one RIFF chunk that holds the others.
enum WebPFile {
  static func outline(of bytes: Bytes) -> Outline {
    var outline = Outline()
    guard let length = bytes.little(4, 4) else { return outline }
    let end = 8 + length
    outline.isWhole = bytes.count >= end
    var at = 12
    while at < end, let size = bytes.little(at + 4, 4) {
      read(bytes, at, size, into: &outline)
      at += 8 + size + size % 2
    }
    return outline
  }

  private static func read(_ bytes: Bytes, _ at: Int, _ size: Int, into outline: inout Outline) {
    if bytes.has("VP8X", at: at), let flags = bytes[at + 8] {
      outline.isAnimated = flags & 0x02 != 0
      outline.width = (bytes.little(at + 12, 3) ?? -1) + 1
      outline.height = (bytes.little(at + 15, 3) ?? -1) + 1
    } else if bytes.has("VP8L", at: at), let sizes = bytes.little(at + 9, 4) {
      outline.width = max(outline.width, sizes & 0x3FFF + 1)
      outline.height = max(outline.height, sizes >> 14 & 0x3FFF + 1)
    } else if bytes.has("VP8 ", at: at), let width = bytes.little(at + 14, 2) {
      outline.width = max(outline.width, width & 0x3FFF)
      outline.height = max(outline.height, (bytes.little(at + 16, 2) ?? 0) & 0x3FFF)
    } else if bytes.has("EXIF", at: at) {
      let hasName = bytes.has("Exif\0\0", at: at + 8)
      outline.exif = bytes.part(at + (hasName ? 14 : 8), size - (hasName ? 6 : 0))
    }
  }
}
