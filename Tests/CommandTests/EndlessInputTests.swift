import Foundation
import TestSupport
import Testing

/// Whatever a command reads may be a device that never ends or a pipe that nobody writes to.
@Suite struct EndlessInputTests {
  /// Commands, with `?` for the file that is read.
  static let commands: [[String]] = [
    ["predict", "?", "--model", "toy.pt2"],
    ["predict", "photo.png", "--model", "?", "--card", "toy.json"],
    ["predict", "photo.png", "--model", "toy.pt2", "--card", "?"],
    ["predict", "photo.png", "--model", "toy.pt2", "--card", "far-labels.json"],
    ["explain", "photo.png", "--model", "toy.pt2", "--tree", "?", "-o", "x"],
    ["documents", "?", "--model", "toy.pt2", "-o", "d.txt"],
    ["documents", "merge", "?", "-o", "m.txt"],
    [
      "evaluate", "--model", "toy.pt2", "--images", "?", "--clusters", "cello,violin", "-o", "run",
    ],
    ["tree", "learn", "?", "-o", "t.json"],
    ["tree", "learn", "docs.txt", "--labels", "?", "-o", "t.json"],
    ["tree", "show", "?"], ["tree", "score", "?", "docs.txt"],
    ["tree", "compare", "?", "?"], ["tree", "convert", "?", "-o", "t.bif"],
  ]

  @Test(.timeLimit(.minutes(20)), arguments: ["/dev/zero", "pipe"])
  func `devices and pipes are refused in a sentence, by every command and at once`(name: String)
    throws
  {
    let place = try Workplace()
    if name == "pipe" { #expect(mkfifo(place.path(name), 0o600) == 0) }
    try place.write("docs.txt", "0 1\n1 2\n0 2\n")
    let card = try String(contentsOfFile: place.path("toy.json"), encoding: .utf8)
    let labels = try #require(card.firstRange(of: /"labels" : \[[^\]]*\]/))
    try place.write(
      "far-labels.json", card.replacingCharacters(in: labels, with: "\"labels\" : \"\(name)\""))
    let before = try place.left
    for words in Self.commands {
      let run = try Command(words.map { $0 == "?" ? name : $0 }, in: place.folder)
      #expect(run.status == 65, "\(words): \(run.messages)")
      #expect(run.messages.contains("a device or a pipe"), "\(words): \(run.messages)")
      #expect(run.messages.contains(name), "\(words): \(run.messages)")
      #expect(run.output.isEmpty)
    }
    #expect(try place.left == before)
  }

  @Test(.timeLimit(.minutes(20)), arguments: ["/dev/zero", "../pipe"])
  func `what lies beside a file that is named may be one too`(target: String) throws {
    let place = try Workplace()
    #expect(mkfifo(place.path("pipe"), 0o600) == 0)
    for (folder, name) in [("run", "records.sqlite"), ("generator", "g.json")] {
      try FileManager.default.createDirectory(
        atPath: place.path(folder), withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: place.path("\(folder)/\(name)"), withDestinationPath: target)
    }
    for (words, name) in [
      (["evaluate", "report", "run"], "run/records.sqlite"),
      (
        [
          "counterfactual", "photo.png", "--model", "toy.pt2", "--generator", "generator/g.pt2",
          "--why", "cello", "--rather-than", "violin", "-o", "x",
        ], "generator/g.json"
      ),
    ] {
      let run = try Command(words, in: place.folder)
      #expect(run.status == 65, "\(words): \(run.messages)")
      #expect(run.messages.contains("a device or a pipe"), "\(words): \(run.messages)")
      #expect(run.messages.contains(name), "\(words): \(run.messages)")
    }
    #expect(try place.left == ["generator", "pipe", "run"])
  }

  @Test(.timeLimit(.minutes(20)))
  func `a list that never ends is not waited for on standard input`() throws {
    let place = try Workplace()
    // A line of zeros is no text; what is read of it is bounded.
    try Data([UInt8](repeating: 0, count: 1 << 20)).write(to: place.folder.appending(path: "zeros"))
    let run = try Command(
      ["documents", "-", "--model", "toy.pt2", "-o", "d.txt"], in: place.folder, input: "zeros")
    #expect(run.status == 65, "\(run.messages)")
    #expect(try place.left == ["zeros"])
  }
}
