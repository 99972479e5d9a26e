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
      var (master, slave): (Int32, Int32) = (0, 0)
      #expect(openpty(&master, &slave, nil, nil, nil) == 0)
      let start = Date()
      let process = try run(8, messages: FileHandle(fileDescriptor: slave, closeOnDealloc: false))
      close(slave)
      var news: [(seconds: Double, text: String)] = []
      var buffer = [UInt8](repeating: 0, count: 4096)
      while case let count = read(master, &buffer, buffer.count), count > 0 {
        let text = String(decoding: buffer[..<count], as: UTF8.self)
        news.append((Date().timeIntervalSince(start), text))
      }
      close(master)
      process.waitUntilExit()
      let times = [0] + news.map(\.seconds) + [Date().timeIntervalSince(start)]
      let longest = zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? .infinity
      #expect(longest <= 2)
      #expect(news.count { $0.text.contains(" left") } >= 4)
      #expect(Set(news.map(\.text)).count >= 4)
    }
  #endif
}
