import Files
import Foundation
import Terms
import TestSupport
import Testing

@testable import Documents

/// Runs that end early: invariance of the bytes, bad input.
@Suite struct UnfinishedWorkTests {
  private struct Stop: Error {}

  /// The work file that a run has when it ends before its documents are written.
  static func work(_ toy: ToyPictures, _ run: DocumentRun) throws -> (head: Int, bytes: [UInt8]) {
    #expect(throws: Stop.self) {
      try run.write(to: toy.path("docs.txt.gz")) { update in
        if update.completed == update.total { throw Stop() }
      }
    }
    let bytes = try toy.bytes("docs.txt.gz.part")
    try toy.remove("docs.txt.gz.part")
    return (try run.origin.line().utf8.count + 1, bytes)
  }

  /// The lines of a work file behind its first.
  static func lines(_ work: (head: Int, bytes: [UInt8])) -> [[UInt8]] {
    work.bytes[work.head...].split(separator: 10).map { Array($0) + [10] }
  }

  @Test func `work cut off at any byte is finished to the same bytes`() throws {
    let toy = try ToyPictures(13)
    try toy.put(Array("no picture".utf8), in: "photos/000.png")
    let run = try toy.run()
    try run.write(to: toy.path("docs.txt.gz"))
    let whole = try toy.bytes("docs.txt.gz")
    try toy.remove("docs.txt.gz")
    let (head, work) = try Self.work(toy, run)
    for cut in [0, 1, head / 2, head - 1] + Array(head...work.count) {
      try toy.put(work[..<cut], in: "docs.txt.gz.part")
      let summary = try run.write(to: toy.path("docs.txt.gz"))
      #expect(summary.failed == 1, "cut at \(cut)")
      #expect(try toy.bytes("docs.txt.gz") == whole, "cut at \(cut)")
      #expect(!toy.exists("docs.txt.gz.part"))
      try toy.remove("docs.txt.gz")
    }
    // What a disk left behind that lost power is done again, too.
    for damage in [[0, 0, 0, 10], Array("1 x\n".utf8), Array("0 1\n\n".utf8)] as [[UInt8]] {
      try toy.put(work[..<(head + 10)] + damage, in: "docs.txt.gz.part")
      try run.write(to: toy.path("docs.txt.gz"))
      #expect(try toy.bytes("docs.txt.gz") == whole)
      try toy.remove("docs.txt.gz")
    }
  }

  /// The work of other pictures, and work whose lines end otherwise.
  @Test func `work that is not taken up says what about it is other`() throws {
    let toy = try ToyPictures(4)
    let run = try toy.run()
    let (_, work) = try Self.work(toy, run)
    func differences(_ bytes: [UInt8]) throws -> [String] {
      try toy.put(bytes, in: "docs.txt.gz.part")
      let error = #expect(throws: DocumentsError.self) {
        try run.write(to: toy.path("docs.txt.gz"))
      }
      guard case .otherWork(_, let differences)? = error else { return [] }
      return differences
    }
    let lines = String(decoding: work, as: UTF8.self)
    let ended = try differences(Array(lines.replacing("\n", with: "\r\n").utf8))
    #expect(ended.count == 1 && ended[0].contains("first line was altered"), "\(ended)")
    let other = lines.replacing(run.pictures.sha256, with: String(repeating: "0", count: 64))
    let named = try differences(Array(other.utf8))
    #expect(named.count == 1 && named[0].contains("as many other pictures"), "\(named)")
    #expect(!named[0].contains("4, not 4"))
  }

  @Test func `what is done is not done again, a part of a pass is`() throws {
    let toy = try ToyPictures(12)
    let run = try toy.run(DocumentSettings(mass: 0, batch: 4))
    try run.write(to: toy.path("docs.txt.gz"))
    let lines = try ByteStream.contents(toy.path("docs.txt.gz"), atMost: 1 << 20).split(
      separator: 10)
    try toy.remove("docs.txt.gz")
    // Seven answers that no run gave: four are a whole pass, three are not.
    let foreign = (0..<7).map { place in
      DonePicture(
        place: place, stamp: FileStamp.of(run.pictures[place]), classes: [2, 1, 0]
      ).line
    }
    let head = try run.origin.line() + "\n"
    try toy.put(Array((head + foreign.joined()).utf8), in: "docs.txt.gz.part")
    var taken: [TakenUp] = []
    var first: Int?
    _ = try run.write(to: toy.path("docs.txt.gz"), workers: 2, memory: 1 << 26) {
      taken.append($0)
    } progress: {
      first = first ?? $0.completed
    }
    #expect(taken.map(\.done) == [7] && first == 8)
    let found = try ByteStream.contents(toy.path("docs.txt.gz"), atMost: 1 << 20).split(
      separator: 10)
    #expect(found[..<4].allSatisfy { $0.elementsEqual("2 1 0".utf8) })
    #expect(found[4...].map(Array.init) == lines[4...].map(Array.init))
  }

  @Test func `bad lines are told apart, and what they were of is computed again`() throws {
    let toy = try ToyPictures(8)
    let run = try toy.run()
    try run.write(to: toy.path("docs.txt.gz"))
    let whole = try toy.bytes("docs.txt.gz")
    try toy.remove("docs.txt.gz")
    let work = try Self.work(toy, run)
    let lines = Self.lines(work)
    let stamp = FileStamp.of(run.pictures[1])
    let beyond = DonePicture(place: 1, stamp: stamp, classes: [0, 9]).line
    let empty = DonePicture(place: 1, stamp: stamp, classes: []).line
    let outside = DonePicture(place: 8, stamp: stamp, classes: [0]).line
    let repeated = DonePicture(place: 1, stamp: stamp, classes: [2, 2, 1]).line
    for bad in [
      "2 2 1\n", "99999999999999999999\n", "\n", "\u{0}\u{0}\n", "0 1 : 2 ; 00000000\n", beyond,
      empty,
      outside, repeated, String(decoding: lines[1].dropLast(4) + [10], as: UTF8.self),
      String(decoding: lines[1], as: UTF8.self).replacing(" : ", with: " : 2 "),
    ] {
      let text = lines[..<1].joined() + Array(bad.utf8) + lines[2...].joined()
      try toy.put(work.bytes[..<work.head] + text, in: "docs.txt.gz.part")
      var taken: TakenUp?
      _ = try run.write(
        to: toy.path("docs.txt.gz"), workers: 1, memory: 1 << 26, begin: { taken = $0 })
      #expect(
        taken?.damaged == 1 && taken?.done == 7,
        "\(bad.debugDescription): \(String(describing: taken))")
      #expect(try toy.bytes("docs.txt.gz") == whole, "\(bad.debugDescription)")
      #expect(!toy.exists("docs.txt.gz.part"))
      try toy.remove("docs.txt.gz")
    }
  }

  @Test func `a picture that was replaced since is computed again`() throws {
    let toy = try ToyPictures(8)
    let run = try toy.run(DocumentSettings(mass: 0.99, batch: 4))
    let work = try Self.work(toy, run)
    try toy.put(work.bytes, in: "docs.txt.gz.part")
    // Another picture under the same name, as long and as old as the first.
    let (one, other) = (run.pictures[1], run.pictures[6])
    let attributes = try FileManager.default.attributesOfItem(atPath: one)
    var bytes = try Data(contentsOf: URL(filePath: other))
    let length = try Data(contentsOf: URL(filePath: one)).count
    if bytes.count < length { bytes += Data(count: length - bytes.count) }
    try bytes.write(to: URL(filePath: one))
    try FileManager.default.setAttributes(
      [.modificationDate: attributes[.modificationDate] as Any], ofItemAtPath: one)
    var taken: TakenUp?
    _ = try run.write(
      to: toy.path("docs.txt.gz"), workers: 1, memory: 1 << 26, begin: { taken = $0 })
    #expect(taken?.changed == 1 && taken?.done == 7 && taken?.damaged == 0)
    try run.write(to: toy.path("anew.txt.gz"))
    #expect(try toy.bytes("docs.txt.gz") == toy.bytes("anew.txt.gz"))
  }

  @Test func `a run that ended between its last two steps is finished without asking`() throws {
    let toy = try ToyPictures(5)
    let run = try toy.run()
    try run.write(to: toy.path("docs.txt.gz"))
    let whole = try toy.bytes("docs.txt.gz")
    try toy.remove("docs.txt.gz")
    let work = try Self.work(toy, run).bytes
    try toy.put(whole, in: "docs.txt.gz")
    try toy.put(work, in: "docs.txt.gz.part")
    try run.write(to: toy.path("docs.txt.gz"))
    #expect(try toy.bytes("docs.txt.gz") == whole && !toy.exists("docs.txt.gz.part"))
    #expect(throws: FileError.exists(toy.path("docs.txt.gz"))) {
      try run.write(to: toy.path("docs.txt.gz"))
    }
  }

  @Test func `work on other documents is refused and left as it is, unless forced`() throws {
    let toy = try ToyPictures(9)
    let run = try toy.run()
    let (_, work) = try Self.work(toy, run)
    let part = toy.path("docs.txt.gz.part")
    try toy.put(work, in: "docs.txt.gz.part")
    var others: [(DocumentRun, String)] = [
      (try toy.run(DocumentSettings(mass: 0.5, batch: 4)), "--mass 0.95, not 0.5"),
      (try toy.run(DocumentSettings(atMost: 2, batch: 4)), "--at-most none, not 2"),
      (try toy.run(DocumentSettings(batch: 2)), "--batch 4, not 2"),
      (try toy.run(shard: #require(Shard("1/2"))), "--shard 1/1, not 1/2"),
      (
        try DocumentRun(
          of: run.pictures, by: toy.network, networkSHA256: "another",
          settings: DocumentSettings(batch: 4)), "another network or card"
      ),
    ]
    try toy.remove("photos/000.png")
    others.append((try toy.run(), "other pictures (9, not 8)"))
    for (other, difference) in others {
      #expect(throws: DocumentsError.otherWork(part, differences: [difference])) {
        try other.write(to: toy.path("docs.txt.gz"))
      }
    }
    #expect(try toy.bytes("docs.txt.gz.part") == work)
    try toy.put(Array("my notes\n".utf8), in: "docs.txt.gz.part")
    #expect(throws: DocumentsError.otherWork(part, differences: ["it is no such work at all"])) {
      try run.write(to: toy.path("docs.txt.gz"))
    }
    try toy.run().write(to: toy.path("docs.txt.gz"), existing: .overwrite)
    #expect(try toy.run().pictures.names.count == 8 && !toy.exists("docs.txt.gz.part"))
  }

  @Test func `two runs do not write the same documents at once`() throws {
    let toy = try ToyPictures(9)
    let run = try toy.run()
    try run.write(to: toy.path("docs.txt.gz")) { _ in
      #expect(throws: DocumentsError.busy(toy.path("docs.txt.gz.part"))) {
        try run.write(to: toy.path("docs.txt.gz"), existing: .overwrite)
      }
    }
    #expect(toy.exists("docs.txt.gz") && !toy.exists("docs.txt.gz.part"))
  }
}
