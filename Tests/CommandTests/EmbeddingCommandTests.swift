import Foundation
import Imagery
import Networks
import Tensors
import TestSupport
import Testing

/// What a person sees of a network that gives a vector for each picture.
@Suite struct EmbeddingCommandTests {
  private static let usage: Int32 = 64

  /// A network whose vector is the mean brightness and a half.
  private func place(_ change: (inout Card) -> Void = { _ in }) throws -> Workplace {
    let place = try Workplace()
    try ToyNetworks.pooled(
      kernels: [1, 0], biases: [0, 0.5], head: [[1, 0], [0, 1]], height: 4, width: 6
    ).write(to: place.path("toy.pt2"))
    var card = ToyNetworks.card(height: 4, width: 6, labels: [])
    (card.output, card.labels) = (.embedding, nil)
    change(&card)
    try card.write(to: place.path("toy.json"))
    try FileManager.default.createDirectory(
      atPath: place.path("sets/light"), withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: place.path("sets/dark"), withIntermediateDirectories: true)
    try photo(place, "photo.png", 200)
    try photo(place, "sets/light/a.png", 255)
    try photo(place, "sets/light/b.png", 245)
    try photo(place, "sets/dark/a.png", 0)
    return place
  }

  private func photo(_ place: Workplace, _ name: String, _ grey: UInt8) throws {
    try Data(Picture(width: 6, height: 4, pixels: [UInt8](repeating: grey, count: 72)).png())
      .write(to: place.folder.appending(path: name))
  }

  private let words = ["photo.png", "--model", "toy.pt2"]

  private func manifest(_ place: Workplace, _ folder: String) throws -> [String: Any] {
    let data = try Data(contentsOf: place.folder.appending(path: folder + "/manifest.json"))
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test func `the nearest references are listed, and asked about`() throws {
    let place = try place()
    let told = try Command(
      ["predict"] + words + ["--references", "sets/light", "sets/dark", "photo.png"],
      in: place.folder)
    #expect(told.status == 0, "\(told.messages)")
    let order = ["photo", "light", "dark"].map { told.output.range(of: $0 + "\n")?.lowerBound }
    let own = told.output.split(separator: "\n").last { $0.hasSuffix(" photo") }
    let cosine = own.flatMap { $0.split(separator: " ").first }.flatMap { Float($0) } ?? 0
    // Lengths are rounded.
    #expect(!order.contains(nil) && abs(cosine - 1) < 1e-6, "\(told.output)")
    let run = try Command(
      ["explain"] + words + ["--references", "sets", "--explainer", "saliency", "-o", "why"],
      in: place.folder)
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.output.contains("Why more like light than dark?"), "\(run.output)")
    let found = try manifest(place, "why")
    let values = try #require(found["values"] as? [[String: Any]])
    #expect(values.map { $0["label"] as? String } == ["light", "dark"])
    let map = try #require((found["maps"] as? [[String: Any]])?[0])
    #expect(map["score"] as? String == "mean")
    // cos of (b, .5) and of (0, .5) is .5 / |(b, .5)|.
    let b = 200.0 / 255
    let dark = 0.5 / (b * b + 0.25).squareRoot()
    let told2 = try #require(values[1]["value"] as? Double)
    #expect(abs(told2 - dark) < 1e-6, "\(told2) is not \(dark)")
    let score = try #require((map["scoreValues"] as? [Double])?.first)
    let light = try #require(values[0]["value"] as? Double)
    #expect(abs(score - (light - dark)) < 1e-6)
  }

  @Test func `references of the card, and vectors that were stored, are the same`() throws {
    let place = try place { $0.references = ["sets"] }
    let light = try Tensor([1, 0.5] as [Float], shape: [2])
    try NumPyFile.data(of: light).write(to: place.folder.appending(path: "light.npy"))
    let byCard = try Command(["predict"] + words, in: place.folder)
    #expect(byCard.status == 0 && byCard.output.contains("light"), "\(byCard.messages)")
    try photo(place, "sets/light/b.png", 255)
    let pictures = try Command(["predict"] + words, in: place.folder)
    let stored = try Command(
      ["predict"] + words + ["--references", "light.npy", "sets/dark"], in: place.folder)
    #expect(stored.status == 0 && stored.output == pictures.output, "\(stored.messages)")
  }

  @Test func `what cannot be compared is said`() throws {
    let place = try place()
    let explain = ["explain"] + words
    let wrong = try Tensor([1, 2, 3] as [Float], shape: [3])
    try NumPyFile.data(of: wrong).write(to: place.folder.appending(path: "wrong.npy"))
    try NumPyFile.data(of: wrong * 0).write(to: place.folder.appending(path: "zero.npy"))
    try Data("no array".utf8).write(to: place.folder.appending(path: "text.npy"))
    try Data("no archive".utf8).write(to: place.folder.appending(path: "text.npz"))
    let sets = ["--references", "sets"]
    for (options, messages) in [
      ([], ["vector of 2 numbers", "--references"]),
      (["--references", "wrong.npy"], ["has 3 numbers", "have 2"]),
      (["--references", "zero.npy"], ["no direction"]),
      (["--references", "text.npy"], ["no array of NumPy"]),
      (["--references", "text.npz"], ["text.npz cannot be used"]),
      (["--references", "none.npy"], ["none.npy cannot be used"]),
      (sets + ["--check"], ["probabilities", "--check"]),
      (sets + ["--score", "probability"], ["no probabilities"]),
      (sets + ["--why", "light", "--rather-than", "light"], ["share"]),
      (sets + ["--why", "lihgt"], ["did you mean light"]),
    ] {
      let run = try Command(explain + options, in: place.folder)
      #expect(run.status == Self.usage, "\(options): \(run.status), \(run.messages)")
      for message in messages {
        #expect(run.messages.contains(message), "\(options): \(run.messages)")
      }
    }
    let documents = try Command(
      ["documents", "make", "sets", "--model", "toy.pt2", "-o", "d.jsonl"] + sets,
      in: place.folder)
    #expect(documents.status != 0, "\(documents.output)")
    let plain = try Workplace()
    let refused = try Command(
      ["predict"] + words + ["--references", "photo.png"], in: plain.folder)
    #expect(
      refused.status == Self.usage && refused.messages.contains("gives none"), "\(refused.messages)"
    )
  }
}
