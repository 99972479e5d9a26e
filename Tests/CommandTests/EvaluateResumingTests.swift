import Evaluation
import Files
import Foundation
import Terms
import TestSupport
import Testing

/// Runs of `rather evaluate` that end early: invariance of what is recorded, bad input.
@Suite struct EvaluateResumingTests {
  /// Starts the command and kills it once the records have been written to so many times.
  ///
  /// - Returns: Whether it was killed before it ended.
  func kill(after writes: Int, in place: EvaluatePlace) throws -> Bool {
    let process = Process()
    process.executableURL = Command.binary
    process.arguments = EvaluatePlace.words + ["--tree", "tree.json", "-o", "run"]
    process.currentDirectoryURL = place.place.folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    let log = place.place.path("run/records.sqlite-wal")
    var (seen, last) = (0, -1)
    while process.isRunning, seen <= writes {
      let size = (try? FileManager.default.attributesOfItem(atPath: log)[.size] as? Int) ?? 0
      if size > 0, size != last { (seen, last) = (seen + 1, size) }
      Thread.sleep(forTimeInterval: 0.0005)
    }
    Foundation.kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    return process.terminationReason == .uncaughtSignal
  }

  @Test func `a process that is killed loses the picture in hand, and the same command ends alike`()
    throws
  {
    let place = try EvaluatePlace(pictures: 80)
    var stream = RandomStream(Seed(5))
    var counts: [Int] = []
    // The first is killed before any picture is done.
    for round in 0..<5 {
      let writes = round == 0 ? 0 : Int(stream.next() % 12)
      #expect(try kill(after: writes, in: place), "eighty pictures take longer")
      counts.append((try? EvaluationRun.open(place.place.path("run")).pictures.count) ?? 0)
    }
    #expect(counts == counts.sorted() && Set(counts).count > 2, "\(counts)")
    #expect((counts.last ?? 80) < 80, "\(counts)")
    let resumed = try place.run()
    #expect(resumed.status == 0, "\(resumed.messages)")
    #expect(resumed.messages.contains("resuming after"), "\(resumed.messages)")
    #expect(try place.run("-o", "whole", "--threads", "1").status == 0)
    #expect(try place.dump() == place.dump("whole"))
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: place.place.path("run")) == [
        "records.sqlite"
      ])
  }

  @Test func `unreadable pictures are named each time, and the others measured`() throws {
    let place = try EvaluatePlace(pictures: 3)
    try place.place.write("photos/001.png", "no picture")
    for _ in 0..<2 {
      let run = try place.run("--json")
      #expect(run.status == 65 && run.output.contains("\"failed\" : 1"), "\(run.messages)")
      for part in ["001.png", "Error: 1 of 3 pictures"] {
        #expect(run.messages.contains(part), "\(run.messages)")
      }
    }
    #expect(
      try EvaluationRun.open(place.place.path("run")).pictures.count { $0.failure == nil } == 2)
  }

  @Test func `another command's run is refused, and says how it differs`() throws {
    let place = try EvaluatePlace(pictures: 1)
    #expect(try place.run().status == 0)
    let before = try place.dump()
    for (words, saying) in [
      (["--step", "4"], "--step 3, not 4"), (["--level", "2"], "--level 1, not 2"),
      (["--seed", "7"], "--seed 0, not 7"), (["--fill", "black"], "--fill mean, not black"),
      (["--contrast", "pairwise"], "--contrast outside, not pairwise"),
      (["--support", "range:0.2"], "--support percentile:50, not range:0.2"),
      (["--preset", "published"], "--preset paper, not published"),
    ] {
      let run = try Command(
        EvaluatePlace.words + ["--tree", "tree.json", "-o", "run"] + words, in: place.place.folder)
      try expectFailure(run, 64, saying: saying, "name another --output", in: place, left: ["run"])
    }
    try place.place.write("photos/000.png", "another picture")
    try expectFailure(
      place.run(), 65, saying: "000.png", "give it another name", in: place, left: ["run"])
    let card = try String(contentsOfFile: place.place.path("toy.json"), encoding: .utf8)
    try place.place.write("toy.json", card.replacing("\"crop\" : 1", with: "\"crop\" : 0.5"))
    try expectFailure(place.run(), 64, saying: "another card", in: place, left: ["run"])
    #expect(try place.dump() == before)
  }
}
