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
  ])
  func `impossible values are refused`(change: (String, String)) throws {
    do {
      _ = try card(Self.good.replacing(change.0, with: change.1))
      Issue.record("\(change.1) was accepted")
    } catch CardError.value {}
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

@Suite struct ClassLabelsTests {
  let labels = ClassLabels([
    "cello", "violin", "acoustic guitar", "acoustic bass", "crane", "crane",
    "Ardenna gravis (Great Shearwater)", "7",
  ])

  @Test func `a class is found by label, beginning, second name or index`() throws {
    #expect(try labels.index(of: "Cello") == 0)
    #expect(try labels.index(of: "viol") == 1)
    #expect(try labels.index(of: "great shearwater") == 6)
    #expect(try labels.index(of: "3") == 3)
  }

  @Test func `a label that is a number comes before an index, and an index before a beginning`()
    throws
  {
    #expect(try labels.index(of: "7") == 7)
    let codes = ClassLabels(["404", "500", "200", "301", "3"])
    #expect(try codes.index(of: "3") == 4, "a label")
    #expect(try codes.index(of: "@3") == 3 && codes.index(of: "@0") == 0, "an index")
    #expect(try codes.index(of: "50") == 1, "no index, and the beginning of one label")
    #expect(try codes.index(of: "2") == 2, "both, and they agree")
    #expect(try codes.index(of: "0") == 0, "an index, and no label's beginning")
    #expect(throws: LabelError.ambiguous("4", candidates: ["3 (@4)", "404 (@0)"])) {
      try codes.index(of: "4")
    }
    #expect(throws: LabelError.index(9, count: 5)) { try codes.index(of: "9") }
    #expect(throws: LabelError.index(5, count: 5)) { try codes.index(of: "@5") }
    let numbered = ClassLabels((0..<12).map { "\($0) class" })
    for place in 0..<12 { #expect(try numbered.index(of: "\(place)") == place) }
    #expect(try ClassLabels(["@1", "b"]).index(of: "@1") == 0, "a label")
  }

  @Test func `what an ambiguous word is answered with finds each class`() throws {
    let odd = ClassLabels(["crane", "crane", "12", "120", "@0 crane", "1 crane"])
    for word in ["crane", "1"] {
      do {
        _ = try odd.index(of: word)
        Issue.record("\(word) is found")
      } catch {
        guard case .ambiguous(_, let candidates) = error else {
          Issue.record("\(error)")
          continue
        }
        for candidate in candidates {
          let way = try #require(candidate.firstMatch(of: /\((@[0-9]+)\)$/)?.1)
          let index = try odd.index(of: String(way))
          #expect(candidate == "\(odd.names[index]) (\(way))")
        }
      }
    }
  }

  @Test func `an ambiguous word names its candidates`() {
    #expect(
      throws: LabelError.ambiguous(
        "acoustic", candidates: ["acoustic guitar (@2)", "acoustic bass (@3)"])
    ) { try labels.index(of: "acoustic") }
    #expect(throws: LabelError.ambiguous("crane", candidates: ["crane (@4)", "crane (@5)"])) {
      try labels.index(of: "crane")
    }
  }

  @Test func `an unknown word names its nearest neighbours`() {
    do {
      _ = try labels.index(of: "chello")
      Issue.record("found a class")
    } catch {
      guard case .unknown("chello", let nearest) = error else {
        Issue.record("\(error)")
        return
      }
      #expect(nearest.first == "cello")
    }
  }

  @Test func `an index out of range is refused`() {
    #expect(throws: LabelError.index(8, count: 8)) { try labels.index(of: "8") }
    #expect(throws: LabelError.index(-1, count: 8)) { try labels.index(of: "-1") }
  }
}

@Suite struct GeometryTests {
  func preprocessing(_ resize: Preprocessing.Resize, _ size: Int, _ crop: Float) -> Preprocessing {
    Preprocessing(
      height: size, width: size, channels: 3, channelOrder: .rgb, mean: [0, 0, 0], std: [1, 1, 1],
      resize: resize, crop: crop)
  }

  @Test func `the shorter side goes to size over crop, the longer in proportion`() {
    let plan = preprocessing(.shorterSide, 224, 0.875).geometry(
      pictureWidth: 1280, pictureHeight: 720)
    #expect(plan == InputGeometry(455, 256, 115, 16, 224))
    let upright = preprocessing(.shorterSide, 224, 0.875).geometry(
      pictureWidth: 333, pictureHeight: 500)
    #expect(upright == InputGeometry(256, 384, 16, 80, 224))
  }

  @Test func `squashing ignores the shape`() {
    let plan = preprocessing(.squash, 32, 1).geometry(pictureWidth: 500, pictureHeight: 100)
    #expect(plan == InputGeometry(32, 32, 0, 0, 32))
  }

  @Test(arguments: [(1, 1), (1, 4000), (4000, 1), (223, 225), (17, 31)])
  func `whatever the picture, the cut lies inside`(size: (Int, Int)) {
    for resize in Preprocessing.Resize.allCases {
      let plan = preprocessing(resize, 224, 0.9).geometry(
        pictureWidth: size.0, pictureHeight: size.1)
      #expect(plan.left >= 0 && plan.left + plan.width <= plan.resizedWidth)
      #expect(plan.top >= 0 && plan.top + plan.height <= plan.resizedHeight)
    }
  }

  @Test func `inputs are normalised by channel, in the order asked for`() throws {
    var input = preprocessing(.squash, 1, 1)
    input.mean = [0.1, 0.2, 0.3]
    input.std = [0.5, 0.25, 2]
    let picture = try Picture(width: 1, height: 1, pixels: [255, 51, 0])
    expectClose(
      try input.input(from: picture).floats(), [0.9 / 0.5, 0, -0.15], within: 1e-6)
    input.channelOrder = .bgr
    expectClose(
      try input.input(from: picture).floats(), [-0.1 / 0.5, 0, 0.7 / 2], within: 1e-6)
  }

  @Test(arguments: [Preprocessing.ChannelOrder.rgb, .bgr])
  func `an input shows the picture that it was made of`(order: Preprocessing.ChannelOrder) throws {
    var input = preprocessing(.squash, 1, 1)
    (input.mean, input.std, input.channelOrder) = ([0.1, 0.2, 0.3], [0.5, 0.25, 2], order)
    let picture = try Picture(width: 1, height: 2, pixels: [255, 51, 0, 3, 250, 77])
    #expect(try input.picture(from: input.input(fromCut: picture)) == picture)
    let grey = try ToyNetworks.card(height: 2, width: 1, labels: ["a", "b"]).input
    let shown = try grey.picture(from: grey.input(fromCut: picture))
    let lumas = [0, 1].compactMap { picture[0, $0]?.luma }
    #expect(shown.pixels == lumas.flatMap { [$0, $0, $0] })
  }
}

extension InputGeometry {
  fileprivate init(_ width: Int, _ height: Int, _ left: Int, _ top: Int, _ side: Int) {
    self.init(
      resizedWidth: width, resizedHeight: height, left: left, top: top, width: side, height: side)
  }
}
