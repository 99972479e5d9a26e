internal import CZlib

/// Unpacks a gzip file a piece at a time, of one member or several.
///
/// zlib keeps the address of its stream, which therefore lies in a place of its own.
final class GzipReading {
  private let limit: Int
  private let stream: UnsafeMutablePointer<z_stream>
  private let room: UnsafeMutableRawBufferPointer
  private var count = 0
  /// Whether a member has begun and not ended.
  private var isInside = false

  /// - Parameter limit: The most bytes that are unpacked.
  init(atMost limit: Int) {
    self.limit = limit
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    room = .allocate(byteCount: 1 << 18, alignment: 16)
    inflateInit2_(stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
    room.deallocate()
  }

  /// Unpacks what a piece of the file gives.
  ///
  /// - Throws: ``ReadingFault/damaged``, ``ReadingFault/unpacksTooLarge(limit:)``, and what `body` throws.
  func take(
    _ piece: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let bytes = piece.bindMemory(to: UInt8.self)
    stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
    stream.pointee.avail_in = UInt32(piece.count)
    while true {
      if !isInside {
        if stream.pointee.avail_in == 0 { return }
        inflateReset(stream)
        isInside = true
      }
      stream.pointee.next_out = room.bindMemory(to: UInt8.self).baseAddress
      stream.pointee.avail_out = UInt32(room.count)
      let code = inflate(stream, Z_NO_FLUSH)
      guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(code) else { throw ReadingFault.damaged }
      let found = room.count - Int(stream.pointee.avail_out)
      count += found
      guard count <= limit else { throw ReadingFault.unpacksTooLarge(limit: limit) }
      if found > 0 { try body(UnsafeRawBufferPointer(rebasing: room[..<found])) }
      if code == Z_STREAM_END {
        isInside = false
      } else if stream.pointee.avail_in == 0, stream.pointee.avail_out > 0 {
        return
      } else if code == Z_BUF_ERROR, found == 0 {
        // Neither bytes nor room are lacking, and nothing moves.
        throw ReadingFault.damaged
      }
    }
  }

  /// Says that there are no more pieces.
  ///
  /// - Throws: ``ReadingFault/damaged`` where the last member has not ended.
  func end() throws { if isInside { throw ReadingFault.damaged } }
}
