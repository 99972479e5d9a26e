import Foundation
import TestSupport
import Testing

/// What a person is told when a tree, documents or options are wrong, and that nothing is left behind.
@Suite struct TreeErrorTests {
  static let usage = BadInputTests.usage
  static let data = BadInputTests.data

  @Test(arguments: [
    ("795 970\n", "is not a latent tree"), ("{\"task\": \"classification\"}", "not a latent tree"),
    ("[{\"id\": \"Z1\"", "not valid JSON"), (String(repeating: "[", count: 10_000), "nested"),
    (
      "variable Z1 { type discrete[2] {a b}; } variable Z2 { type discrete[2] {a b}; } "
        + "variable c1 { type discrete[2] {s0 s1}; } probability (Z1|Z2) { table 1 1 0 0; } "
        + "probability (Z2|Z1) { table 1 1 0 0; } probability (c1|Z2) { table 1 1 0 0; }",
      "hangs on itself"
    ),
    ("[{\"id\":\"Z1\",\"text\":\"c1 c1\"}]", "class 1 is in the tree twice"),
  ])
  func `files that hold no tree`(text: String, saying: String) throws {
    let place = try TreePlace()
    try place.write("bad.json", text)
    try expectFailure(
      place.run("convert", "bad.json", "-o", "out.json"), Self.data, saying: "bad.json", saying,
      in: place, left: ["bad.json"])
  }

  @Test(arguments: [
    ("1 2\n3 cello\n", "bad.txt, line 2: “cello” is not a class index"),
    ("1 2\n\n4 4\n", "bad.txt, line 3: class 4 is named twice"),
    ("1 6\n", "bad.txt, line 1: there is no class 6; the 6 labels"), ("", "holds no documents"),
    ("{\"a\": 1}", "is not a class index"), ("\u{89}PNG\u{0}\u{1}", "not a file of documents"),
    ("1\n2\n3\n", "none of the 3 documents names two classes"),
  ])
  func `documents that cannot be learnt from`(text: String, saying: String) throws {
    let place = try TreePlace()
    try place.write("bad.txt", text)
    try place.write("labels.txt", "a\nb\nc\nd\ne\nf\n")
    try expectFailure(
      place.run("learn", "bad.txt", "-o", "out.json", "--labels", "labels.txt"), Self.data,
      saying: saying, in: place, left: ["bad.txt", "labels.txt"])
  }

  @Test(arguments: [
    ["--iterations", "3"], ["--seed", "1"], ["--pseudo-count", "2"], ["--independent-roots"],
  ])
  func `options of a fit without a fit`(options: [String]) throws {
    let place = try TreePlace()
    for words in [
      ["score", "pair.json", "docs.txt.gz"], ["convert", "pair.json", "-o", "t.json"],
    ] {
      try expectFailure(
        Command(["tree"] + words + options, in: place.folder), Self.usage,
        saying: "\(options[0]) does nothing without --fit", in: place)
    }
  }

  @Test func `files that are there are kept`() throws {
    let place = try TreePlace()
    let (before, docs) = (try place.bytes("pair.json"), try place.bytes("docs.txt.gz"))
    for output in ["pair.json", "./pair.json", "docs.txt.gz"] {
      for words in [
        ["convert", "published.json", "-o", output, "--fit", "docs.txt.gz"],
        ["show", "pair.json", "--output", output],
      ] {
        let run = try Command(["tree"] + words, in: place.folder)
        try expectFailure(run, Self.usage, saying: output, in: place)
      }
    }
    try FileManager.default.createSymbolicLink(
      atPath: place.path("link.json"), withDestinationPath: "pair.json")
    for words in [
      ["convert", "pair.json", "-o", "link.json"], ["show", "link.json", "--output", "pair.json"],
      ["convert", "published.json", "-o", "docs.txt.gz", "--fit", "docs.txt.gz"],
    ] {
      try expectFailure(
        Command(["tree"] + words + ["--force"], in: place.folder), Self.usage,
        saying: "it is read from", in: place, left: ["link.json"])
    }
    #expect(try place.bytes("pair.json") == before && place.bytes("docs.txt.gz") == docs)
    try place.write("old.bif", "old")
    #expect(try place.run("convert", "pair.json", "-o", "old.bif", "--force").status == 0)
    #expect(try place.run("cut", "old.bif", "--json").output == "[[0,1]]\n")
  }

  @Test func `documents too few to choose the number of clusters by, and levels that merge`() throws
  {
    let place = try TreePlace()
    try place.write("few.txt", "0 1\n2 3\n")
    try expectFailure(
      place.run("learn", "few.txt", "-o", "t.json", "--by", "agglomerative"), Self.data,
      saying: "2 documents of two classes or more are too few", "--clusters", in: place,
      left: ["few.txt"])
    let run = try place.run(
      "learn", "few.txt", "-o", "t.json", "--by", "agglomerative", "--clusters", "4,2,1")
    #expect(run.status == 0)
    #expect(run.messages.contains("2 levels of 4,2 clusters, not 4,2,1"), "\(run.messages)")
  }

  @Test func `files that are missing or cannot be written`() throws {
    let place = try TreePlace()
    try expectFailure(place.run("show", "none.json"), Self.data, saying: "none.json", in: place)
    try expectFailure(
      place.run("learn", "none.txt", "-o", "t.json"), Self.data, saying: "none.txt", in: place)
    try expectFailure(
      place.run("convert", "pair.json", "-o", "nowhere/t.json"), Self.usage,
      saying: "nowhere/t.json", "is not a folder", in: place)
    try expectFailure(
      place.run("show", "pair.json", "--output", "."), Self.usage, saying: "is a folder", in: place)
    try expectFailure(
      place.run("cut", "pair.json", "--labels", "none.txt"), Self.data, saying: "none.txt",
      in: place)
  }

  @Test func `levels and classes that are not there`() throws {
    let place = try TreePlace()
    for level in ["0", "-1", "3"] {
      try expectFailure(
        place.run("cut", "published.json", "0", "--level", level), Self.usage,
        saying: "no level \(level)", "to 2", in: place)
    }
    try expectFailure(
      place.run("cut", "published.json", "chello"), Self.usage, saying: "chello",
      "did you mean cello", in: place)
    try expectFailure(
      place.run("show", "published.json", "--level", "9"), Self.usage, saying: "no level 9",
      in: place)
  }

  @Test func `labels that are too few`() throws {
    let place = try TreePlace()
    try place.write("labels.txt", "one\n")
    try expectFailure(
      place.run("cut", "pair.json", "--labels", "labels.txt"), Self.data,
      saying: "it names 1 classes, but the tree holds class 1", in: place, left: ["labels.txt"])
  }

  @Test func `a structure without probabilities for a form that needs them`() throws {
    let place = try TreePlace()
    try expectFailure(
      place.run("convert", "published.json", "-o", "t.bif"), Self.data, saying: "--fit", in: place)
    try expectFailure(
      place.run("learn", "docs.txt.gz", "-o", "t.bif", "--by", "louvain"), Self.usage,
      saying: "--fit", in: place)
  }

  @Test(arguments: [
    (["--attempt-count", "0"], "--attempt-count must be 1 or more"),
    (["--batch-size", "1"], "--batch-size must be 2 or more"),
    (["--batch-size", "some"], "--batch-size"), (["--largest-island", "99"], "2 to 32"),
    (["--held-out-fraction", "1.5"], "--held-out-fraction must be between 0 and 1"),
    (["--least-gain", "nan"], "--least-gain must be"), (["--by", "magic"], "--by"),
    (["--by", "louvain", "--resolution", "0"], "resolution"),
    (["--by", "agglomerative", "--clusters", "5,x"], "--clusters"),
    (["--by", "agglomerative", "--clusters", "2,5"], "fewer on each level"),
    (["--by", "louvain", "--start-count", "3"], "--start-count is no option of --by louvain"),
    (["--clusters", "3"], "--clusters is no option of --by hlta"),
    (["--model-file", "t.json"], "different files"), (["--threads", "0"], "--threads must be 1"),
    (["--by", "louvain", "--threads", "2"], "--threads is no option of --by louvain"),
    (["--by", "agglomerative", "--clusters", ""], "numbers with commas between"),
    (["--by", "agglomerative", "--clusters", "4,,1"], "numbers with commas between"),
    (["-o", "docs.txt.gz", "--force"], "it is read from"), (["-o", "pair.json"], "already"),
    (["--model-file", "docs.txt.gz", "--force"], "it is read from"),
    (["--published-file", "./pair.json"], "there is a file ./pair.json already"),
  ])
  func `settings that mean nothing`(options: [String], saying: String) throws {
    let place = try TreePlace()
    try expectFailure(
      Command(["tree", "learn", "docs.txt.gz", "-o", "t.json"] + options, in: place.folder),
      Self.usage, saying: saying, in: place)
  }
}
