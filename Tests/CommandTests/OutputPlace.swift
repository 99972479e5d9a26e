import Confusion
import Files
import Foundation
import Imagery
import Networks
import TestSupport
import Testing

/// A folder with something to read for every command that writes.
struct OutputPlace {
  let place: Workplace

  init() throws {
    let evaluated = try EvaluatePlace(pictures: 2)
    place = evaluated.place
    _ = try evaluated.run("--schemes", "swox")
    try Corpus(TreePlace.documents).write(to: place.path("docs.txt.gz"))
    try Corpus([[0, 1], [1, 2], [2, 0]]).write(to: place.path("more.txt"))
    try place.write("labels.txt", "cello\nviolin\nviola\n")
    try ToyDrawing.generator(
      [[1, 0], [0, 1], [0, 0]], offset: [0, 0, 0.5], encoder: [[1, 0, 0], [0, 1, 0]]
    ).write(to: place.path("g.pt2"))
    for name in ["dark", "light"] {
      try FileManager.default.createDirectory(
        atPath: place.path("data/\(name)"), withIntermediateDirectories: true)
      for i in 0..<4 {
        let level = UInt8((name == "dark" ? 10 : 200) + i)
        let picture = try Picture(
          width: 16, height: 16, filledWith: Color(red: level, green: level, blue: level))
        try Data(picture.png()).write(to: place.folder.appending(path: "data/\(name)/\(i).png"))
      }
    }
  }

  func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: place.folder.appending(path: name))
  }

  /// Every file below the folder, by name, with its bytes.
  func contents() throws -> [String: Data] {
    let names = FileManager.default.enumerator(atPath: place.folder.path)?
      .compactMap { $0 as? String }
    return (names ?? []).reduce(into: [:]) { found, name in found[name] = try? bytes(name) }
  }

  func run(_ words: [String]) throws -> Command { try Command(words, in: place.folder) }
}

/// A command with an output: its words, where `OUT` stands for the output's name.
struct WritingCommand: CustomTestStringConvertible, Sendable {
  let words: [String]
  /// The files that it reads.
  let inputs: [String]
  /// What the output's name ends in.
  var ending = ""
  /// Whether it takes so long that success is tried elsewhere.
  var isSlow = false

  var testDescription: String { words.joined(separator: " ") }

  func words(_ output: String, _ more: String...) -> [String] {
    words.map { $0 == "OUT" ? output : $0 } + more
  }

  private static let net = ["toy.pt2", "toy.json"]
  private static let model = ["--model", "toy.pt2"]

  /// Those that write files: every option of every command that names one.
  static let ofFiles: [WritingCommand] = [
    .init(words: ["tree", "learn", "docs.txt.gz", "-o", "OUT"], inputs: ["docs.txt.gz"]),
    .init(
      words: ["tree", "learn", "docs.txt.gz", "-o", "t.json", "--model-file", "OUT", "--labels"]
        + ["more-labels.txt"], inputs: ["docs.txt.gz", "more-labels.txt"]),
    .init(
      words: ["tree", "learn", "docs.txt.gz", "-o", "t.json", "--published-file", "OUT"],
      inputs: ["docs.txt.gz"]),
    .init(
      words: ["tree", "convert", "tree.json", "-o", "OUT", "--labels", "labels.txt"],
      inputs: ["tree.json", "labels.txt"]),
    .init(words: ["tree", "show", "tree.json", "--output", "OUT"], inputs: ["tree.json"]),
    .init(
      words: ["documents", "photos"] + model + ["-o", "OUT"], inputs: net + ["photos/000.png"]),
    .init(
      words: ["documents", "merge", "docs.txt.gz", "more.txt", "-o", "OUT"],
      inputs: ["docs.txt.gz", "more.txt"]),
    .init(
      words: ["evaluate", "report", "run", "--csv", "OUT"], inputs: ["run/records.sqlite"]),
    .init(
      words: ["evaluate", "report", "run", "--parquet", "OUT"], inputs: ["run/records.sqlite"]),
    .init(
      words: ["train", "classifier", "--data", "data", "--size", "16", "--epochs", "1"]
        + ["-o", "OUT"], inputs: ["data/dark/0.png"], ending: ".pt2"),
    .init(
      words: ["train", "vae", "--data", "data", "--size", "16", "--epochs", "1", "-o", "OUT"],
      inputs: ["data/dark/0.png"], ending: ".pt2", isSlow: true),
    .init(
      words: ["train", "autoencoder", "--data", "data", "--size", "16", "-o", "OUT"],
      inputs: ["data/dark/0.png"], ending: ".pt2", isSlow: true),
    .init(
      words: ["train", "gan", "--data", "data", "--size", "16", "-o", "OUT"],
      inputs: ["data/dark/0.png"], ending: ".pt2", isSlow: true),
  ]

  /// Those that fill a folder with a report.
  static let ofFolders: [WritingCommand] = [
    .init(words: ["explain", "photo.png"] + model + ["-o", "OUT"], inputs: net + ["photo.png"]),
    .init(
      words: ["explain", "photo.png"] + model + ["--tree", "tree.json", "-o", "OUT"],
      inputs: net + ["photo.png", "tree.json"]),
    .init(
      words: ["explain", "photo.png"] + model
        + ["--explainer", "rise", "--settings", "masks=8,fill=photos/001.png", "-o", "OUT"],
      inputs: ["photos/001.png"]),
    .init(
      words: ["compare", "photo.png"] + model + ["--explainers", "saliency", "-o", "OUT"],
      inputs: net + ["photo.png"]),
    .init(
      words: ["diff", "toy.pt2", "toy.pt2", "photos", "-o", "OUT"],
      inputs: net + ["photos/000.png"]),
    .init(
      words: ["sanity", "photo.png"] + model + ["--explainers", "saliency", "-o", "OUT"],
      inputs: net + ["photo.png"]),
    .init(
      words: ["counterfactual", "photo.png"] + model + ["--generator", "g.pt2", "-o", "OUT"],
      inputs: net + ["photo.png", "g.pt2", "g.json", "g-encoder.pt2"], isSlow: true),
    .init(
      words: ["evaluate", "report", "run", "--html", "OUT"], inputs: ["run/records.sqlite"]),
  ]
}
