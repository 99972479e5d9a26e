import Confusion
import Foundation
import TestSupport
import Testing

/// `rather documents` end to end on a toy network: known answers by `predict`, invariance, reduction,
/// bad input.
@Suite struct DocumentsCommandTests {
  struct Row: Decodable {
    struct Class: Decodable {
      let index: Int
      let probability: Float
    }
    let file: String
    let top: [Class]
  }

  @Test(arguments: [("0.91", nil), ("0.91", 2), ("0.5", nil)])
  func `a document is the fewest likeliest classes that outweigh the mass, as predict tells them`(
    mass: String, atMost: Int?
  ) throws {
    let place = try DocumentsPlace(pictures: 19)
    let limit = atMost.map { ["--at-most", "\($0)"] } ?? []
    let run = try Command(
      ["documents", "photos", "--model", "toy.pt2", "-o", "docs.txt.gz", "--mass", mass] + limit,
      in: place.place.folder)
    #expect(run.status == 0, "\(run.messages)")
    let predicted = try place.place.run("predict", "photos", "--model", "toy.pt2", "--json")
    let rows = try JSONDecoder().decode([Row].self, from: Data(predicted.output.utf8))
    #expect(rows.map(\.file) == rows.map(\.file).sorted() && rows.count == 19)
    let expected = rows.map { row in
      var sum: Float = 0
      let end = row.top.firstIndex { item in
        sum += item.probability
        return sum > (Float(mass) ?? 0)
      }
      let count = min((end ?? row.top.count - 1) + 1, atMost ?? .max)
      return row.top.prefix(count).map { String($0.index) }.joined(separator: " ")
    }
    #expect(try place.lines() == expected)
    #expect(atMost != nil || Set(expected.map(\.count)).count > 1, "lengths differ")
    #expect(try place.place.left == ["docs.txt.gz", "photos"])
  }

  @Test func `a list gives what its folder gives, wherever it is read from`() throws {
    let place = try DocumentsPlace(pictures: 11)
    #expect(try place.run("photos").status == 0)
    let names = try FileManager.default.subpathsOfDirectory(atPath: place.place.path("photos"))
      .filter { $0.hasSuffix(".png") }.sorted()
    let here = names.enumerated().map { i, name in
      i == 4 ? place.place.path("photos/" + name) : (i == 5 ? "  \(name) " : name)
    }
    try place.place.write(
      "photos/list.txt", "# all\r\n\n" + here.joined(separator: "\r\n") + "\n\n# end")
    let listed = try place.run("photos/list.txt", "-o", "listed.txt.gz")
    #expect(listed.status == 0, "\(listed.messages)")
    #expect(try place.lines("listed.txt.gz") == place.lines())
    try place.place.write("there.txt", names.map { "photos/" + $0 }.joined(separator: "\n"))
    let piped = try Command(
      ["documents", "-", "--model", "toy.pt2", "-o", "piped.txt"], in: place.place.folder,
      input: "there.txt")
    #expect(piped.status == 0, "\(piped.messages)")
    #expect(try place.lines("piped.txt") == place.lines())
    #expect(try place.bytes("piped.txt").first == place.lines().first?.utf8.first, "plain text")
  }

  @Test func `the summary counts what the file holds`() throws {
    let place = try DocumentsPlace(pictures: 9)
    let run = try place.run("photos", "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    let file = try DocumentFile(contentsOf: place.place.path("docs.txt.gz"))
    #expect(object["documents"] as? Int == 9 && object["failed"] as? Int == 0)
    #expect(object["labels"] as? Int == file.corpus.classes.count)
    #expect(object["sha256"] as? String == file.sha256)
    let mean = Double(file.corpus.tokens.count) / 9
    #expect(abs((object["meanLength"] as? Double ?? 0) - mean) < 1e-12)
    let words = try place.run("photos", "--force").output
    #expect(words.contains("9 documents") && words.contains("rather tree learn docs.txt.gz"))
  }

  @Test func `shards named in any order merge to the whole, byte for byte`() throws {
    let place = try DocumentsPlace(pictures: 29)
    try place.place.write("photos/004.png", "no picture")
    #expect(try place.run("photos", "--batch", "4").status == 65)
    for i in 1...3 {
      let run = try place.run("photos", "--batch", "4", "--shard", "\(i)/3", "-o", "s\(i).txt.gz")
      #expect(run.status == (i == 1 ? 65 : 0), "\(run.messages)")
      #expect(run.output.contains("rather documents merge") && !run.output.contains("tree learn"))
    }
    let merged = try place.place.run(
      "documents", "merge", "s3.txt.gz", "s1.txt.gz", "s2.txt.gz", "-o", "merged.txt.gz", "--json")
    #expect(merged.status == 0, "\(merged.messages)")
    #expect(merged.output.contains("\"failed\" : 1"))
    #expect(try place.bytes("merged.txt.gz") == place.bytes("docs.txt.gz"))
    // Files that are no shards follow each other as they are named.
    try place.place.write("plain.txt", "1 2\n0\n")
    let joined = try place.place.run(
      "documents", "merge", "docs.txt.gz", "plain.txt", "-o", "joined.txt.gz")
    #expect(joined.status == 0 && joined.messages.contains("in the order given"))
    #expect(try place.lines("joined.txt.gz") == place.lines() + ["1 2", "0"])
    // What would count twice is refused: a copy, and one file by two names.
    for other in ["merged.txt.gz", "./docs.txt.gz"] {
      let same = try place.place.run(
        "documents", "merge", "docs.txt.gz", other, "-o", "same.txt.gz")
      #expect(same.status == 65 && same.messages.contains("hold the same documents"))
    }
    let twice = try place.place.run("documents", "merge", "s1.txt.gz", "-o", "one.txt.gz")
    #expect(twice.status == 65 && twice.messages.contains("2/3, 3/3 are missing"))
  }

  @Test func `shards that do not belong together are refused`() throws {
    let place = try DocumentsPlace(pictures: 20)
    func make(_ name: String, _ words: String...) throws {
      let run = try Command(
        ["documents", "photos", "--model", "toy.pt2", "-o", name] + words, in: place.place.folder)
      #expect(run.status == 0, "\(run.messages)")
    }
    try make("a.txt.gz", "--shard", "1/2")
    try make("b.txt.gz", "--shard", "2/2")
    try make("other.txt.gz", "--shard", "2/2", "--mass", "0.9")
    try make("copy.txt.gz", "--shard", "1/2")
    try place.place.write("plain.txt", "1 2\n0\n")
    try place.place.write("words.txt", "cello violin\n")
    for (files, parts) in [
      (["a.txt.gz", "other.txt.gz"], ["not parts of the same", "--mass 0.9, not 0.95"]),
      (["a.txt.gz", "b.txt.gz", "copy.txt.gz"], ["copy.txt.gz", "both shard 1/2"]),
      (["b.txt.gz"], ["1/2 is missing"]), (["a.txt.gz", "plain.txt"], ["plain.txt"]),
      (["words.txt"], ["words.txt, line 1"]), (["none.txt.gz"], ["none.txt.gz"]),
    ] {
      let run = try Command(
        ["documents", "merge"] + files + ["-o", "m.txt.gz"], in: place.place.folder)
      #expect(run.status == 65, "\(files): \(run.messages)")
      for part in parts { #expect(run.messages.contains(part), "\(files): \(run.messages)") }
    }
    let there = try place.place.run(
      "documents", "merge", "a.txt.gz", "b.txt.gz", "-o", "copy.txt.gz")
    #expect(there.status == 64 && there.messages.contains("--force"))
    let own = try place.place.run(
      "documents", "merge", "a.txt.gz", "b.txt.gz", "-o", "a.txt.gz", "--force")
    #expect(own.status == 64 && own.messages.contains("name another"))
  }
}
