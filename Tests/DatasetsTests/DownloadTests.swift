import Foundation
import TestSupport
import Testing

@testable import Datasets

/// Downloads from a server of the test's own, on this machine: what comes, what is missing, what never ends.
@Suite(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct DownloadTests {
  /// Runs a body with the address of a server of a folder.
  private func serving(_ folder: URL, _ body: (String) throws -> Void) throws {
    let (process, output) = (Process(), Pipe())
    process.executableURL = References.python
    process.arguments = [
      References.package.appending(path: "Tests/Reference/server.py").path, folder.path,
    ]
    process.standardOutput = output
    process.standardInput = Pipe()
    try process.run()
    defer { process.terminate() }
    let port = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    try body("http://127.0.0.1:\(port.trimmingCharacters(in: .whitespacesAndNewlines))")
  }

  @Test(.timeLimit(.minutes(20)))
  func `what a server sends is taken, up to a limit`() throws {
    let folder = try References.temporaryFolder()
    let bytes = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0) })
    try bytes.write(to: folder.appending(path: "file"))
    try serving(folder) { address in
      func load(_ name: String, atMost limit: Int) throws -> Data {
        try Download(atMost: limit).data(from: #require(URL(string: "\(address)/\(name)")))
      }
      #expect(try load("file", atMost: 300_000) == bytes)
      #expect(throws: Download.Failure.self) { try load("file", atMost: 299_999) }
      #expect(throws: Download.Failure.self) { try load("missing", atMost: 1 << 20) }
      #expect(throws: Download.Failure.self) { try load("endless", atMost: 8 << 20) }
      do {
        _ = try PublishedDataset.mnist.fetch(
          into: folder.appending(path: "new").path, from: address
        ) { _ in }
        Issue.record("it is fetched")
      } catch DatasetError.download(let from, let reason) {
        #expect(from.hasPrefix(address) && from.hasSuffix(".gz"))
        #expect(reason == "it sends more than the 64 MiB that it may")
      }
    }
  }
}
