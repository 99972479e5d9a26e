import Foundation
import TestSupport
import Testing

/// Runs of `rather documents` that end early: invariance of the bytes, bad input.
@Suite struct DocumentsResumingTests {
  @Test(arguments: [SIGKILL, SIGINT])
  func `a process that is killed leaves work that the same command finishes`(signal: Int32) throws {
    let place = try DocumentsPlace(pictures: 1500)
    let process = Process()
    process.executableURL = Command.binary
    process.arguments = ["documents", "photos", "--model", "toy.pt2", "-o", "docs.txt.gz"]
    process.currentDirectoryURL = place.place.folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let part = place.place.path("docs.txt.gz.part")
    while process.isRunning, ((try? place.bytes("docs.txt.gz.part").count) ?? 0) < 1200 {
      Thread.sleep(forTimeInterval: 0.001)
    }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    let wasFinished = FileManager.default.fileExists(atPath: place.place.path("docs.txt.gz"))
    #expect(!wasFinished, "fifteen hundred pictures take longer than the first of them")
    #expect(FileManager.default.fileExists(atPath: part))
    let resumed = try place.run("photos")
    #expect(
      resumed.status == 0 && resumed.messages.contains("going on after"), "\(resumed.messages)")
    #expect(!FileManager.default.fileExists(atPath: part))
    #expect(try place.run("photos", "-o", "whole.txt.gz").status == 0)
    #expect(try place.bytes("docs.txt.gz") == place.bytes("whole.txt.gz"))
  }

  @Test func `unreadable pictures count although an earlier run met them`() throws {
    let place = try DocumentsPlace(pictures: 9)
    try place.place.write("photos/000.png", "no picture")
    #expect(try place.run("photos", "--batch", "4").status == 65)
    let whole = try place.bytes("docs.txt.gz")
    var work = try place.workFile()
    let head = (work.firstIndex(of: 10) ?? 0) + 1
    work.insert(contentsOf: [UInt8(ascii: "!"), 10], at: head)
    try FileManager.default.removeItem(atPath: place.place.path("docs.txt.gz"))
    try place.put(work.dropLast(3), in: "docs.txt.gz.part")
    let run = try place.run("photos", "--batch", "4", "--json")
    #expect(run.status == 65 && run.output.contains("\"failed\" : 1"), "\(run.messages)")
    #expect(run.messages.contains("going on after 8 of 9"), "\(run.messages)")
    #expect(run.messages.contains("Error: 1 of 9 pictures"), "\(run.messages)")
    #expect(!run.messages.contains("000.png"), "it was named when it was met")
    #expect(try place.bytes("docs.txt.gz") == whole)
    #expect(try place.place.left == ["docs.txt.gz", "photos"])
  }

  @Test func `work that belongs to other documents is refused, and says how they differ`() throws {
    let place = try DocumentsPlace(pictures: 9)
    #expect(try place.run("photos").status == 0)
    let work = try place.workFile().dropLast(4)
    try FileManager.default.removeItem(atPath: place.place.path("docs.txt.gz"))
    try place.put(work, in: "docs.txt.gz.part")
    let other = try place.run("photos", "--mass", "0.5")
    #expect(other.status == 64, "\(other.messages)")
    for part in ["docs.txt.gz.part", "--mass 0.95, not 0.5", "--force"] {
      #expect(other.messages.contains(part), "\(other.messages)")
    }
    let card = try String(contentsOfFile: place.place.path("toy.json"), encoding: .utf8)
    try place.place.write("toy.json", card.replacing("\"crop\" : 1", with: "\"crop\" : 0.5"))
    #expect(try place.run("photos").messages.contains("another network or card"))
    #expect(try place.bytes("docs.txt.gz.part") == Array(work), "it is left as it was")
    #expect(try place.run("photos", "--force").status == 0)
    #expect(try place.place.left == ["docs.txt.gz", "photos"])
  }
}
