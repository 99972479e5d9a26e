/// The structure of a BMP file: headers, then rows of pixels.
enum BMPFile {
  static func outline(of bytes: Bytes) -> Outline {
    var outline = Outline()
    guard let total = bytes.little(2, 4), let start = bytes.little(10, 4),
      let header = bytes.little(14, 4)
    else { return outline }
    let isOld = header == 12
    let width = isOld ? bytes.little(18, 2) : bytes.little(18, 4)
    let height = isOld ? bytes.little(20, 2) : bytes.little(22, 4).map(magnitude)
    guard let width, let height, let depth = bytes.little(isOld ? 24 : 28, 2) else {
      return outline
    }
    outline.width = width
    outline.height = height
    let compression = isOld ? 0 : bytes.little(30, 4) ?? 0
    if compression == 1 || compression == 2 {  // run lengths: only the file knows its size
      outline.isWhole = bytes.count >= total
    } else {
      let row = (width * depth + 31) / 32 * 4
      outline.isWhole = (bytes.count - start) / max(row, 1) >= height
    }
    return outline
  }

  /// Heights are signed: negative ones tell of rows from top to bottom.
  private static func magnitude(_ height: Int) -> Int {
    height < 1 << 31 ? height : 1 << 32 - height
  }
}
