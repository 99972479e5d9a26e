/// Text in files: UTF-8, with or without its byte-order mark, plain or compressed by gzip.
package enum TextFile {
  /// The bytes of a file's text, without the mark.
  ///
  /// - Throws: ``FileError/unreadable(_:_:)``, for text that begins with the mark of another encoding too.
  package static func bytes(_ path: String, atMost limit: Int) throws -> [UInt8] {
    let bytes = try ByteStream.contents(path, atMost: limit)
    do { return try withoutMark(bytes) } catch { throw FileError.unreadable(path, error) }
  }

  /// The text of a file, without the mark.
  ///
  /// - Throws: ``FileError/unreadable(_:_:)``, for what is no text in UTF-8 too.
  package static func text(_ path: String, atMost limit: Int) throws -> String {
    let bytes = try bytes(path, atMost: limit)
    do { return try text(of: bytes) } catch { throw FileError.unreadable(path, error) }
  }

  /// The text that bytes are, without the mark.
  ///
  /// - Throws: ``ReadingFault/encoding(_:)``, ``ReadingFault/noText``.
  package static func text(of bytes: [UInt8]) throws(ReadingFault) -> String {
    let bytes = try withoutMark(bytes)
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw .noText
    }
    return text
  }

  /// The mark that some editors put before text in UTF-8.
  package static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Bytes without the mark before them.
  ///
  /// - Throws: ``ReadingFault/encoding(_:)`` where the mark is that of UTF-16.
  package static func withoutMark(_ bytes: [UInt8]) throws(ReadingFault) -> [UInt8] {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw .encoding("UTF-16")
    }
    return bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
  }
}
