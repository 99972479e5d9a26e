import Foundation
import Networks
import Report
import TestSupport
import Testing

/// `--check` end to end on a toy network, and what a person is told when it is wrong.
@Suite struct CheckTests {
  static let usage: Int32 = 64

  func manifest(_ run: Command) throws -> Manifest {
    try JSONDecoder().decode(Manifest.self, from: Data(run.output.utf8))
  }

  @Test func `every map carries its check, and the terminal says it`() throws {
    let place = try Workplace()
    let words = [
      "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--rather-than", "violin",
      "--check", "--check-step", "1", "--check-draws", "39", "--fill", "black", "--seed", "5",
    ]
    let run = try Command(words + ["--json", "--output", "a"], in: place.folder)
    #expect(run.status == 0, "\(run.messages)")
    let found = try manifest(run)
    #expect(found.schema == 2 && found.maps.count == 4)
    for map in found.maps {
      let check = try #require(map.check)
      #expect(check.settings.draws == 39 && check.settings.step == 1 && check.settings.seed == 5)
      #expect(check.settings.fill == "black" && check.pixels == 24)
      #expect((check.curve.foil == nil) == (map.foil == nil))
    }
    let told = try Command(words + ["--output", "b"], in: place.folder)
    #expect(told.status == 0)
    for map in found.maps { #expect(told.output.contains(map.check?.text ?? "–")) }
  }

  @Test func `schemes and comparisons are checked map by map`() throws {
    let place = try Workplace()
    let scheme = try manifest(
      place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--clusters", "cello,violin;viola", "--mass",
        "1", "--check", "--check-draws", "19", "--check-control", "shifted", "--json", "--output",
        "a")
    )
    #expect(scheme.maps.contains { $0.stage == "cluster" })
    #expect(scheme.maps.allSatisfy { $0.check?.settings.control == "shifted" })
    let compared = try manifest(
      place.run(
        "compare", "photo.png", "--model", "toy.pt2", "--explainers", "grad-cam,saliency",
        "--check", "--json", "--output", "b"))
    #expect(compared.maps.count == 2 && compared.maps.allSatisfy { $0.check != nil })
  }

  @Test func `methods stand in the order of their checks, and nothing is said to fail`() throws {
    let place = try Workplace()
    let names = ["grad-cam", "saliency", "occlusion", "integrated-gradients", "rise"]
    let words = [
      "compare", "photo.png", "--model", "toy.pt2", "--why", "cello", "--rather-than", "violin",
      "--explainers", names.joined(separator: ","), "--settings", "rise:masks=40",
      "--check", "--check-every-draw", "--check-draws", "39",
    ]
    let run = try Command(words + ["--json", "--output", "a"], in: place.folder)
    let found = try manifest(run)
    #expect(Set(found.maps.map(\.explainer)) == Set(names))
    let ranks = found.maps.map { map -> [Double] in
      let check = map.check
      return [check?.passes == true ? 0 : 1, check?.p ?? 2]
    }
    #expect(ranks == ranks.sorted { $0.lexicographicallyPrecedes($1) }, "\(ranks)")
    #expect(Set(ranks).count > 1, "all checks say the same, so that no order is tested")
    // Each map keeps its own check: how many pixels are strong follows from it.
    let plain = try manifest(
      Command(
        Array(words.prefix { $0 != "--check" }) + ["--json", "--output", "b"], in: place.folder))
    #expect(Set(plain.maps.map(\.explainer)) == Set(names))
    for map in found.maps {
      let alone = try manifest(
        Command(
          [
            "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--rather-than",
            "violin",
          ]
            + ["--explainer", map.explainer, "--settings"]
            + [map.explainer == "rise" ? "masks=40" : "", "--check", "--check-every-draw"]
            + ["--check-draws", "39", "--json", "--output", "c-" + map.explainer], in: place.folder)
      )
      #expect(alone.maps[0].check?.salientPixels == map.check?.salientPixels, "\(map.explainer)")
      #expect(alone.maps[0].check?.p == map.check?.p, "\(map.explainer)")
    }
    let told = try Command(words + ["--output", "d"], in: place.folder)
    #expect(
      !told.output.contains("fails")
        && told.output.contains("not better than random pixels here (p = "))
  }

  @Test func `how far methods agree stands in the terminal, the manifest and the page`() throws {
    let place = try Workplace()
    let words = [
      "compare", "photo.png", "--model", "toy.pt2", "--why", "cello", "--rather-than", "violin",
      "--explainers", "grad-cam,saliency,occlusion",
    ]
    let found = try manifest(Command(words + ["--json", "-o", "a"], in: place.folder))
    let told = try Command(words + ["-o", "b"], in: place.folder)
    let page = try String(contentsOfFile: place.path("b/index.html"), encoding: .utf8)
    let pairs = try #require(found.agreement)
    #expect(pairs.count == 3)
    for pair in pairs {
      for number in [pair.rankCorrelation, pair.overlap] {
        let text = number.map { String(format: "%.2f", $0).replacing("-", with: "−") } ?? "–"
        #expect(told.output.contains(text) && page.contains(text), "\(text): \(told.output)")
      }
    }
    #expect(
      page.contains("How far the methods agree") && !page.contains("How the maps were checked"))
    let rows = told.output.split(separator: "\n").filter { $0.contains("·") }
    #expect(rows.map { $0.prefix(2) } == ["1 ", "2 ", "3 "])
  }

  @Test(arguments: [
    (["--check", "--check-draws", "0"], "from 19"),
    (["--check", "--check-step", "0"], "from 1"),
    (["--check", "--check-draws", "18"], "95 %"), (["--check-draws", "99"], "add it"),
    (["--check-step", "1"], "--check-step goes with --check"),
    (["--fill", "black"], "--fill goes with"),
    (["--check-control", "shifted"], "add it"), (["--check", "--check-control", "none"], "random"),
  ])
  func `options that cannot be`(words: [String], saying: String) throws {
    let place = try Workplace()
    try expectFailure(
      Command(["explain", "photo.png", "--model", "toy.pt2"] + words, in: place.folder),
      Self.usage, saying: saying, in: place)
  }

  @Test func `a fill that is none is told before any work`() throws {
    let place = try Workplace()
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--check", "--fill", "grey")
    #expect(run.status != 0)
    #expect(run.messages.contains("--fill") && run.messages.contains("blur:SIGMA"))
    #expect(try place.left.isEmpty)
  }

  @Test func `a regression has no classes to follow`() throws {
    let place = try Workplace()
    try ToyNetworks.pooled(
      kernels: [1, -2], biases: [0.1, 1], head: [[0.5, 0.25]], height: 4, width: 6
    ).write(to: place.path("quality.pt2"))
    var card = ToyNetworks.card(height: 4, width: 6, labels: [])
    card.task = .regression
    card.output = .value
    card.labels = nil
    try card.write(to: place.path("quality.json"))
    try expectFailure(
      place.run("explain", "photo.png", "--model", "quality.pt2", "--check"), Self.usage,
      saying: "--check", "regression", in: place, left: ["quality.json", "quality.pt2"])
  }
}
