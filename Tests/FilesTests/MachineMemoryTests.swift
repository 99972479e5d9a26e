import Foundation
import TestSupport
import Testing

@testable import Files

/// What a process may have, by files such as Linux's.
@Suite struct MachineMemoryTests {
  private func bytes(_ files: [String: String]) throws -> Int {
    let root = try References.temporaryFolder()
    for (path, text) in files {
      let file = root.appending(path: path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return MachineMemory.bytes(physical: 1000, root: root.path)
  }

  @Test func `without groups it is the machine's`() throws {
    #expect(try bytes([:]) == 1000)
    #expect(try bytes(["proc/self/cgroup": "nonsense\n1:\n"]) == 1000)
    #expect(MachineMemory.bytes > 0)
  }

  @Test(arguments: [
    ("max\n", "700\n", 700), ("300\n", "700\n", 300), ("max", "max", 1000), ("2000", "3000", 1000),
  ]) func `the least limit counts of a group and those that hold it`(
    own: String, outer: String, wanted: Int
  ) throws {
    #expect(
      try bytes([
        "proc/self/cgroup": "0::/jobs/one\n", "sys/fs/cgroup/jobs/one/memory.max": own,
        "sys/fs/cgroup/jobs/memory.max": outer,
      ]) == wanted)
  }

  @Test func `groups of the first version are known by their controller`() throws {
    let limit = "sys/fs/cgroup/memory/a/memory.limit_in_bytes"
    #expect(
      try bytes(["proc/self/cgroup": "9:cpu:/b\n4:hugetlb,memory:/a\n0::/\n", limit: "400\n"])
        == 400)
    // Without a limit there is a number larger than any machine.
    #expect(
      try bytes(["proc/self/cgroup": "4:memory:/a\n", limit: "9223372036854771712\n"]) == 1000)
    #expect(try bytes(["proc/self/cgroup": "4:cpu:/a\n", limit: "400\n"]) == 1000)
  }

  @Test func `in a container only the outermost group may be seen`() throws {
    #expect(
      try bytes([
        "proc/self/cgroup": "0::/docker/0123\n", "sys/fs/cgroup/memory.max": "500\n",
      ]) == 500)
  }
}
