internal import CLandlock
internal import Foundation

/// The second wall around what a network may do: a process that gives up rights for good.
///
/// A network's operators are checked against a list before any of them runs. Should the list be
/// wrong about one, this keeps it from harm where the kernel offers Landlock: from then on, the
/// thread that asked and all that it starts may only write beneath a few folders, execute no
/// program, open no TCP connection and send no signal to another process. Reading stays free.
public enum Confinement {
  /// The version of Landlock that the kernel offers; 0 where there is none.
  public static var kernelVersion: Int { Int(landlock_version()) }

  /// What a process has given up.
  public enum Outcome: Hashable, Sendable {
    /// All of it.
    case inForce
    /// Nothing, for the kernel offers no Landlock.
    case unavailable
    /// Nothing, for the kernel refused; the number is its `errno`.
    case refused(Int32)
  }

  /// Confines this thread and all that it starts later; call it before others are there.
  ///
  /// - Parameter folders: Beneath them files may still be written. Besides them, the folder for
  ///   temporary files, graphics devices, and the terminal stay as they are.
  @discardableResult
  public static func begin(writingBeneath folders: [String]) -> Outcome {
    guard kernelVersion > 0 else { return .unavailable }
    let writable = folders + [NSTemporaryDirectory()]
    let fault = withPointers(writable) { writable in
      withPointers(devices) { devices in
        landlock_confine(writable, writable.count, devices, devices.count)
      }
    }
    return fault == 0 ? .inForce : .refused(fault)
  }

  /// Files of devices that a computation or a message may need.
  private static var devices: [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/dev")) ?? []
    return ["/dev/null", "/dev/tty", "/dev/pts", "/dev/dri", "/dev/kfd"]
      + names.filter { $0.hasPrefix("nvidia") }.map { "/dev/" + $0 }
  }

  private static func withPointers<Result>(
    _ texts: [String], _ body: ([UnsafePointer<CChar>?]) -> Result
  ) -> Result {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies.map { UnsafePointer($0) })
  }
}
