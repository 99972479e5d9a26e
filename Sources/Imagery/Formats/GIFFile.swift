/// The structure of a GIF file: a screen, then blocks up to the closing byte.
enum GIFFile {
  static func outline(of bytes: Bytes) -> Outline {
    var outline = Outline()
    outline.width = bytes.little(6, 2) ?? 0
    outline.height = bytes.little(8, 2) ?? 0
    guard let flags = bytes[10] else { return outline }
    var at = 13 + colorTableSize(flags)
    while let block = bytes[at] {
      switch block {
      case 0x2C:  // a frame
        guard let flags = bytes[at + 9] else { return outline }
        extend(&outline, bytes, at)
        at = afterParts(bytes, from: at + 11 + colorTableSize(flags))
      case 0x21:  // an extension
        at = afterParts(bytes, from: at + 2)
      case 0x3B:
        outline.isWhole = true
        return outline
      default:  // stray bytes between blocks are passed over, as decoders do
        at += 1
      }
    }
    return outline
  }

  /// Makes room for a frame that reaches out of the screen.
  private static func extend(_ outline: inout Outline, _ bytes: Bytes, _ at: Int) {
    let right = (bytes.little(at + 1, 2) ?? 0) + (bytes.little(at + 5, 2) ?? 0)
    let bottom = (bytes.little(at + 3, 2) ?? 0) + (bytes.little(at + 7, 2) ?? 0)
    outline.width = max(outline.width, right)
    outline.height = max(outline.height, bottom)
  }

  private static func colorTableSize(_ flags: UInt8) -> Int {
    flags & 0x80 == 0 ? 0 : 3 << (flags & 0x07 + 1)
  }

  /// Past the parts of a block, each led by its length, the last of length 0.
  private static func afterParts(_ bytes: Bytes, from start: Int) -> Int {
    var at = start
    while let length = bytes[at], length > 0 { at += 1 + Int(length) }
    return at + 1
  }
}
