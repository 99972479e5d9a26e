internal import CLandlock
internal import Foundation

/// The second wall around what a network may do: a process that gives up rights for good.
///
/// A network's operators are checked against a list before any of them runs. Should the list be
/// wrong about one, this keeps it from harm where the kernel offers Landlock: from then on, the
/// thread that asked and all that it starts may only write beneath a few folders, execute no
/// program, open no TCP connection and send no signal to another process. Reading stays free.
package enum Confinement {
  /// The version of Landlock that the kernel offers; 0 where there is none.
  package static var kernelVersion: Int { Int(landlock_version()) }

  /// What a process has given up.
  package enum Outcome: Hashable, Sendable {
    /// All of it.
    case inForce
    /// Nothing, for the kernel offers no Landlock.
    case unavailable
    /// Nothing, for the kernel refused; the number is its `errno`.
    case refused(Int32)
  }

  /// Where a process may still write; all of it has to be there already.
  package struct Places: Hashable, Sendable {
    /// Files that may be written to, and folders beneath which anything may be written.
    package var writable: [String]
    /// Folders beneath which empty folders may be removed.
    package var clearable: [String]
    /// Folders beneath which empty files may be made, and files moved within their folder and removed, but
    /// none written to.
    package var arranged: [String]

    /// Whether the process may wait for connections on TCP; it may open none in any case.
    package var listens = false

    /// Names places; by themselves none.
    package init(writable: [String] = [], clearable: [String] = [], arranged: [String] = []) {
      (self.writable, self.clearable, self.arranged) = (writable, clearable, arranged)
    }
  }

  /// Confines this thread and all that it starts later; call it before others are there.
  ///
  /// - Parameter places: Where files may still be written. Besides them, the folder for temporary files and
  ///   graphics devices stay as they are, and so does what is open already, such as the terminal.
  @discardableResult
  package static func begin(writingTo places: Places) -> Outcome {
    guard kernelVersion > 0 else { return .unavailable }
    let uses: [([String], landlock_use)] = [
      (places.writable + [NSTemporaryDirectory()], LANDLOCK_WRITE),
      (devices, LANDLOCK_CONTROL), (places.clearable, LANDLOCK_REMOVE_FOLDERS),
      (places.arranged, LANDLOCK_MOVE_FILES),
    ]
    let names = uses.flatMap { paths, use in paths.map { (strdup($0), use) } }
    defer { for (name, _) in names { free(name) } }
    let grants = names.map { landlock_grant(path: UnsafePointer($0), use: $1) }
    let fault = landlock_confine(grants, grants.count, places.listens ? 1 : 0)
    return fault == 0 ? .inForce : .refused(fault)
  }

  /// Files of devices that a computation may need.
  private static var devices: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/dev")) ?? []
    return ["/dev/null", "/dev/dri", "/dev/kfd"]
      + names.filter { $0.hasPrefix("nvidia") }.map { "/dev/" + $0 }
  }
}
