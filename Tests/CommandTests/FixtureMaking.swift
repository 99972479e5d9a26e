import Confusion
import Files
import Foundation
import Imagery
import Networks
import TestSupport
import Testing

/// Where fixtures are written to, if they are.
private enum FixturePlace {
  static let destination = ProcessInfo.processInfo.environment["RATHER_FIXTURES"].map {
    URL(filePath: $0, relativeTo: References.package).absoluteURL
  }

  static let isWanted = destination != nil
}

/// Writes one file of every kind with the version at hand, to be kept under `Tests/Fixtures` for ever:
/// `RATHER_FIXTURES=Tests/Fixtures/1.2.3 SOURCE_DATE_EPOCH=… swift test --filter FixtureMaking`.
@Suite(.enabled(if: FixturePlace.isWanted, "RATHER_FIXTURES does not name a folder to fill"))
struct FixtureMaking {
  /// Copies a file that a place holds to where fixtures are kept.
  private func keep(_ source: URL, as name: String) throws {
    guard let target = FixturePlace.destination?.appending(path: name) else { return }
    let files = FileManager.default
    try files.createDirectory(
      at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? files.removeItem(at: target)
    try files.copyItem(at: source, to: target)
  }

  private func run(_ words: [String], in folder: URL) throws {
    let run = try Command(words, in: folder)
    #expect(run.status == 0, "\(words.joined(separator: " ")): \(run.messages)")
  }

  @Test func `cards and networks`() throws {
    let place = try Workplace()
    func keep(_ name: String) throws {
      try self.keep(place.folder.appending(path: name), as: "cards/" + name)
    }
    var card = ToyNetworks.card(height: 4, width: 6, labels: ["cello", "violin", "viola"])
    card.layers = .init(cluster: "relu", class: "conv")
    try card.write(to: place.path("classifier.json"))
    card.labels = .file("labels.txt")
    (card.output, card.outputName) = (.probabilities, "0")
    card.layers = nil
    try card.write(to: place.path("probabilities.json"))
    try place.write("labels.txt", "cello\nviolin\nviola\n")
    (card.task, card.output, card.labels, card.outputName) = (.regression, .value, nil, nil)
    try card.write(to: place.path("regression.json"))
    for name in ["classifier.json", "probabilities.json", "labels.txt", "regression.json"] {
      try keep(name)
    }
    for kind in GeneratorCard.Kind.allCases {
      let name = "generator-\(kind.rawValue).json"
      try GeneratorCard(
        kind: kind, decoder: "g.pt2", encoder: kind == .gan ? nil : "g-encoder.pt2",
        latentLength: 2, output: card.input
      ).write(to: place.path(name))
      try keep(name)
    }
    for name in ["toy.pt2", "toy.json"] {
      try self.keep(place.folder.appending(path: name), as: "networks/" + name)
    }
  }

  @Test func `trees and documents`() throws {
    let place = try TreePlace()
    try place.write("labels.txt", "violin\nviola\ncello\nlynx\ntabby\ncougar\n")
    try run(
      ["tree", "learn", "docs.txt.gz", "-o", "learnt.json", "--labels", "labels.txt"]
        + ["--model-file", "learnt.bif", "--published-file", "published.json", "--seed", "3"]
        + ["--force"], in: place.folder)
    try run(
      ["tree", "learn", "docs.txt.gz", "--by", "louvain", "-o", "louvain.json"], in: place.folder)
    try Corpus(TreePlace.documents).write(to: place.path("documents.txt"))
    let packed = Gzip.compressed(Array(try place.bytes("learnt.json")))
    try Data(packed).write(to: place.folder.appending(path: "learnt.json.gz"))
    for name in ["learnt.json", "learnt.json.gz", "learnt.bif", "published.json", "louvain.json"] {
      try keep(place.folder.appending(path: name), as: "trees/" + name)
    }
    try keep(place.folder.appending(path: "documents.txt"), as: "documents/bare.txt")
    try keep(place.folder.appending(path: "docs.txt.gz"), as: "documents/bare.txt.gz")
    let pictures = try EvaluatePlace(pictures: 4)
    for name in ["collected.txt.gz", "collected.txt"] {
      try run(["documents", "photos", "--model", "toy.pt2", "-o", name], in: pictures.place.folder)
      try keep(pictures.place.folder.appending(path: name), as: "documents/" + name)
    }
  }

  @Test func `a run of evaluation`() throws {
    let evaluated = try EvaluatePlace(pictures: 2)
    let done = try evaluated.run("--schemes", "swox,cwox-2s")
    #expect(done.status == 0, "\(done.messages)")
    try keep(
      evaluated.place.folder.appending(path: "run/records.sqlite"), as: "run/records.sqlite")
  }

  /// A command that writes a report, and what its manifest is kept as.
  private static let explaining: [(name: String, words: [String])] = [
    ("explanation", ["explain", "photo.png", "--why", "cello", "--rather-than", "violin"]),
    (
      "explanation-checked",
      ["explain", "photo.png", "--why", "cello", "--rather-than", "violin", "--check"]
        + ["--explainer", "rise", "--settings", "masks=8"]
    ),
    ("explanation-scheme", ["explain", "photo.png", "--tree", "tree.json", "--mass", "1"]),
    ("comparison", ["compare", "photo.png", "--explainers", "grad-cam,occlusion,lime"]),
    ("sanity", ["sanity", "photo.png", "--explainers", "grad-cam,saliency"]),
  ]

  @Test func `manifests of explanations`() throws {
    let place = try EvaluatePlace(pictures: 0).place
    for (name, words) in Self.explaining {
      try run(words + ["--model", "toy.pt2", "--seed", "5", "-o", name], in: place.folder)
      try keepManifest(of: name, in: place.folder)
    }
    try ToyNetworks.pooled(
      kernels: [1, -2], biases: [0.1, 1], head: [[0.5, 0.25]], height: 4, width: 6
    ).write(to: place.path("quality.pt2"))
    var card = ToyNetworks.card(height: 4, width: 6, labels: [])
    (card.task, card.output, card.labels) = (.regression, .value, nil)
    try card.write(to: place.path("quality.json"))
    try run(
      ["explain", "photo.png", "--model", "quality.pt2", "--rather-than", "0.75"]
        + ["-o", "explanation-regression"], in: place.folder)
    try keepManifest(of: "explanation-regression", in: place.folder)
  }

  @Test func `manifests of counterfactuals`() throws {
    let place = try CounterfactualTests.Place()
    let model = ["--model", "toy.pt2", "--generator", "g.pt2", "--rather-than", "9"]
    try run(
      ["counterfactual", "a.png", "--beside", "xgems", "-o", "counterfactual"] + model,
      in: place.folder)
    try run(
      ["counterfactual", "list.txt", "--summary", "-o", "counterfactual-summary"] + model,
      in: place.folder)
    for name in ["counterfactual", "counterfactual-summary"] {
      try keepManifest(of: name, in: place.folder)
    }
  }

  private func keepManifest(of name: String, in folder: URL) throws {
    try keep(folder.appending(path: "\(name)/manifest.json"), as: "manifests/\(name).json")
  }
}
