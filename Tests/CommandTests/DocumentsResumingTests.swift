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
      resumed.status == 0 && resumed.messages.contains("resuming after"), "\(resumed.messages)")
    #expect(!FileManager.default.fileExists(atPath: part))
    #expect(try place.run("photos", "-o", "whole.txt.gz").status == 0)
    #expect(try place.bytes("docs.txt.gz") == place.bytes("whole.txt.gz"))
  }

  @Test func `unreadable pictures count although an earlier run met them`() throws {
    let place = try DocumentsPlace(pictures: 900)
    try place.place.write("photos/000.png", "no picture")
    let work = try place.workFile(of: "photos", "--batch", "4")
    #expect(try place.run("photos", "--batch", "4").status == 65)
    let whole = try place.bytes("docs.txt.gz")
    try FileManager.default.removeItem(atPath: place.place.path("docs.txt.gz"))
    try place.put(work, in: "docs.txt.gz.part")
    let run = try place.run("photos", "--batch", "4", "--json")
    #expect(run.status == 65 && run.output.contains("\"failed\" : 1"), "\(run.messages)")
    #expect(run.messages.contains("resuming after"), "\(run.messages)")
    #expect(run.messages.contains("Error: 1 of 900 pictures"), "\(run.messages)")
    #expect(!run.messages.contains("000.png"), "it was named when it was met")
    #expect(try place.bytes("docs.txt.gz") == whole)
    #expect(try place.place.left == ["docs.txt.gz", "photos"])
  }

  @Test func `bad lines and pictures that were replaced are told and computed again`() throws {
    let place = try DocumentsPlace(pictures: 900)
    let work = try place.workFile(of: "photos")
    var lines = work.split(separator: 10).map { Array($0) }
    lines[3] = Array("2 2 1".utf8)
    lines[4] = Array("99999999999999999999".utf8)
    try place.put(lines.joined(separator: [10]) + [10], in: "docs.txt.gz.part")
    try FileManager.default.removeItem(atPath: place.place.path("photos/000.png"))
    try FileManager.default.copyItem(
      atPath: place.place.path("photos/898.png"), toPath: place.place.path("photos/000.png"))
    let run = try place.run("photos")
    #expect(run.status == 0, "\(run.messages)")
    for part in ["2 lines of docs.txt.gz.part", "1 picture changed", "resuming after"] {
      #expect(run.messages.contains(part), "“\(part)” is not in \(run.messages)")
    }
    #expect(try place.run("photos", "-o", "anew.txt.gz").status == 0)
    #expect(try place.bytes("docs.txt.gz") == place.bytes("anew.txt.gz"))
  }

  @Test func `work that belongs to other documents is refused, and says how they differ`() throws {
    let place = try DocumentsPlace(pictures: 900)
    let work = try place.workFile(of: "photos")
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
