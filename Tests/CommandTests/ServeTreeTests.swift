import Foundation
import TestSupport
import Testing

/// The latent tree and whole answers, asked of the workbench as its page asks.
///
/// Kinds: known answers (those of the commands, byte for byte), bad input, and the page in a browser.
@Suite struct ServeTreeTests {
  private let place: InstrumentPlace
  private var folder: URL { place.folder }

  init() throws { place = try InstrumentPlace() }

  @Test func `the tree comes as columns, and anew once its file is written anew`() throws {
    let served = try place.served()
    struct Tree: Decodable {
      struct Latents: Decodable { let names: [String], levels: [Int], parents: [Int?] }
      struct Classes: Decodable { let indices: [Int], labels: [String], parents: [Int] }
      let height: Int, latents: Latents, classes: Classes
    }
    func tree() throws -> Tree {
      try JSONDecoder().decode(Tree.self, from: served.ask("/api/tree").body)
    }
    let found = try tree()
    #expect(found.height == 3 && found.classes.labels == InstrumentPlace.labels)
    #expect(found.classes.indices == Array(0..<8))
    #expect(found.latents.levels.sorted() == [1, 1, 1, 1, 2, 2, 3])
    for (place, level) in found.latents.levels.enumerated() {
      let parent = found.latents.parents[place]
      #expect((parent == nil) == (level == 3))
      if let parent { #expect(parent < place && found.latents.levels[parent] == level + 1) }
    }
    let pairs = found.classes.parents.map { found.latents.names[$0] }
    #expect(pairs == ["Z11", "Z11", "Z12", "Z12", "Z13", "Z13", "Z14", "Z14"])
    try Data(InstrumentPlace.tree.replacing("oboe", with: "horn").utf8)
      .write(to: folder.appending(path: "tree.json"))
    #expect(try tree().classes.labels.last == "horn")
  }

  @Test func `without a tree there is a sentence, and none is sent`() throws {
    let served = try Served(["--model", "toy.pt2", "photos"], in: folder)
    let reply = try served.ask("/api/tree")
    #expect(reply.status == 404 && reply.text.contains("--tree"), "\(reply.text)")
  }

  @Test func `a whole answer with all its choices is that of its command, byte for byte`() throws {
    let served = try place.served()
    let (id, facts) = try served.answer([
      "input": try served.firstInput(),
      "whole": [
        "level": 2, "limit": 6, "mass": 1, "without": "viola", "support": "range:0.25",
        "clusterStage": ["explainer": "rise", "settings": "masks=30"],
        "classStage": ["layer": "conv"],
      ],
    ])
    let command = try #require(facts["command"] as? String)
    #expect(
      command == "rather explain photos/a.png --model toy.pt2 --tree tree.json --level 2 --top 6 "
        + "--mass 1.0 --without viola --support range:0.25 --cluster-explainer rise "
        + "--cluster-settings masks=30 --class-layer conv", "\(facts)")
    try served.expectReport(of: id, isThatOf: command)
  }

  @Test func `what cannot be asked of a whole answer gets a sentence`() throws {
    let served = try place.served()
    let input = try served.firstInput()
    let tries: [([String: Any], String)] = [
      (["level": 4], "level 4"), (["without": "fiddle"], "fiddle"),
      (["support": "percentile:101"], "support"), (["limit": 51], "--top"),
      (["clusters": "cello,violin;cello"], "cello in two clusters"),
      (["clusterStage": ["explainer": "gradcam"]], "grad-cam"),
      (
        ["clusterStage": ["explainer": "rise", "settings": "fill=photos/a.png"]], "not name a file"
      ),
      (["classStage": ["explainer": "lime", "settings": "fill=photos/a.png"]], "not name a file"),
      (["classStage": ["settings": "baseline=photos/a.png"]], "baseline"),
    ]
    for (whole, words) in tries {
      let reply = try served.post("/api/answers", ["input": input, "whole": whole])
      var text = reply.text
      if reply.status < 400, let id = try reply.json()["id"] as? String {
        _ = try served.ask("/api/answers/\(id)/events")
        text = try served.ask("/api/answers/\(id)").text
      }
      #expect(text.contains(words), "\(whole): \(text)")
    }
  }

  /// What the script does, in its order.
  private static let scenarios = [
    "opens", "counts", "cuts", "merges", "drags", "moves_by_keys", "takes_out", "chooses", "stays",
    "pictures", "fits_whole", "is_accessible", "confuses", "shows_photos", "fits_confusions",
    "is_accessible", "is_quiet",
  ]

  @Test(.enabled(if: ServePageTests.hasBrowser, "Chromium, Selenium or axe is not installed"))
  func `a person cuts, merges, moves and takes out, and looks through the tree`() throws {
    let served = try place.served()
    try served.browse(by: "browse_tree.py", bringing: "photos/a.png", through: Self.scenarios)
  }
}
