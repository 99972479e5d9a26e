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

  /// The bytes of a file as they are.
  ///
  /// - Throws: ``FileError/unreadable(_:)``.
  public static func bytes(_ path: String) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path) { bytes += $0 }
    return bytes
  }

  /// The contents of a file, decompressed where it is a gzip file, as it is where not.
  ///
  /// - Throws: ``FileError/unreadable(_:)``, ``FileError/truncated(_:)``.
  public static func decompressed(_ path: String) throws(FileError) -> [UInt8] {
    let bytes = try bytes(path)
    guard Gzip.begins(bytes) else { return bytes }
    guard let contents = Gzip.contents(of: bytes) else { throw .truncated(path) }
    return contents
  }
}
