#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Reading files a piece at a time.
///
/// Only plain files are read: devices and pipes need not end. Every reader states how many bytes it takes at
/// most, and no more are kept.
package enum ByteStream {
  /// Reads a file as it is.
  ///
  /// - Parameter limit: The most bytes that are read; `Int.max` where nothing is kept of them.
  /// - Throws: ``FileError/unreadable(_:_:)``, and what `body` throws.
  package static func read(
    _ path: String, atMost limit: Int, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let file = try PlainFile(path)
    guard file.size <= limit else { throw FileError.unreadable(path, .tooLarge(limit: limit)) }
    var count = 0
    try file.read { piece in
      count += piece.count
      // A file may grow while it is read.
      guard count <= limit else { throw FileError.unreadable(path, .tooLarge(limit: limit)) }
      try body(piece)
    }
  }

  /// Reads what a file holds, unpacked where it is a gzip file.
  ///
  /// - Parameters:
  ///   - limit: The most bytes, packed and unpacked. A gzip file may also hold only so much as
  ///     ``Gzip/mostContents(ofPacked:)`` allows for its size.
  ///   - asItIs: Called with each piece as it lies in the file.
  /// - Throws: ``FileError/unreadable(_:_:)``, and what `body` throws.
  package static func readContents(
    _ path: String, atMost limit: Int, asItIs: (UnsafeRawBufferPointer) -> Void = { _ in },
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    var unpacking: GzipReading?
    var isFirst = true
    try read(path, atMost: limit) { piece in
      asItIs(piece)
      if isFirst, Gzip.begins(piece) {
        let size = try PlainFile(path).size
        unpacking = GzipReading(atMost: min(limit, Gzip.mostContents(ofPacked: size)))
      }
      isFirst = false
      guard let unpacking else { return try body(piece) }
      try naming(path) { try unpacking.take(piece, body) }
    }
    if let unpacking { try naming(path) { try unpacking.end() } }
  }

  /// The bytes of a file as they are.
  ///
  /// - Throws: ``FileError/unreadable(_:_:)``.
  package static func bytes(_ path: String, atMost limit: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path, atMost: limit) { bytes += $0 }
    return bytes
  }

  /// The contents of a file, unpacked where it is a gzip file, as it is where not.
  ///
  /// - Throws: ``FileError/unreadable(_:_:)``.
  package static func contents(_ path: String, atMost limit: Int) throws -> [UInt8] {
    var contents: [UInt8] = []
    try readContents(path, atMost: limit) { contents += $0 }
    return contents
  }

  /// The bytes of standard input.
  ///
  /// - Throws: ``FileError/unreadable(_:_:)`` where there are more.
  package static func standardInput(atMost limit: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = systemRead(STDIN_FILENO, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw .unreadable("standard input", .system(String(cString: strerror(errno))))
      }
      if count == 0 { return bytes }
      bytes += piece[..<count]
      guard bytes.count <= limit else {
        throw .unreadable("standard input", .tooLarge(limit: limit))
      }
    }
  }

  /// Fails where a path names no plain file that may be read.
  ///
  /// - Throws: ``FileError/unreadable(_:_:)``.
  package static func check(_ path: String) throws(FileError) { _ = try PlainFile(path) }

  private static func naming(_ path: String, _ body: () throws -> Void) throws {
    do { try body() } catch let fault as ReadingFault { throw FileError.unreadable(path, fault) }
  }
}
