import Contrast
import Documents
import Faithfulness
import Foundation
import Saliency
import Sessions
import TestSupport
import Testing

/// A command writes what the request of the same words writes.
///
/// Kinds: parity of the two doors.
@Suite struct RequestTableTests {
  /// Words of a command, and the request that they are.
  struct Line: CustomTestStringConvertible, Sendable {
    let words: [String]
    let answer: @Sendable (Workplace, PlaceChoice) throws -> Void

    var testDescription: String { words.joined(separator: " ") }
  }

  private static func network(_ place: Workplace) -> NetworkChoice {
    var choice = NetworkChoice(place.path("toy.pt2"))
    choice.threads = 1
    return choice
  }

  private static func explain(
    _ words: String..., change: @escaping @Sendable (inout Sessions.Explain) -> Void = { _ in }
  ) -> Line {
    Line(words: ["explain", "photo.png"] + words) { place, out in
      var request = Sessions.Explain(place.path("photo.png"), of: network(place))
      request.place = out
      change(&request)
      _ = try Session().run(request).wait()
    }
  }

  static let lines = [
    explain(),
    explain("--why", "cello", "--rather-than", "violin,viola", "--contrast", "outside") {
      $0.question = QuestionChoice(why: "cello", ratherThan: "violin,viola")
      $0.question.contrast = .outside
    },
    explain(
      "--clusters", "cello,violin;viola", "--class-explainer", "saliency", "--support", "range:0.2",
      "--top", "2", "--without", "violin", "--seed", "3", "--signed"
    ) {
      $0.whole.clusters = "cello,violin;viola"
      $0.whole.classStage.explainer = "saliency"
      $0.whole.support = .rangeFraction(0.2)
      $0.whole.limit = 2
      $0.whole.without = "violin"
      $0.seed = 3
      $0.drawing.signed = true
    },
    explain("--check", "--check-draws", "19", "--fill", "black", "--score", "logit") {
      $0.check = CheckChoice()
      $0.check?.draws = 19
      $0.check?.fill = "black"
      $0.question.score = .logit
    },
    Line(
      words: ["compare", "photo.png", "--explainers", "saliency,rise"]
        + ["--settings", "rise:masks=50", "--reduce", "max-abs"]
    ) { place, out in
      var request = Sessions.Compare()
      (request.pictures, request.network) = ([place.path("photo.png")], network(place))
      request.methods = MethodsChoice(["saliency", "rise"])
      request.methods.settings = ["rise:masks=50"]
      request.methods.reduction = .maxAbs
      request.place = out
      _ = try Session().run(request).wait()
    },
    Line(
      words: ["sanity", "photo.png", "--explainers", "saliency", "--tests", "cascade,foil"]
        + ["--stages", "2", "--draws", "2"]
    ) { place, out in
      var request = Sessions.Sanity()
      (request.pictures, request.network) = ([place.path("photo.png")], network(place))
      request.methods = MethodsChoice(["saliency"])
      (request.tests, request.stages, request.draws) = ([.cascade, .randomFoil], 2, 2)
      request.place = out
      _ = try Session().run(request).wait()
    },
  ]

  @Test(arguments: lines)
  func `words and the request that they are write one manifest`(line: Line) throws {
    let place = try Workplace()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    // Whole paths, as the request has; manifests name files.
    let words = line.words.map { $0 == "photo.png" ? place.path($0) : $0 }
    let run = try Command(
      words + ["--model", place.path("toy.pt2"), "--threads", "1", "-o", "words"], in: place.folder)
    #expect(run.status == 0, "\(run.messages)")
    try line.answer(place, PlaceChoice(place.path("request")))
    let (typed, asked) = try (manifest(place, "words"), manifest(place, "request"))
    #expect(typed.count > 5)
    #expect(typed == asked)
  }

  /// The files that other commands write, byte by byte, but for what says when.
  @Test func `words and the request that they are write the same documents and tree`() throws {
    let place = try Workplace()
    defer { try? FileManager.default.removeItem(at: place.folder) }
    try FileManager.default.createDirectory(
      atPath: place.path("photos"), withIntermediateDirectories: true)
    for name in ["a", "b", "c"] {
      try FileManager.default.copyItem(
        atPath: place.path("photo.png"), toPath: place.path("photos/\(name).png"))
    }
    let run = try Command(
      ["documents", place.path("photos"), "--model", place.path("toy.pt2"), "--at-most", "2"]
        + ["--threads", "1", "-o", "words.txt"], in: place.folder)
    #expect(run.status == 0, "\(run.messages)")
    var documents = Sessions.Documents()
    (documents.pictures, documents.network) = (place.path("photos"), Self.network(place))
    (documents.atMost, documents.file) = (2, place.path("request.txt"))
    let answer = try Session().run(documents).wait()
    #expect(answer.pictureCount == 3 && answer.summary.documents == 3)
    #expect(try bytes(place, "words.txt") == bytes(place, "request.txt"))
    try place.write("docs.txt", (0..<40).map { "\($0 % 4) \(($0 + 1) % 4)\n" }.joined())
    let learnt = try Command(
      ["tree", "learn", "docs.txt", "-o", "words.json", "--seed", "3", "--round-count", "0"]
        + ["--batch-size", "off"], in: place.folder)
    #expect(learnt.status == 0, "\(learnt.messages)")
    var learn = LearnTree()
    (learn.documents, learn.file) = (place.path("docs.txt"), place.path("request.json"))
    (learn.seed, learn.hlta.roundCount, learn.hlta.batchSize) = (3, 0, .off)
    _ = try Session().run(learn).wait()
    #expect(try bytes(place, "words.json") == bytes(place, "request.json"))
  }

  private func bytes(_ place: Workplace, _ name: String) throws -> Data {
    try Data(contentsOf: place.folder.appending(path: name))
  }

  /// A manifest without what two runs do not share.
  private func manifest(_ place: Workplace, _ out: String) throws -> NSDictionary {
    let data = try Data(contentsOf: place.folder.appending(path: "\(out)/manifest.json"))
    let found = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let rest = found.filter { !["command", "created"].contains($0.key) }
    return NSDictionary(dictionary: rest)
  }
}
