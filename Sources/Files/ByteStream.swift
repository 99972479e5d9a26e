internal import CZlib

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Reading files a piece at a time.
public enum ByteStream {
  /// Reads a file as it is.
  public static func read(
    _ path: String, _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(FileError) {
    guard let file = fopen(path, "rb") else { throw .unreadable(path) }
    defer { fclose(file) }
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { piece.deallocate() }
    while true {
      let count = fread(piece.baseAddress, 1, piece.count, file)
      if count == 0 { break }
      body(UnsafeRawBufferPointer(rebasing: piece[..<count]))
    }
    if ferror(file) != 0 { throw .unreadable(path) }
  }

  /// The contents of a file, decompressed where it is a gzip file, as it is where not.
  ///
  /// - Throws: ``FileError/unreadable(_:)``, ``FileError/truncated(_:)``.
  public static func decompressed(_ path: String) throws(FileError) -> [UInt8] {
    guard let file = gzopen(path, "rb") else { throw .unreadable(path) }
    defer { gzclose(file) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = gzread(file, &piece, UInt32(piece.count))
      if count < 0 { throw .truncated(path) }
      if count == 0 { break }
      bytes += piece[..<Int(count)]
    }
    var code: Int32 = 0
    gzerror(file, &code)
    if code == Z_BUF_ERROR { throw .truncated(path) }
    return bytes
  }
}
