internal import Glibc

/// Reads files whole.
enum FileBytes {
  /// The most bytes that are read of one file.
  static let limit = 512 << 20

  /// - Parameter most: How many bytes of its beginning are enough.
  static func read(_ path: String, atMost most: Int = .max) throws(PictureError) -> [UInt8] {
    // Opening a pipe must not wait for somebody to write to it.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    var facts = stat()
    guard fstat(file, &facts) == 0 else { throw failure(path) }
    guard facts.st_mode & S_IFMT != S_IFDIR else { throw .folder(path) }
    guard facts.st_mode & S_IFMT == S_IFREG else { throw .noPlainFile(path) }
    guard facts.st_size <= limit else { throw .tooManyBytes(path) }
    // One byte more than it has shows its end; a file may grow while it is read.
    return try read(file, path, roomFor: min(max(Int(facts.st_size) + 1, 1 << 16), most), most)
  }

  private static func read(
    _ file: Int32, _ path: String, roomFor first: Int, _ most: Int
  ) throws(PictureError) -> [UInt8] {
    var bytes: [UInt8] = []
    var room = first
    while true {
      var result = 0
      let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, filled in
        repeat {
          result = Glibc.read(file, buffer.baseAddress, room)
        } while result < 0 && errno == EINTR
        filled = max(result, 0)
      }
      guard result >= 0 else { throw failure(path) }
      guard result > 0 else { return bytes }
      if bytes.isEmpty { bytes = part } else { bytes += part }
      guard bytes.count <= limit else { throw .tooManyBytes(path) }
      if bytes.count >= most { return bytes }
      room = 1 << 16
    }
  }

  private static func failure(_ path: String) -> PictureError {
    let number = errno
    return switch number {
    case ENOENT, ENOTDIR: .missing(path)
    case EISDIR: .folder(path)
    case ENXIO, ENODEV: .noPlainFile(path)
    default: .unreadable(path, reason: String(cString: strerror(number)))
    }
  }
}
