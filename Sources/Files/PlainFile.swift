#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A plain file that is open for reading.
struct PlainFile: ~Copyable {
  private let path: String
  private let file: Int32
  /// How many bytes it had when it was opened.
  let size: Int

  init(_ path: String) throws(FileError) {
    // Opening a pipe must not wait for somebody to write to it.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .unreadable(path, Self.fault(errno, at: path)) }
    var facts = stat()
    let isKnown = fstat(file, &facts) == 0
    let kind = facts.st_mode & S_IFMT
    guard isKnown, kind == S_IFREG else {
      close(file)
      throw .unreadable(path, kind == S_IFDIR ? .folder : .noPlainFile)
    }
    (self.path, self.file, size) = (path, file, Int(facts.st_size))
  }

  deinit { close(file) }

  /// Reads it to its end.
  borrowing func read(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { room.deallocate() }
    while true {
      let count = systemRead(file, room.baseAddress, room.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError.unreadable(path, Self.fault(errno, at: path)) }
      if count == 0 { return }
      try body(UnsafeRawBufferPointer(rebasing: room[..<count]))
    }
  }

  private static func fault(_ number: Int32, at path: String) -> ReadingFault {
    switch number {
    case ENOENT, ENOTDIR:
      var facts = stat()
      return lstat(path, &facts) == 0 ? .danglingLink : .missing
    case EACCES, EPERM: return .forbidden
    case EISDIR: return .folder
    case ELOOP: return .linkCircle
    case ENXIO, ENODEV: return .noPlainFile
    default: return .system(String(cString: strerror(number)))
    }
  }
}

/// The system's `read`, whose name methods take.
func systemRead(_ file: Int32, _ room: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, room, count)
}
