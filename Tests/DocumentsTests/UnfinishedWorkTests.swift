import Files
import Foundation
import Terms
import TestSupport
import Testing

@testable import Documents

/// Runs that end early: invariance of the bytes, bad input.
@Suite struct UnfinishedWorkTests {
  /// The work file that a run had before it ended, the first picture unreadable.
  static func work(_ toy: ToyPictures, _ run: DocumentRun) throws -> (head: Int, bytes: [UInt8]) {
    let head = Array((try run.origin.line() + "\n!\n").utf8)
    return (
      head.count - 2, head + (try ByteStream.contents(toy.path("docs.txt.gz"), atMost: 1 << 20))
    )
  }

  @Test func `work cut off at any byte is finished to the same bytes`() throws {
    let toy = try ToyPictures(13)
    try toy.put(Array("no picture".utf8), in: "photos/000.png")
    let run = try toy.run()
    try run.write(to: toy.path("docs.txt.gz"))
    let whole = try toy.bytes("docs.txt.gz")
    let (head, work) = try Self.work(toy, run)
    try toy.remove("docs.txt.gz")
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

  @Test func `what is done is not done again, a part of a pass is`() throws {
    let toy = try ToyPictures(12)
    let run = try toy.run(DocumentSettings(mass: 0, batch: 4))
    try run.write(to: toy.path("docs.txt.gz"))
    let lines = try ByteStream.contents(toy.path("docs.txt.gz"), atMost: 1 << 20).split(
      separator: 10)
    try toy.remove("docs.txt.gz")
    // Seven lines that no run wrote: four are a whole pass, three are not.
    let foreign = Array("2 1 0\n".utf8)
    let seven = Array(repeating: foreign, count: 7).flatMap(\.self)
    try toy.put(Array((try run.origin.line() + "\n").utf8) + seven, in: "docs.txt.gz.part")
    var done: [Int] = []
    var first: Int?
    _ = try run.write(to: toy.path("docs.txt.gz"), workers: 2, memory: 1 << 26) {
      done.append($0)
    } progress: {
      first = first ?? $0.completed
    }
    #expect(done == [4] && first == 8)
    let found = try ByteStream.contents(toy.path("docs.txt.gz"), atMost: 1 << 20).split(
      separator: 10)
    #expect(found[..<4].allSatisfy { $0.elementsEqual(foreign.dropLast()) })
    #expect(found[4...].map(Array.init) == lines[4...].map(Array.init))
  }

  @Test func `a run that ended between its last two steps is finished without asking`() throws {
    let toy = try ToyPictures(5)
    let run = try toy.run()
    try run.write(to: toy.path("docs.txt.gz"))
    let whole = try toy.bytes("docs.txt.gz")
    let text = try ByteStream.contents(toy.path("docs.txt.gz"), atMost: 1 << 20)
    try toy.put(Array((try run.origin.line() + "\n").utf8) + text, in: "docs.txt.gz.part")
    try run.write(to: toy.path("docs.txt.gz"))
    #expect(try toy.bytes("docs.txt.gz") == whole && !toy.exists("docs.txt.gz.part"))
    #expect(throws: FileError.exists(toy.path("docs.txt.gz"))) {
      try run.write(to: toy.path("docs.txt.gz"))
    }
  }

  @Test func `work on other documents is refused and left as it is, unless forced`() throws {
    let toy = try ToyPictures(9)
    let run = try toy.run()
    try run.write(to: toy.path("docs.txt.gz"))
    let (_, work) = try Self.work(toy, run)
    try toy.remove("docs.txt.gz")
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
