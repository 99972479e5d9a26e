import Confusion
import Files
import Foundation
import Networks
import TestSupport
import Testing

/// Names that would clear the terminal, fake lines or turn text round, as a stranger's files may hold.
@Suite struct HiddenCharacterTests {
  static let hidden = "\u{1B}[2J\u{1B}[31mnasty\nError: faked\u{202E}\u{9B}1m\r\u{7F}"

  /// A workplace whose labels, picture, network, tree and layer have such names.
  static func place() throws -> Workplace {
    let place = try Workplace()
    var card = ToyNetworks.card(
      height: 4, width: 6, labels: ["cello" + hidden, "violin" + hidden, "viola"])
    card.layers = .init(cluster: "conv", class: "conv")
    try card.write(to: place.path("toy.json"))
    for name in ["photo.png", "toy.pt2", "toy.json"] {
      try FileManager.default.copyItem(
        atPath: place.path(name), toPath: place.path("\u{1B}[2J\n" + name))
    }
    let tree = try LatentTree(
      latents: [.init(name: "Z\u{1B}[2J\n11", level: 1, parent: nil)],
      leaves: [
        .init(index: 0, label: "cello" + hidden, parent: 0),
        .init(index: 1, label: "violin" + hidden, parent: 0),
      ])
    try WholeFile.write(try TreeFile(tree).text(.own), to: place.path("tree.json"))
    return place
  }

  static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar != "\n" && (scalar.properties.generalCategory == .control || scalar == "\u{202E}")
  }

  @Test(arguments: [
    ["predict", "\u{1B}[2J\nphoto.png", "--model", "\u{1B}[2J\ntoy.pt2"],
    ["predict", "photo.png", "none\u{1B}[2J\n.png", "--model", "toy.pt2"],
    ["explain", "photo.png", "--model", "toy.pt2"],
    ["explain", "photo.png", "--model", "toy.pt2", "--why", "c", "--rather-than", "v"],
    ["explain", "photo.png", "--model", "toy.pt2", "--why", "vio"],
    ["explain", "photo.png", "--model", "toy.pt2", "--tree", "tree.json"],
    ["compare", "photo.png", "--model", "toy.pt2", "--why", "c", "--methods", "rise,saliency"],
    ["network", "inspect", "\u{1B}[2J\ntoy.pt2"], ["tree", "show", "tree.json"],
    ["tree", "show", "\u{1B}[2J\ntoy.json"], ["tree", "cut", "tree.json", "0", "1"],
    ["tree", "learn", "\u{1B}[2J\nphoto.png", "-o", "none\u{1B}\n/tree.json"],
    ["documents", ".", "--model", "toy.pt2", "-o", "docs\u{1B}\n.txt"],
    ["evaluate", "report", "run\u{1B}[2J\n"],
    ["\u{1B}[2Jexplian\nError: faked"], ["explain", "photo.png", "x\u{1B}[2J\nError: faked"],
    ["explain", "photo.png", "--x\u{1B}[2J\nError: faked"], ["tree", "\u{1B}[2J"],
    ["predict", "photo.png", "--model", "toy.pt2", "--top", "\u{1B}[2J\nError: faked"],
    ["predict", "photo.png", "--model", "toy.pt2", "--top=\u{9B}1m\nError: faked"],
    ["compare", "photo.png", "--model", "toy.pt2", "--colors", "\u{202E}\nError: faked"],
    ["evaluate", "run", "--schemes", "\u{7F}\nError: faked"],
    ["predict", "photo.png", "--model", "toy.pt2", "--json"],
    ["explain", "photo.png", "--model", "toy.pt2", "--json"],
    ["network", "inspect", "toy.pt2", "--json"],
  ])
  func `nothing hidden is printed, and no line is faked`(words: [String]) throws {
    let place = try Self.place()
    let run = try Command(words, in: place.folder)
    let printed = run.output + run.messages
    #expect(!printed.isEmpty)
    #expect(!printed.unicodeScalars.contains(where: Self.isHidden), "\(printed.debugDescription)")
    #expect(!printed.contains("\nError: faked"), "\(printed)")
    #expect(run.messages.split(separator: "\n").count { $0.hasPrefix("Error: ") } <= 2)
  }

  @Test func `JSON still holds the names as they are`() throws {
    let place = try Self.place()
    let run = try place.run("predict", "photo.png", "--model", "toy.pt2", "--json")
    let rows = try #require(
      JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
    let classes = try #require(rows[0]["top"] as? [[String: Any]])
    #expect(classes.contains { $0["label"] as? String == "cello" + Self.hidden })
  }

  @Test func `a page shows nothing hidden either`() throws {
    let place = try Self.place()
    let run = try place.run("explain", "photo.png", "--model", "toy.pt2", "-o", "out")
    #expect(run.status == 0, "\(run.messages)")
    let page = try String(contentsOfFile: place.path("out/index.html"), encoding: .utf8)
    #expect(page.contains("nasty") && !page.unicodeScalars.contains(where: Self.isHidden))
  }

  @Test func `a reader that goes away is an error of writing, not a signal`() throws {
    let place = try Workplace()
    let run = try Command(
      ["predict", "photo.png", "--model", "toy.pt2"], in: place.folder, isRead: false)
    #expect(run.status == 74)
    #expect(run.messages == "Error: standard output cannot be written: it is closed or full\n")
  }
}
