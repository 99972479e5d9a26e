import Counterfactuals
import Foundation
import Imagery
import Networks
import Report
import Tensors
import Terms
import TestSupport
import Testing

/// `rather counterfactual` as a person would type it: what it writes and prints, and bad input.
@Suite struct CounterfactualTests {
  /// A folder with three pixels, a linear network on them and a generator that draws two of them.
  struct Place: CommandPlace {
    let folder: URL

    init() throws {
      folder = try References.temporaryFolder()
      let network = try ToyDrawing.network(
        [[5, 0, 0], [0, 5, 0], [1, 1, 0]], biases: [0, 0, -1])
      try network.program.write(to: path("toy.pt2"))
      try ToyNetworks.card(height: 1, width: 3, labels: ["4", "9", "7"]).write(to: path("toy.json"))
      try ToyDrawing.generator(
        [[1, 0], [0, 1], [0, 0]], offset: [0, 0, 0.5], encoder: [[1, 0, 0], [0, 1, 0]]
      ).write(to: path("g.pt2"))
      for (name, levels) in [("a", [204, 51, 153]), ("b", [230, 20, 0]), ("c", [20, 220, 9])] {
        try Data(ToyDrawing.picture(levels.map(UInt8.init)).png())
          .write(to: folder.appending(path: name + ".png"))
      }
      try Data("a.png\nb.png\nc.png\n".utf8).write(to: folder.appending(path: "list.txt"))
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    var left: [String] {
      get throws {
        let own = [
          "toy.pt2", "toy.json", "g.pt2", "g-encoder.pt2", "g.json", "a.png", "b.png", "c.png",
          "list.txt",
        ]
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
          .filter { !own.contains($0) }.sorted()
      }
    }

    func run(_ words: String...) throws -> Command {
      try Command(
        ["counterfactual"] + words + ["--model", "toy.pt2", "--generator", "g.pt2"], in: folder)
    }
  }

  @Test func `one question writes a folder and says what was found`() throws {
    let place = try Place()
    let run = try place.run("a.png", "--rather-than", "9", "-o", "out")
    #expect(run.status == 0, "\(run.messages)")
    // 0.3 √2 from (0.8, 0.2) to (0.5, 0.5), where 4 and 9 have a logit of 2.5 and 7 of 0.
    #expect(run.output.contains("4 rather than 9: distance 0.42"), "\(run.output)")
    let manifest = try JSONDecoder().decode(
      ContrastiveManifest.self,
      from: Data(contentsOf: URL(filePath: place.path("out/manifest.json"))))
    let answer = try #require(manifest.answers.first)
    #expect(answer.question == "Why 4, rather than 9?")
    #expect(answer.attempts.map(\.converged) == [true, true, true, true])
    #expect(manifest.generator.map(\.path) == ["g.pt2", "g-encoder.pt2"])
    #expect(manifest.settings["method"] == "cdeepex")
    let example = try #require(answer.example)
    for name in [example.png, example.difference, example.animation] {
      #expect(FileManager.default.fileExists(atPath: place.path("out/" + name)), "\(name)")
    }
    let picture = try Picture(contentsOf: place.path("out/" + example.png))
    // (0.5, 0.5, 0.6) in 255 levels; |h| ≤ 0.002 moves a pixel by less than a level.
    #expect(abs(Int(picture.pixels[0]) - 128) <= 1 && abs(Int(picture.pixels[3]) - 128) <= 1)
    #expect(picture.pixels[6] == 153)
    #expect(try place.left == ["out"])
  }

  @Test func `all foils are asked at once, and equal seeds give equal bytes`() throws {
    let place = try Place()
    var archives: [Data] = []
    for out in ["x", "y"] {
      let run = try place.run("a.png", "--rather-than", "all", "--json", "-o", out)
      #expect(run.status == 0, "\(run.messages)")
      let manifest = try JSONDecoder().decode(
        ContrastiveManifest.self, from: Data(run.output.utf8))
      #expect(
        Set(manifest.answers.map(\.question)) == ["Why 4, rather than 9?", "Why 4, rather than 7?"])
      archives.append(try Data(contentsOf: URL(filePath: place.path(out + "/maps.npz"))))
    }
    #expect(archives[0] == archives[1])
  }

  @Test func `other methods answer beside it`() throws {
    let place = try Place()
    let run = try place.run(
      "a.png", "--rather-than", "9", "--compare", "xgems,grad-cam", "--slack", "-0.02", "--json",
      "-o", "out")
    #expect(run.status == 0, "\(run.messages)")
    let manifest = try JSONDecoder().decode(ContrastiveManifest.self, from: Data(run.output.utf8))
    #expect(manifest.answers[0].beside.map(\.title) == ["xGEMs", "Grad-CAM"])
    // There is no spatial layer to explain at.
    #expect(manifest.answers[0].beside[1].failure?.contains("no layer") == true)
    #expect(manifest.settings["slack"] == -0.02)
  }

  @Test func `a summary means what pictures change, and lists every answer`() throws {
    let place = try Place()
    let run = try place.run("list.txt", "--summary", "--rather-than", "9", "-o", "out")
    #expect(run.status == 0, "\(run.messages)")
    // The third picture is a 9 itself.
    #expect(run.output.contains("2 questions, 0 failed, 0 with a third"), "\(run.output)")
    let rows = try String(contentsOfFile: place.path("out/answers.csv"), encoding: .utf8)
      .split(separator: "\n")
    #expect(rows.count == 3)
    #expect(rows[0].hasPrefix("picture,fact,foil,verdict,distance"))
    #expect(rows[1].hasPrefix("a.png,4,9,converged,0.42"), "\(rows[1])")
    let manifest = try JSONDecoder().decode(
      ContrastiveSummaryManifest.self,
      from: Data(contentsOf: URL(filePath: place.path("out/manifest.json"))))
    #expect(manifest.pairs.map(\.count) == [2])
  }

  @Test func `a search that fails is said to have failed, without a picture`() throws {
    let place = try Place()
    let network = try ToyDrawing.network([[1, 1, 1], [1, 1, 1], [0, 0, 0]], biases: [5, 0, 0])
    try network.program.write(to: place.path("toy.pt2"))
    let run = try place.run("a.png", "--rather-than", "9", "-o", "out")
    #expect(run.status == 0, "\(run.messages)")
    #expect(
      run.output.contains("FAILED. All 4 searches failed"),
      "\(run.output)")
    let files = try FileManager.default.contentsOfDirectory(atPath: place.path("out"))
    #expect(files.sorted() == ["index.html", "manifest.json", "maps.npz"])
  }

  @Test func `bad input gets one sentence`() throws {
    let place = try Place()
    func fails(_ status: Int32, _ part: String, _ words: [String]) throws {
      let run = try Command(["counterfactual"] + words, in: place.folder)
      try expectFailure(run, status, saying: part, in: place)
    }
    let model = ["--model", "toy.pt2"]
    try fails(65, "no network at", ["a.png", "--generator", "g.pt2", "--model", "no.pt2"])
    try fails(64, "no card of a generator", ["a.png", "--generator", "no.pt2"] + model)
    try fails(65, "card of a classifier", ["a.png", "--generator", "toy.pt2"] + model)
    try fails(65, "card of a generator", ["a.png", "--generator", "g.pt2", "--model", "g.pt2"])
    try fails(64, "--summary", [".", "--generator", "g.pt2"] + model)
    try fails(64, "no class", ["a.png", "--generator", "g.pt2", "--rather-than", "8"] + model)
    try fails(
      64, "in common",
      ["a.png", "--generator", "g.pt2", "--why", "4", "--rather-than", "4,9"] + model)
    try fails(64, "answer is 4", ["a.png", "--generator", "g.pt2", "--rather-than", "4"] + model)
    try fails(65, "no.png", ["no.png", "--generator", "g.pt2"] + model)
    try fails(
      64, "--compare", ["a.png", "--generator", "g.pt2", "--compare", "shap"] + model)
    try fails(64, "--limit", ["a.png", "--generator", "g.pt2", "--limit", "3"] + model)
  }
}
