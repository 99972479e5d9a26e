internal import Foundation

/// That one process at a time writes to a name.
///
/// The lock is a socket's name in the kernel's own space, bound to nothing: it leaves no file, and is
/// gone with the process, however that ends. It holds on one machine. Within a process, names belong to
/// ``Holder``s where several works go on at once.
package enum OutputLock {
  /// One of several works in a process, each of which has names of its own until it ends.
  ///
  /// Sendable because it never changes.
  package final class Holder: Sendable {
    /// Begins with no names.
    package init() {}

    deinit { release() }

    /// Gives up its names.
    package func release() { OutputLock.held.give(of: ObjectIdentifier(self)) }

    /// Takes a name.
    ///
    /// - Throws: ``FileError/busy(_:)`` where another process or another holder has it.
    package func take(_ path: String) throws(FileError) {
      try OutputLock.take(path, for: ObjectIdentifier(self))
    }

    /// Takes several names, each another.
    ///
    /// - Throws: ``FileError/busy(_:)`` where another process or another holder has one, or
    ///   ``FileError/unsuitable(_:reason:)`` where two name one place.
    package func takeAll(_ paths: [String]) throws(FileError) {
      try OutputLock.takeAll(paths, for: ObjectIdentifier(self))
    }
  }

  /// The names that this process has. Sendable because every access holds the lock.
  private final class Held: @unchecked Sendable {
    /// A name that is taken: the socket that holds it, and whose it is; `nil` for the process.
    private struct Name {
      let socket: Int32?
      var holder: ObjectIdentifier?
    }

    private let lock = NSLock()
    private var names: [String: Name] = [:]

    /// Takes a name, where no other process and no other holder has it.
    func take(_ key: String, for holder: ObjectIdentifier?, _ bind: () -> Bound) -> Bool {
      lock.withLock {
        if let name = names[key] {
          if holder == nil || name.holder == holder { return true }
          // What the process chose for a work before that began is the work's.
          guard name.holder == nil else { return false }
          names[key]?.holder = holder
          return true
        }
        guard case .free(let socket) = bind() else { return false }
        names[key] = Name(socket: socket, holder: holder)
        return true
      }
    }

    /// Gives up the names of a holder.
    func give(of holder: ObjectIdentifier) {
      lock.withLock {
        for (key, name) in names where name.holder == holder {
          if let socket = name.socket { close(socket) }
          names[key] = nil
        }
      }
    }
  }

  private enum Bound {
    case taken
    /// `nil` where the system knows no such names.
    case free(Int32?)
  }

  private static let held = Held()

  /// Takes a file's or folder's name for this process, until it ends.
  ///
  /// - Throws: ``FileError/busy(_:)`` where another process has it.
  package static func take(_ path: String) throws(FileError) {
    try take(path, for: nil)
  }

  private static func take(
    _ path: String, for holder: ObjectIdentifier?
  ) throws(FileError) {
    let key = canonical(path)
    let isFree = held.take(key, for: holder) { bindName(SHA256.hex(of: Array(key.utf8))) }
    if !isFree { throw .busy(path) }
  }

  /// Takes several names, each another.
  ///
  /// - Throws: ``FileError/busy(_:)``, or ``FileError/unsuitable(_:reason:)`` where two name one place.
  package static func takeAll(_ paths: [String]) throws(FileError) {
    try takeAll(paths, for: nil)
  }

  private static func takeAll(
    _ paths: [String], for holder: ObjectIdentifier?
  ) throws(FileError) {
    var seen: Set<String> = []
    for path in paths where !seen.insert(canonical(path)).inserted {
      throw .unsuitable(path, reason: "two of what is to be written have this name")
    }
    for path in paths { try take(path, for: holder) }
  }

  /// One name for a place, by whatever links and dots it is reached; its last part need not be there.
  static func canonical(_ path: String) -> String {
    if let whole = resolved(path), isFolder(whole) { return whole }
    let url = URL(filePath: path).standardizedFileURL
    let folder = url.deletingLastPathComponent().path
    return (resolved(folder) ?? folder) + "/" + url.lastPathComponent
  }

  private static func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
  }

  private static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }

  /// Whether the name was free; it also counts as free where the system knows no such names.
  private static func bindName(_ name: String) -> Bound {
    #if os(Linux)
      let file = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      guard file >= 0 else { return .free(nil) }
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      // A name that begins with a zero byte lies in the kernel's own space.
      let bytes = [UInt8(0)] + Array("rather-\(name)".utf8)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
      let length = MemoryLayout<sa_family_t>.size + bytes.count
      let result = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          bind(file, $0, socklen_t(length))
        }
      }
      if result == 0 { return .free(file) }
      let isTaken = errno == EADDRINUSE
      close(file)
      return isTaken ? .taken : .free(nil)
    #else
      return .free(nil)
    #endif
  }
}
