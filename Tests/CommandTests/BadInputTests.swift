import Foundation
import Imagery
import Networks
import Tensors
import TestSupport
import Testing

/// What a person is told when something is wrong, and that nothing is left behind.
@Suite struct BadInputTests {
  static let usage: Int32 = 64
  static let data: Int32 = 65

  @Test func `a missing picture`() throws {
    let place = try Workplace()
    try expectFailure(
      place.run("explain", "none.jpg", "--model", "toy.pt2"), Self.data, saying: "none.jpg",
      in: place)
  }

  @Test func `a picture cut off`() throws {
    let place = try Workplace()
    let whole = try Data(contentsOf: place.folder.appending(path: "photo.png"))
    try whole.prefix(whole.count / 2).write(to: place.folder.appending(path: "half.png"))
    try expectFailure(
      place.run("explain", "half.png", "--model", "toy.pt2"), Self.data, saying: "half.png",
      in: place, left: ["half.png"])
  }

  @Test func `a text for a picture`() throws {
    let place = try Workplace()
    try place.write("letter.jpg", "Dear reader")
    try expectFailure(
      place.run("explain", "letter.jpg", "--model", "toy.pt2"), Self.data, saying: "letter.jpg",
      "JPEG", in: place, left: ["letter.jpg"])
  }

  @Test func `a missing network, a text for one, and one cut off`() throws {
    let place = try Workplace()
    try expectFailure(
      place.run("explain", "photo.png", "--model", "none.pt2"), Self.data, saying: "none.pt2",
      in: place)
    try place.write("text.pt2", "I am no archive")
    let whole = try Data(contentsOf: place.folder.appending(path: "toy.pt2"))
    try whole.prefix(whole.count / 2).write(to: place.folder.appending(path: "half.pt2"))
    for name in ["text.pt2", "half.pt2"] {
      try expectFailure(
        place.run("explain", "photo.png", "--model", name), Self.data, saying: name, "archive",
        in: place, left: ["half.pt2", "text.pt2"])
    }
  }

  @Test func `no card names what is missing and prints one to start from`() throws {
    let place = try Workplace()
    try FileManager.default.moveItem(
      atPath: place.path("toy.json"), toPath: place.path("photo.json"))
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2"), Self.usage, saying: "toy.json",
      "--labels", "--mean", "--std", "--resize", "\"height\" : 4", "\"channelOrder\" : \"gray\"",
      in: place, left: ["photo.json"])
  }

  @Test func `a card with an unknown key names the nearest`() throws {
    let place = try Workplace()
    let text = try String(contentsOfFile: place.path("toy.json"), encoding: .utf8)
    try place.write("toy.json", text.replacing("\"resize\"", with: "\"resise\""))
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2"), Self.data, saying: "resise",
      "did you mean “resize”", in: place)
  }

  @Test func `a command that there is not names the nearest`() throws {
    let place = try Workplace()
    try expectFailure(
      place.run("explian", "photo.png"), Self.usage, saying: "no command “explian”",
      "did you mean explain", in: place)
    try expectFailure(
      place.run("zzz\u{1B}[2J"), Self.usage, saying: "`rather --help` lists them", in: place)
    #expect(try place.run("help").status == 0)
    #expect(try place.run("--help").status == 0)
  }

  @Test func `labels that are too few`() throws {
    let place = try Workplace()
    try ToyNetworks.card(height: 4, width: 6, labels: ["cello", "violin"])
      .write(to: place.path("toy.json"))
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2"), Self.data, saying: "2 labels",
      "3 outputs", in: place)
  }

  @Test func `facts and foils that are unknown, ambiguous or equal`() throws {
    let place = try Workplace()
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2", "--why", "chello"), Self.usage,
      saying: "chello", "did you mean cello", in: place)
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2", "--why", "vio"), Self.usage,
      saying: "violin (@1)", "viola (@2)", in: place)
    try expectFailure(
      place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--rather-than", "0"),
      Self.usage, saying: "share a class", in: place)
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2", "--why", "9"), Self.usage,
      saying: "no class 9", in: place)
  }

  @Test func `layers that are not there or not spatial`() throws {
    let place = try Workplace()
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2", "--layer", "covn"), Self.usage,
      saying: "covn", "did you mean conv", in: place)
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2", "--layer", "pool"), Self.usage,
      saying: "pool", "[N, 3]", in: place)
  }

  @Test func `an output that is not a number`() throws {
    let place = try Workplace()
    try ToyNetworks.pooled(
      kernels: [1, -2, .nan], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]],
      height: 4, width: 6
    ).write(to: place.path("toy.pt2"))
    for command in ["explain", "predict"] {
      try expectFailure(
        place.run(command, "photo.png", "--model", "toy.pt2"), Self.data, saying: "NaN", in: place)
    }
  }

  @Test func `an output folder that is not empty, or cannot be made`() throws {
    let place = try Workplace()
    try FileManager.default.createDirectory(
      at: place.folder.appending(path: "full"), withIntermediateDirectories: true)
    try place.write("full/notes", "mine")
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2", "--output", "full"), Self.usage,
      saying: "full", "--force", in: place, left: ["full"])
    let forced = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--output", "full", "--force")
    #expect(forced.status == 0, "\(forced.messages)")
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2", "--output", "photo.png/inside"),
      Self.usage, saying: "photo.png/inside", in: place, left: ["full"])
  }

  @Test func `scores and contrasts that do not go together`() throws {
    let place = try Workplace()
    try expectFailure(
      place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--rather-than", "violin",
        "--score", "logit"), Self.usage, saying: "logit", "another --score", in: place)
  }

  @Test func `words that the command does not know`() throws {
    let place = try Workplace()
    for words in [
      ["explain"], ["explain", "photo.png"], ["explain", "a", "--model", "b", "--contrast", "up"],
      ["predict", "photo.png", "--model", "toy.pt2", "--top", "0"], ["frobnicate"],
      ["train", "classifier", "--data", "mnist", "-o", "x.onnx"],
    ] {
      let run = try Command(words, in: place.folder)
      #expect(run.status == Self.usage, "\(words): \(run.messages)")
      #expect(run.messages.contains("Error: "), "\(words): \(run.messages)")
    }
    #expect(try place.left.isEmpty)
  }

  @Test func `a folder without pictures says so`() throws {
    let place = try Workplace()
    try FileManager.default.createDirectory(
      atPath: place.path("bare"), withIntermediateDirectories: true)
    let run = try place.run("predict", "bare", "--model", "toy.pt2")
    #expect(run.status == 65 && run.messages.contains("bare holds no pictures"), "\(run.messages)")
  }

  @Test func `one bad picture among several does not hide the others`() throws {
    let place = try Workplace()
    try place.write("bad.png", "no picture")
    let run = try place.run("predict", ".", "--model", "toy.pt2", "--json")
    #expect(run.status == Self.data)
    #expect(run.messages.contains("bad.png"))
    #expect(run.output.contains("photo.png"))
  }

  @Test func `an unknown data set`() throws {
    let place = try Workplace()
    try expectFailure(
      place.run("train", "classifier", "--data", "imagenet", "-o", "x.pt2"), Self.usage,
      saying: "imagenet", "fashion-mnist", in: place)
  }
}
