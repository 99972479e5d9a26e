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
