internal import Foundation

/// That one process at a time writes to a name.
///
/// The lock is a socket's name in the kernel's own space, bound to nothing: it leaves no file, and is
/// gone with the process, however that ends. It holds on one machine.
public enum OutputLock {
  /// Sendable because every access holds the lock.
  private final class Held: @unchecked Sendable {
    private let lock = NSLock()
    private var keys: Set<String> = []

    func add(_ key: String, _ bind: () -> Bool) -> Bool {
      lock.withLock {
        if keys.contains(key) { return true }
        guard bind() else { return false }
        keys.insert(key)
        return true
      }
    }
  }

  private static let held = Held()

  /// Takes a file's or folder's name for this process, until it ends.
  ///
  /// - Throws: ``FileError/busy(_:)`` where another process has it.
  public static func take(_ path: String) throws(FileError) {
    let key = canonical(path)
    if !held.add(key, { bindName(SHA256.hex(of: Array(key.utf8))) }) { throw .busy(path) }
  }

  /// Takes several names, each another.
  ///
  /// - Throws: ``FileError/busy(_:)``, or ``FileError/unsuitable(_:reason:)`` where two name one place.
  public static func takeAll(_ paths: [String]) throws(FileError) {
    var seen: Set<String> = []
    for path in paths where !seen.insert(canonical(path)).inserted {
      throw .unsuitable(path, reason: "two of what is to be written have this name")
    }
    for path in paths { try take(path) }
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
  private static func bindName(_ name: String) -> Bool {
    #if os(Linux)
      let file = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      guard file >= 0 else { return true }
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
      if result == 0 { return true }
      let isTaken = errno == EADDRINUSE
      close(file)
      return !isTaken
    #else
      return true
    #endif
  }
}
