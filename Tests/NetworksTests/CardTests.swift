import Foundation
import Imagery
import Tensors
import Terms
import TestSupport
import Testing

@testable import Networks

/// Cards, labels and how pictures become inputs.
@Suite struct CardTests {
  static let good = """
    {"task": "classification", "output": "logits", "labels": ["a", "b"],
     "input": {"height": 2, "width": 3, "channels": 1, "channelOrder": "gray", "mean": [0.5],
               "std": [0.25], "resize": "squash", "crop": 1}}
    """

  func card(_ text: String) throws -> Card {
    let url = try References.temporaryFolder().appending(path: "card.json")
    try Data(text.utf8).write(to: url)
    return try Card(contentsOf: url.path)
  }

  @Test func `a card survives being written and read`() throws {
    let card = try card(Self.good)
    let again = try self.card(card.json)
    #expect(again == card)
  }

  @Test func `an unknown key names the nearest`() throws {
    do {
      _ = try card(Self.good.replacing("\"mean\"", with: "\"means\""))
      Issue.record("the key was accepted")
    } catch CardError.unknownKey(let key, _, let nearest) {
      #expect(key == "means")
      #expect(nearest == ["mean"])
    }
  }

  @Test(arguments: ["task", "output", "labels", "input"])
  func `a missing key is named`(key: String) throws {
    do {
      _ = try card(Self.good.replacing("\"\(key)\"", with: "\"\(key)\"".uppercased()))
      Issue.record("the card was accepted")
    } catch CardError.unknownKey(let found, _, let nearest) {
      #expect(found == key.uppercased())
      #expect(nearest == [key])
    }
    var fields = try #require(
      JSONSerialization.jsonObject(with: Data(Self.good.utf8)) as? [String: Any])
    fields[key] = nil
    let text = String(decoding: try JSONSerialization.data(withJSONObject: fields), as: UTF8.self)
    do {
      _ = try card(text)
      Issue.record("the card was accepted")
    } catch CardError.missingKey(let found, _) {
      #expect(found == key)
    }
  }

  @Test(arguments: [
    ("\"crop\": 1", "\"crop\": 0"), ("\"crop\": 1", "\"crop\": 1.5"), ("[0.25]", "[0]"),
    ("[0.5]", "[0.5, 0.5]"), ("\"gray\"", "\"grey\""), ("\"squash\"", "\"stretch\""),
    ("\"channels\": 1", "\"channels\": 2"), ("\"height\": 2", "\"height\": 0"),
    ("\"classification\"", "\"detection\""),
    ("\"crop\": 1", "\"crop\": 1, \"interpolation\": \"cubic\""),
    ("\"crop\": 1", "\"crop\": 1, \"convention\": \"ceiling\""),
    ("\"crop\": 1", "\"crop\": 1, \"fill\": [1, 1, 1]"),
    ("\"crop\": 1", "\"crop\": 1, \"fill\": [2]"),
  ])
  func `impossible values are refused`(change: (String, String)) throws {
    do {
      _ = try card(Self.good.replacing(change.0, with: change.1))
      Issue.record("\(change.1) was accepted")
    } catch CardError.value {}
  }

  @Test func `how pictures are prepared survives being written and read`() throws {
    let text = Self.good.replacing(
      "\"crop\": 1",
      with: """
        "crop": 0.9, "interpolation": "bicubic", "convention": "floor", "fill": [0.25]
        """)
    let card = try card(text.replacing("\"squash\"", with: "\"longer-side\""))
    let input = try card.input
    #expect(input.interpolation == .bicubic && input.convention == .floor && input.fill == [0.25])
    #expect(input.resize == .longerSide)
    #expect(try self.card(card.json) == card)
    let plain = try self.card(Self.good)
    #expect(try plain.input.interpolation == .bilinear && plain.input.convention == .torchvision)
    #expect(!plain.json.contains("convention"))
  }

  @Test func `something else than JSON is refused`() throws {
    #expect(throws: CardError.self) { try card("task: classification") }
    #expect(throws: CardError.self) { try card("[1, 2]") }
    #expect(throws: CardError.self) { try Card(contentsOf: "/no/such/card.json") }
  }

  @Test(arguments: [
    ("[0.25]", "[1e-300]", ".input.std.[0]"), ("[0.5]", "[1e308]", ".input.mean.[0]"),
    ("[0.5]", "[1e400]", ".input.mean.[0]"), ("\"crop\": 1", "\"crop\": 1e-60", ".input.crop"),
  ])
  func `a number that is too large or too small is told as such`(
    text: String, other: String, place: String
  ) throws {
    do {
      _ = try card(Self.good.replacing(text, with: other))
      Issue.record("\(other) was read")
    } catch CardError.malformed(_, let detail) {
      let expected = place.replacing(".[", with: "[")
      #expect(detail == "the number at \(expected) is too large or too small")
    }
  }

  @Test func `a number that has to be whole is told as such`() throws {
    do {
      _ = try card(Self.good.replacing("\"height\": 2", with: "\"height\": 2.5"))
      Issue.record("it was read")
    } catch CardError.malformed(_, let detail) { #expect(detail.contains("not whole")) }
  }

  @Test(arguments: ["", " ", "\u{A0}\u{2003}"])
  func `every class needs a name`(name: String) throws {
    let listed = try card(Self.good.replacing("\"b\"", with: "\"\(name)\""))
    #expect(throws: CardError.self) { try listed.labels?.names(relativeTo: "card.json") }
    let file = try References.temporaryFolder().appending(path: "labels.txt")
    try Data("a\n\(name)\nc\n\n".utf8).write(to: file)
    let error = #expect(throws: CardError.self) {
      try Card.Labels.file(file.path).names(relativeTo: nil)
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains("line 2 is empty"))
  }

  @Test func `labels must be as many as the outputs`() throws {
    let program = try ToyNetworks.pooled(kernels: [1], biases: [0], head: [[1], [2], [3]])
    #expect(throws: CardError.labelCount(2, expected: 3, source: "card.json")) {
      try Network(program: program, card: card(Self.good), cardPath: "card.json")
    }
  }

  @Test func `the card's size must be the network's`() throws {
    let program = try ToyNetworks.pooled(
      kernels: [1], biases: [0], head: [[1], [2]], height: 5, width: 5)
    #expect(throws: CardError.inputSize([1, 2, 3], network: [1, 5, 5])) {
      try Network(program: program, card: card(Self.good), cardPath: "card.json")
    }
  }

  @Test func `labels are read from a file beside the card`() throws {
    let folder = try References.temporaryFolder()
    try Data("first\r\nsecond one\n\n".utf8).write(to: folder.appending(path: "names.txt"))
    let text = Self.good.replacing("[\"a\", \"b\"]", with: "\"names.txt\"")
    let path = folder.appending(path: "card.json").path
    try Data(text.utf8).write(to: URL(filePath: path))
    #expect(try Card(contentsOf: path).labelList(relativeTo: path) == ["first", "second one"])
  }
}
