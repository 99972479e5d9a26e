import Files
import Foundation
import TestSupport
import Testing

/// Outputs that are taken away while a command works: the machine's fault and nobody's usage.
///
/// Kinds: bad input.
@Suite struct RemovedOutputTests {
  /// Starts a command, removes a folder once something is there, and waits for the command.
  private func run(
    _ words: [String], in place: Workplace, removing folder: String, once sign: () -> Bool
  ) throws -> (status: Int32, messages: String) {
    let process = Process()
    process.executableURL = Command.binary
    process.arguments = words
    process.currentDirectoryURL = place.folder
    // Folders for temporary files stay writable, and the workplace lies in one.
    let temporary = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: temporary) }
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["TMPDIR": temporary.path]) { $1 }
    let messages = Pipe()
    process.standardError = messages
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    while process.isRunning, !sign() { Thread.sleep(forTimeInterval: 0.001) }
    #expect(process.isRunning, "it ended before anything was removed")
    try FileManager.default.removeItem(atPath: place.path(folder))
    let text = String(decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    return (process.terminationStatus, text)
  }

  private func size(_ path: String) -> Int {
    (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0
  }

  @Test func `a run whose folder is removed says so`() throws {
    let place = try EvaluatePlace(pictures: 40).place
    let log = place.path("run/records.sqlite-wal")
    // The tables and some pictures are written.
    let ended = try run(
      EvaluatePlace.words + ["--tree", "tree.json", "-o", "run"], in: place, removing: "run"
    ) { size(log) > 150_000 }
    #expect(ended.status == 74, "\(ended.messages)")
    #expect(ended.messages.contains("Error: run, or the records in it, was removed"))
    #expect(try !place.left.contains("run"))
  }

  @Test func `documents whose folder is removed say so`() throws {
    let place = try DocumentsPlace(pictures: 200).place
    try FileManager.default.createDirectory(
      atPath: place.path("sub"), withIntermediateDirectories: false)
    let ended = try run(
      ["documents", "photos", "--model", "toy.pt2", "--batch", "1", "-o", "sub/docs.txt.gz"],
      in: place, removing: "sub"
    ) { size(place.path("sub/docs.txt.gz.part")) > 0 }
    #expect(ended.status == 74, "\(ended.messages)")
    #expect(ended.messages.contains("Error: sub/docs.txt.gz cannot be written"))
    #expect(try place.left == ["photos"])
  }

  /// Who is not confined makes the folder again.
  @Test(.enabled(if: Confinement.kernelVersion > 0, "the kernel offers no Landlock"))
  func `a report whose folder is removed says so`() throws {
    let place = try Workplace()
    try FileManager.default.createDirectory(
      atPath: place.path("sub"), withIntermediateDirectories: false)
    let ended = try run(
      [
        "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--explainer", "rise",
        "--settings", "masks=20000", "-o", "sub/out",
      ], in: place, removing: "sub"
    ) {
      // The folder, and the hidden one beside it that is filled first.
      (try? FileManager.default.contentsOfDirectory(atPath: place.path("sub")))?.count == 2
    }
    #expect(ended.status == 74, "\(ended.messages)")
    #expect(ended.messages.contains("Error: sub/out cannot be written: the folder"))
    #expect(try place.left.isEmpty)
  }
}
