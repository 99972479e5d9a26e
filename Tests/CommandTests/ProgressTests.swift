import Foundation
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What a long work shows: RISE with more masks than anybody waits for, on the toy network.
@Suite struct CommandProgressTests {
  private static let words = [
    "explain", "photo.png", "--model", "toy.pt2", "--explainer", "rise", "--settings",
    "masks=10000000", "--threads", "1",
  ]

  /// Runs the command for some seconds and kills it then.
  private func run(_ seconds: Double, messages: FileHandle) throws -> Process {
    let place = try Workplace()
    let process = Process()
    process.executableURL = Command.binary
    process.arguments = Self.words
    process.currentDirectoryURL = place.folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = messages
    try process.run()
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { process.terminate() }
    return process
  }

  @Test func `a log has one line of a work of some seconds`() throws {
    let place = try Workplace()
    let file = place.folder.appending(path: "log")
    try Data().write(to: file)
    // The first line comes after two seconds, the next ten later.
    try run(9, messages: FileHandle(forWritingTo: file)).waitUntilExit()
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines.first?.contains(" left") == true && lines.first?.contains("[") == false)
  }

  #if canImport(Glibc)
    @Test func `a terminal is never left without news for two seconds, and the bar moves`() throws {
      var longest = Double.infinity
      // A machine that is busy with other tests may hold any process up; not three times.
      for _ in 0..<3 where longest > 2 {
        // Loading libtorch comes before anything can be said.
        let place = try Workplace()
        let loading = Date()
        _ = try place.run("--version")
        let loaded = Date().timeIntervalSince(loading)
        let (news, end) = try news(of: 8)
        let times = [loaded] + news.map(\.seconds) + [end]
        longest = zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? .infinity
        #expect(news.count { $0.text.contains(" left") } >= 4)
        #expect(Set(news.map(\.text)).count >= 4)
      }
      #expect(longest <= 2)
    }

    /// What the command writes to a terminal in some seconds and when, and when that was all.
    private func news(
      of seconds: Double
    ) throws -> (news: [(seconds: Double, text: String)], end: Double) {
      var (master, slave): (Int32, Int32) = (0, 0)
      guard openpty(&master, &slave, nil, nil, nil) == 0 else { throw CocoaError(.fileNoSuchFile) }
      let start = Date()
      let process = try run(
        seconds, messages: FileHandle(fileDescriptor: slave, closeOnDealloc: false))
      close(slave)
      var news: [(seconds: Double, text: String)] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while case let count = read(master, &buffer, buffer.count), count > 0 {
        let text = String(decoding: buffer[..<count], as: UTF8.self)
        news.append((Date().timeIntervalSince(start), text))
      }
      close(master)
      process.waitUntilExit()
      return (news, Date().timeIntervalSince(start))
    }
  #endif
}
