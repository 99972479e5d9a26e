/// The structure of a PNG file: a signature, then chunks up to `IEND`.
enum PNGFile {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func outline(of bytes: Bytes) -> Outline {
    var outline = Outline()
    for chunk in chunks(of: bytes) {
      if bytes.has("IHDR", at: chunk.lowerBound + 4) {
        outline.width = bytes.big(chunk.lowerBound + 8, 4) ?? 0
        outline.height = bytes.big(chunk.lowerBound + 12, 4) ?? 0
      } else if bytes.has("eXIf", at: chunk.lowerBound + 4) {
        outline.exif = bytes.part(chunk.lowerBound + 8, chunk.count - 12)
      } else if bytes.has("IEND", at: chunk.lowerBound + 4) {
        outline.isWhole = true
      }
    }
    return outline
  }

  /// The file without its notes on gamma, colour profile, print size, time and the like.
  ///
  /// Pixels are to be taken as they are, as Pillow takes them; libpng would correct them by gamma.
  static func essentials(of bytes: Bytes) -> [UInt8] {
    let names = ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"]
    var kept = signature
    kept.reserveCapacity(bytes.count)
    for chunk in chunks(of: bytes)
    where names.contains(where: { bytes.has($0, at: chunk.lowerBound + 4) }) {
      kept += bytes.all[chunk]
    }
    return kept
  }

  /// Where the whole chunks lie: length, name, data and checksum of each.
  private static func chunks(of bytes: Bytes) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var at = signature.count
    while let length = bytes.big(at, 4), at + 12 + length <= bytes.count {
      found.append(at..<at + 12 + length)
      if bytes.has("IEND", at: at + 4) { break }
      at += 12 + length
    }
    return found
  }
}
