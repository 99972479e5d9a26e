internal import Foundation

extension FileError {
  /// Why the system refused to write, in words that say what can be done.
  ///
  /// - Parameter number: What `errno` said; `nil` for what it says now.
  /// - Returns: ``unsuitable(_:reason:)`` where no file can have the path, else
  ///   ``unwritable(_:reason:)``.
  public static func refusal(of path: String, _ number: Int32? = nil) -> FileError {
    let number = number ?? errno
    return switch number {
    case ENOENT: .unsuitable(path, reason: "its folder is not there; make it, or name another")
    case ENOTDIR: .unsuitable(path, reason: "a part of its path is a file; name another")
    case EISDIR: .unsuitable(path, reason: "it is a folder; name another")
    case ENAMETOOLONG: .unsuitable(path, reason: "its name is too long; name another")
    case ELOOP: .unsuitable(path, reason: "its symbolic links go in a circle; name another")
    case ENOSPC, EDQUOT:
      .unwritable(path, reason: "the disk is full; make room there, or name a place on another")
    case EROFS:
      .unwritable(path, reason: "the disk is read-only; name a place on another")
    case EACCES, EPERM:
      .unwritable(path, reason: "permission denied; name a place that you may write to")
    case EFBIG:
      .unwritable(path, reason: "it grows larger than files may be here (`ulimit -f` tells)")
    default:
      .unwritable(path, reason: "the system says: \(String(cString: strerror(number)))")
    }
  }

  /// The same of another path: the place of what was written beside it first.
  public func of(_ path: String) -> FileError {
    switch self {
    case .unwritable(_, let reason): .unwritable(path, reason: reason)
    case .unsuitable(_, let reason): .unsuitable(path, reason: reason)
    case .archive(_, let reason): .archive(path, reason: reason)
    default: self
    }
  }

  /// The same once the work has begun: the place was checked before, so what is wrong with it now has come
  /// over the machine meanwhile, and is nobody's usage.
  public var whileWriting: FileError {
    guard case .unsuitable(let path, let reason) = self else { return self }
    return .unwritable(path, reason: "its place has changed since the work began; \(reason)")
  }

  /// Why Foundation could not write, in words that say what can be done.
  public static func refusal(of path: String, _ error: any Error) -> FileError {
    if let own = error as? FileError { return own }
    let cause = (error as? CocoaError)?.underlying as? POSIXError ?? error as? POSIXError
    guard let cause else {
      return .unwritable(path, reason: "the system says: \(error.localizedDescription)")
    }
    return refusal(of: path, cause.code.rawValue)
  }
}
