public import Terms

/// What can go wrong with files and folders.
public enum FileError: Fault, Hashable {
  case unreadable(String, ReadingFault)
  /// The machine refuses: the disk is full, or permission is lacking.
  case unwritable(String, reason: String)
  /// Nothing can be put there, whatever the machine's state.
  case unsuitable(String, reason: String)
  case exists(String)
  case folderNotEmpty(String)
  /// What is to be written is being read in the same call.
  case isRead(String)
  /// Another process writes to it.
  case busy(String)
  case archive(String, reason: String)

  /// Whose the fault is.
  public var kind: FaultKind {
    switch self {
    case .unreadable: .data
    case .unsuitable, .exists, .folderNotEmpty, .isRead, .busy: .usage
    case .unwritable, .archive: .io
    }
  }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let fault): "\(path) cannot be read: \(fault)"
    case .unwritable(let path, let reason), .unsuitable(let path, let reason):
      "\(path) cannot be written: \(reason)"
    case .exists(let path):
      "there is a file \(path) already; name another, or write over it with --force"
    case .folderNotEmpty(let path):
      "the folder \(path) is not empty; name another with --output, or write over it with --force"
    case .isRead(let path):
      "\(path) cannot be written: it is read from in this call; name another"
    case .busy(let path):
      "another process is at work on \(path); wait for it, or name another"
    case .archive(let path, let reason): "the archive \(path) could not be written: \(reason)"
    }
  }
}
