import Foundation
import TestSupport
import Testing

/// A system that allows no second thread: bad surroundings that are told in one sentence.
@Suite struct RefusedThreadTests {
  private static let tools = ["/usr/bin/prlimit", "/usr/bin/setpriv"]

  @Test(
    .enabled(
      if: tools.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) },
      "needs prlimit and setpriv"), .timeLimit(.minutes(20)))
  func `where there can be no second thread a command says so`() throws {
    // Limits do not hold for root, so another takes its place.
    let isRoot = getuid() == 0
    let words =
      (isRoot ? [Self.tools[1], "--reuid", "65534", "--clear-groups"] : [])
      + [Self.tools[0], "--nproc=1:1", try #require(Command.binary).path, "explainers"]
    let ending = try RefusingMachine.run(words, in: URL(filePath: "/"))
    #expect(ending.status == 74, "\(ending.messages)")
    let sentence = "Error: the system refuses a second thread"
    #expect(ending.messages.hasPrefix(sentence), "\(ending.messages)")
  }
}
