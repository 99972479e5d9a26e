import Confusion
import Files
import Foundation
import Imagery
import Networks
import Terms
import TestSupport
import Testing

@testable import Documents

/// The documents of pictures: known answers by the plain network, invariance, reduction, bad input.
@Suite struct DocumentRunTests {
  @Test(arguments: [(0.91, nil), (0.5, nil), (0, nil), (0.91, 1), (0.91, 2)] as [(Float, Int?)])
  func `a document is the fewest likeliest classes that outweigh the mass`(
    mass: Float, atMost: Int?
  ) throws {
    let toy = try ToyPictures(19)
    let run = try toy.run(DocumentSettings(mass: mass, atMost: atMost))
    let summary = try run.write(to: toy.path("docs.txt.gz"))
    let expected = try run.pictures.names.indices.map { i in
      let classes = try toy.network.prediction(
        for: toy.network.card.input.input(from: Picture(contentsOf: run.pictures[i]))
      ).classes
      // The first place where the running sum of what is before and at it is more than the mass.
      let sums = classes.indices.map { classes[...$0].reduce(0) { $0 + $1.probability } }
      let count = (sums.firstIndex { $0 > mass } ?? classes.count - 1) + 1
      return classes.prefix(min(count, atMost ?? 3)).map(\.index)
    }
    #expect(run.pictures.names == run.pictures.names.sorted() && expected.count == 19)
    let file = try DocumentFile(contentsOf: toy.path("docs.txt.gz"))
    #expect(file.corpus == (try Corpus(expected)))
    if atMost == nil, mass > 0 { #expect(Set(expected.map(\.count)).count > 1, "lengths differ") }
    #expect(summary.documents == 19 && summary.failed == 0 && summary.sha256 == file.sha256)
    #expect(summary.labels == Set(expected.flatMap(\.self)).count)
    let mean = Double(expected.reduce(0) { $0 + $1.count }) / 19
    #expect(abs(summary.meanLength - mean) < 1e-12)
  }

  @Test func `neither workers nor memory nor the batch change documents`() throws {
    let toy = try ToyPictures(21)
    try toy.run().write(to: toy.path("docs.txt.gz"))
    for workers in [1, 3, 8] {
      try toy.run().write(to: toy.path("again.txt.gz"), existing: .overwrite, workers: workers)
      #expect(try toy.bytes("again.txt.gz") == toy.bytes("docs.txt.gz"), "\(workers) workers")
    }
    _ = try toy.run().write(
      to: toy.path("again.txt.gz"), existing: .overwrite, workers: 8, memory: 1)
    #expect(try toy.bytes("again.txt.gz") == toy.bytes("docs.txt.gz"), "a pass at a time")
    // The header names the batch; the toy's sums are too short to depend on it.
    let corpus = try DocumentFile(contentsOf: toy.path("docs.txt.gz")).corpus
    for batch in [1, 3, 64] {
      try toy.run(DocumentSettings(batch: batch))
        .write(to: toy.path("other.txt.gz"), existing: .overwrite)
      #expect(try DocumentFile(contentsOf: toy.path("other.txt.gz")).corpus == corpus, "\(batch)")
    }
  }

  @Test(arguments: [1, 2, 3, 8])
  func `shards begin where passes do, and merge in any order to the whole`(count: Int) throws {
    let toy = try ToyPictures(29)
    try toy.put(Array("no picture".utf8), in: "photos/004.png")
    #expect(try toy.run().write(to: toy.path("docs.txt.gz")).failed == 1)
    var end = 0
    for i in 1...count {
      let run = try toy.run(shard: #require(Shard("\(i)/\(count)")))
      #expect(run.part.lowerBound == end && end.isMultiple(of: 4))
      end = run.part.upperBound
      try run.write(to: toy.path("\(i).txt.gz"))
    }
    #expect(end == 29)
    let merge = try DocumentMerge(of: (1...count).reversed().map { toy.path("\($0).txt.gz") })
    #expect(count == 1 || merge.order == .shards)
    let summary = try merge.write(to: toy.path("merged.txt.gz"))
    if count > 1 {
      #expect(try toy.bytes("merged.txt.gz") == toy.bytes("docs.txt.gz"))
      #expect(summary.failed == 1 && summary.documents == 28)
    }
  }

  @Test func `a shard of which no picture could be read is merged as well`() throws {
    let toy = try ToyPictures(8)
    for i in [0, 1, 3, 4] { try toy.put([], in: String(format: "photos/%03d.png", i)) }
    try toy.run().write(to: toy.path("docs.txt.gz"))
    for i in 1...2 {
      try toy.run(shard: #require(Shard("\(i)/2"))).write(to: toy.path("\(i).txt.gz"))
    }
    _ = try DocumentMerge(of: [toy.path("2.txt.gz"), toy.path("1.txt.gz")])
      .write(to: toy.path("merged.txt.gz"))
    #expect(try toy.bytes("merged.txt.gz") == toy.bytes("docs.txt.gz"))
  }

  @Test func `progress comes after each pass, ends with the total, and stops the run`() throws {
    struct Enough: Error {}
    let toy = try ToyPictures(10)
    var updates: [ProgressUpdate] = []
    try toy.run().write(to: toy.path("docs.txt.gz")) { updates.append($0) }
    #expect(updates.map(\.completed) == [4, 8, 10] && updates.allSatisfy { $0.total == 10 })
    #expect(throws: Enough.self) {
      try toy.run().write(to: toy.path("other.txt.gz")) { _ in throw Enough() }
    }
    #expect(toy.exists("other.txt.gz.part") && !toy.exists("other.txt.gz"))
    try toy.run().write(to: toy.path("other.txt.gz"))
    #expect(try toy.bytes("other.txt.gz") == toy.bytes("docs.txt.gz"))
  }

  @Test func `what cannot be run is refused`() throws {
    let toy = try ToyPictures(9)
    let shard = try #require(Shard("1/4"))
    #expect(throws: DocumentsError.shards(4, passes: 3)) { try toy.run(shard: shard) }
    #expect(["0/2", "3/2", "1", "", "1/", "a/b", "1/2/3", "-1/2"].allSatisfy { Shard($0) == nil })
  }

  @Test func `a comment in a gzip header is read again and passed over by readers`() throws {
    let text = Array("0 1\n2\n".utf8)
    let plain = Gzip.compressed(text)
    let marked = Gzip.compressed(text, comment: "made of pictures")
    #expect(Gzip.comment(of: marked) == "made of pictures" && Gzip.comment(of: plain) == nil)
    #expect(try Gzip.contents(of: marked, atMost: text.count) == text)
    #expect(marked.count == plain.count + "made of pictures".utf8.count + 1)
    #expect(Gzip.comment(of: text) == nil && Gzip.comment(of: Array(plain.prefix(3))) == nil)
  }
}
