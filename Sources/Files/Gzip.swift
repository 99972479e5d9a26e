internal import CZlib

/// Gzip by zlib, in memory; equal bytes give equal bytes, for the header holds no time and no name.
package enum Gzip {
  /// Whether bytes begin as a gzip file does.
  package static func begins(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// The most bytes that a gzip file of a size may hold: fifty times as many, or 32 MiB.
  ///
  /// Documents pack to a tenth and digits to a fifth of their size; deflate goes to a thousandth, and files
  /// that are packed so tightly are made to fill the memory of who opens them.
  package static func mostContents(ofPacked count: Int) -> Int {
    max(32 << 20, count.multipliedReportingOverflow(by: 50).overflow ? .max : count * 50)
  }

  /// The bytes of a gzip file with these contents.
  ///
  /// - Parameter comment: What the header says of them, in ASCII and without a zero; readers of the
  ///   contents pass it over.
  package static func compressed(_ contents: [UInt8], comment: String? = nil) -> [UInt8] {
    let packed = packed(contents)
    guard let comment else { return packed }
    // The header's ten bytes: two of magic, the method, the flags, and six that say nothing here.
    var header = Array(packed.prefix(headerLength))
    header[flagsPlace] |= commentFlag
    return header + comment.utf8 + [0] + packed.dropFirst(headerLength)
  }

  /// The comment in the header of a gzip file that ``compressed(_:comment:)`` made.
  ///
  /// - Returns: `nil` where there is none, or one behind other things that a header may hold.
  package static func comment(of packed: [UInt8]) -> String? {
    guard begins(packed), packed.count > headerLength, packed[flagsPlace] == commentFlag
    else { return nil }
    let bytes = packed[headerLength...].prefix { $0 != 0 }
    return String(validating: bytes, as: UTF8.self)
  }

  private static let headerLength = 10
  private static let flagsPlace = 3
  private static let commentFlag: UInt8 = 1 << 4

  private static func packed(_ contents: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    deflateInit2_(
      &stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    defer { deflateEnd(&stream) }
    var packed: [UInt8] = []
    var code = Z_OK
    var start = 0
    while code == Z_OK {
      let end = min(start + pieceSize, contents.count)
      let flush = end == contents.count ? Z_FINISH : Z_NO_FLUSH
      code = through(&stream, contents[start..<end], to: &packed) { deflate($0, flush) }
      start = end
    }
    return packed
  }

  /// What is in the bytes of a gzip file, of one member or several.
  ///
  /// - Parameter limit: The most bytes that are unpacked; fewer where
  ///   ``mostContents(ofPacked:)`` allows no more.
  /// - Throws: ``ReadingFault/damaged``, ``ReadingFault/unpacksTooLarge(limit:)``.
  package static func contents(of packed: [UInt8], atMost limit: Int) throws -> [UInt8] {
    var contents: [UInt8] = []
    let reading = GzipReading(atMost: min(limit, mostContents(ofPacked: packed.count)))
    try packed.withUnsafeBytes { packed in
      for start in stride(from: 0, to: packed.count, by: pieceSize) {
        let piece = packed[start..<min(start + pieceSize, packed.count)]
        try reading.take(UnsafeRawBufferPointer(rebasing: piece)) { contents += $0 }
      }
    }
    try reading.end()
    return contents
  }

  private static let pieceSize = 1 << 18

  /// Puts a piece through a stream; returns the last code, `Z_OK` where it waits for more.
  private static func through(
    _ stream: inout z_stream, _ piece: ArraySlice<UInt8>, to result: inout [UInt8],
    _ step: (UnsafeMutablePointer<z_stream>) -> Int32
  ) -> Int32 {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: pieceSize) { room in
      piece.withUnsafeBufferPointer { source in
        stream.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
        stream.avail_in = UInt32(source.count)
        while true {
          stream.next_out = room.baseAddress
          stream.avail_out = UInt32(room.count)
          let code = step(&stream)
          result += room[..<(room.count - Int(stream.avail_out))]
          if code == Z_BUF_ERROR { return Z_OK }
          if code != Z_OK || stream.avail_out > 0 { return code }
        }
      }
    }
  }
}
