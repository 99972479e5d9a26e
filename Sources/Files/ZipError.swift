public import Terms

/// What can be wrong with a zip archive.
public enum ZipError: Fault, Hashable {
  /// The file itself cannot be read.
  case file(FileError)
  /// Not a zip archive, or one that was cut off; libzip's words say more.
  case noArchive(String, reason: String)
  case repeated(String, of: String)
  case noRecord(String, of: String)
  /// The bytes of a record are not those that were written.
  case damaged(String, of: String)
  case tooLarge(String, of: String, byteCount: Int, limit: Int)

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .file(let fault): fault.description
    case .noArchive(let path, let reason):
      "\(path) is not a zip archive that can be read; it may be cut off, or be "
        + "another kind of file (libzip says: \(reason))"
    case .repeated(let name, let path): "\(path) has two records named “\(name)”"
    case .noRecord(let name, let path): "\(path) has no record “\(name)”"
    case .damaged(let name, let path):
      "\(path) is damaged: the checksum of its record “\(name)” does not match; fetch or export "
        + "the file again"
    case .tooLarge(let name, let path, let count, let limit):
      "\(path) is refused: its record “\(name)” unpacks to \(count) bytes, and at most \(limit) "
        + "are read"
    }
  }
}
