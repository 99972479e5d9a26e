import Foundation
import Networks
import Report
import Terms
import TestSupport
import Testing

/// `rather explain` and `predict` end to end on a toy network.
@Suite struct ExplainTests {
  func manifest(_ run: Command) throws -> Manifest {
    try JSONDecoder().decode(Manifest.self, from: Data(run.output.utf8))
  }

  @Test func `one question is answered first, then its reverse, then each alone`() throws {
    let place = try Workplace()
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--rather-than", "violin",
      "--output", "answer", "--json")
    #expect(run.status == 0, "\(run.messages)")
    let found = try manifest(run)
    #expect(
      found.maps.map(\.question) == [
        "Why cello, rather than violin?", "Why violin, rather than cello?", "Why cello?",
        "Why violin?",
      ])
    #expect(found.maps[0].layer == "relu")
    #expect(found.maps[0].settings["layerChoice"] == "the last spatial layer")
    #expect(found.input?.size == .init(width: 12, height: 8))
    #expect(found.network?.sha256.count == 64)
    let written = try String(contentsOfFile: place.path("answer/manifest.json"), encoding: .utf8)
    #expect(written == run.output, "--json prints what the file holds")
  }

  @Test func `without a question each likely class is set against the others`() throws {
    let place = try Workplace()
    let run = try place.run("explain", "photo.png", "--model", "toy.pt2", "--json")
    let found = try manifest(run)
    let contrasts = found.maps.filter { $0.foil != nil }
    #expect(contrasts.count == found.maps.count / 2)
    #expect(
      contrasts.allSatisfy { ($0.fact?.count ?? 0) + ($0.foil?.count ?? 0) == contrasts.count })
    #expect(try place.left == ["photo-why"], "the folder is named after the picture")
  }

  @Test func `sets, contrast outside and a layer by name`() throws {
    let place = try Workplace()
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--why", "cello,viola", "--rather-than", "1",
      "--contrast", "outside", "--layer", "conv", "--json")
    let found = try manifest(run)
    #expect(found.maps[0].fact?.map(\.label) == ["cello", "viola"])
    #expect(found.maps[0].contrast == "outside")
    #expect(found.maps[0].layer == "conv")
    #expect(found.maps[0].scoreValues.count == 2)
  }

  @Test func `a foil alone asks why the answer rather than it`() throws {
    let place = try Workplace()
    let answer = try manifest(
      place.run("explain", "photo.png", "--model", "toy.pt2", "--json", "--output", "a")
    ).prediction
    let foil = answer[1].label
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--rather-than", foil, "--json", "--output", "b"
    )
    #expect(try manifest(run).maps[0].fact?.map(\.label) == [answer[0].label])
  }

  @Test func `the same command gives the same maps`() throws {
    let place = try Workplace()
    for out in ["a", "b"] {
      _ = try place.run("explain", "photo.png", "--model", "toy.pt2", "--output", out)
    }
    #expect(
      try Data(contentsOf: place.folder.appending(path: "a/maps.npz"))
        == Data(contentsOf: place.folder.appending(path: "b/maps.npz")))
  }

  @Test func `a regression is asked why it did not give another value`() throws {
    let place = try Workplace()
    try ToyNetworks.pooled(
      kernels: [1, -2], biases: [0.1, 1], head: [[0.5, 0.25]], height: 4, width: 6
    ).write(to: place.path("quality.pt2"))
    var card = ToyNetworks.card(height: 4, width: 6, labels: [])
    card.task = .regression
    card.output = .value
    card.labels = nil
    try card.write(to: place.path("quality.json"))
    let run = try place.run(
      "explain", "photo.png", "--model", "quality.pt2", "--rather-than", "0.75", "--json")
    #expect(run.status == 0, "\(run.messages)")
    let found = try manifest(run)
    let value = try #require(found.value)
    #expect(found.maps[0].question.hasSuffix(", rather than 0.75?"))
    #expect(found.maps[0].score == "squared-error")
    #expect(abs(found.maps[0].scoreValues[0] - (value - 0.75) * (value - 0.75)) < 1e-6)
    #expect(found.maps[0].fact == nil && found.prediction.isEmpty)
    let wrong = try place.run("explain", "photo.png", "--model", "quality.pt2", "--why", "cat")
    #expect(wrong.status == 64 && wrong.messages.contains("regression"))
  }

  @Test func `surprise says that it depends on the foil alone`() throws {
    let place = try Workplace()
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--rather-than", "violin",
      "--score", "surprise", "--output", "answer")
    #expect(run.status == 0, "\(run.messages)")
    let page = try String(contentsOfFile: place.path("answer/index.html"), encoding: .utf8)
    #expect(page.contains("depends on the foil alone"))
  }

  @Test func `predictions come as JSON for every picture of a folder`() throws {
    struct Row: Decodable {
      struct Class: Decodable {
        let index: Int
        let label: String
        let probability: Float
        let logit: Float
      }
      let file: String
      let top: [Class]
    }
    let place = try Workplace()
    let run = try place.run("predict", ".", "--model", "toy.pt2", "--top", "2", "--json")
    #expect(run.status == 0, "\(run.messages)")
    let rows = try JSONDecoder().decode([Row].self, from: Data(run.output.utf8))
    #expect(rows.map(\.file) == ["./photo.png"])
    #expect(rows[0].top.count == 2)
    #expect(rows[0].top[0].probability >= rows[0].top[1].probability)
  }

  @Test func `a network is inspected as text and as JSON`() throws {
    let place = try Workplace()
    let text = try place.run("network", "inspect", "toy.pt2")
    #expect(text.output.contains("* conv"))
    #expect(text.output.contains("aten::conv2d"))
    #expect(text.output.contains("missing: layers.cluster"))
    let json = try place.run("network", "inspect", "toy.pt2", "--json")
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["lastSpatialLayer"] as? String == "relu")
    #expect((object["layers"] as? [[String: Any]])?.count == 4)
  }

  @Test func `options stand in for a card`() throws {
    let place = try Workplace()
    let before = try place.run("predict", "photo.png", "--model", "toy.pt2")
    try FileManager.default.removeItem(atPath: place.path("toy.json"))
    try place.write("names.txt", "cello\nviolin\nviola\n")
    let after = try place.run(
      "predict", "photo.png", "--model", "toy.pt2", "--labels", "names.txt", "--mean", "0",
      "--std", "1", "--resize", "squash")
    #expect(after.status == 0, "\(after.messages)")
    #expect(after.output == before.output)
  }
}
