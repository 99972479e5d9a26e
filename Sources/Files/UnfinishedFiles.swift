internal import Dispatch
internal import Foundation

/// Files and folders that are being written and must not stay when the process is interrupted.
package enum UnfinishedFiles {
  /// Paths being written; Sendable because every access holds the lock.
  private final class Paths: @unchecked Sendable {
    private let lock = NSLock()
    private var paths: Set<String> = []
    private var places: [String] = []
    private var sources: [any DispatchSourceSignal] = []

    func change(_ body: (inout Set<String>) -> Void) { lock.withLock { body(&paths) } }

    func watchSignals() {
      // A terminal that is closed ends what it started, unless that is to go on without it.
      let numbers = [SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP])
      lock.withLock { sources = numbers.map { watch($0) } }
    }

    private func isIgnored(_ number: Int32) -> Bool {
      let before = signal(number, SIG_IGN)
      let isIgnored = unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
      if !isIgnored { signal(number, before) }
      return isIgnored
    }

    private func watch(_ number: Int32) -> any DispatchSourceSignal {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { [self] in
        removeAll()
        _exit(128 + number)
      }
      source.resume()
      return source
    }

    func removeAll() {
      lock.withLock {
        for path in paths { try? FileManager.default.removeItem(atPath: path) }
      }
      removeEmpty()
    }

    func add(place: String) { lock.withLock { places.append(place) } }

    func removeEmpty() {
      lock.withLock {
        // A folder is made before what lies in it.
        for place in places.reversed() {
          var facts = stat()
          guard lstat(place, &facts) == 0 else { continue }
          switch facts.st_mode & S_IFMT {
          case S_IFDIR: rmdir(place)
          case S_IFREG where facts.st_size == 0: unlink(place)
          default: break
          }
        }
        places = []
      }
    }
  }

  private static let paths = Paths()

  /// Removes what is unfinished, and places that are empty, as a process ends while others of its threads work.
  package static func removeAll() { paths.removeAll() }

  /// From here on, an interrupt removes what is unfinished and ends the process.
  package static func removeWhenInterrupted() { paths.watchSignals() }

  /// Says that a path is being written.
  package static func add(_ path: String) { paths.change { $0.insert(path) } }

  /// Says that an empty file or folder was made as the place of what comes, which may not come.
  package static func add(place path: String) { paths.add(place: path) }

  /// Takes away the places that nothing was put in; the last that a process does with files.
  package static func removeEmptyPlaces() { paths.removeEmpty() }

  /// Says that a path is in its place, or gone.
  package static func remove(_ path: String) { paths.change { $0.remove(path) } }
}
