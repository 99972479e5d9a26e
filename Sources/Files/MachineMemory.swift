internal import Foundation

/// The memory that a process can have at most.
package enum MachineMemory {
  /// Bytes of the machine, or those that a control group leaves of them (a container, a job of a
  /// cluster, a service), whichever is less.
  package static var bytes: Int {
    bytes(physical: Int(clamping: ProcessInfo.processInfo.physicalMemory), root: "")
  }

  /// - Parameter root: What stands before `/proc` and `/sys`.
  static func bytes(physical: Int, root: String) -> Int {
    let groups = (try? String(contentsOfFile: root + "/proc/self/cgroup", encoding: .utf8)) ?? ""
    let limits = groups.split(separator: "\n").flatMap { line -> [Int] in
      // NUMBER:CONTROLLERS:PATH; version 2 names no controllers.
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return [] }
      if parts[1].isEmpty {
        return Self.limits(root + "/sys/fs/cgroup", parts[2], "memory.max")
      }
      guard parts[1].split(separator: ",").contains("memory") else { return [] }
      return Self.limits(root + "/sys/fs/cgroup/memory", parts[2], "memory.limit_in_bytes")
    }
    // A group without a limit has a number larger than any machine, or the word “max”.
    return limits.filter { $0 > 0 }.min().map { min($0, physical) } ?? physical
  }

  /// The limits of a group and of all that hold it; in a container the outermost may be all one sees.
  private static func limits(_ mount: String, _ path: Substring, _ file: String) -> [Int] {
    let names = path.split(separator: "/")
    return (0...names.count).compactMap { depth in
      let folder = ([mount] + names.prefix(depth).map(String.init)).joined(separator: "/")
      let text = try? String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      return text.flatMap { Int($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
  }
}
