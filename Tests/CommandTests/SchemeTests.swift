import Foundation
import Networks
import Report
import Terms
import TestSupport
import Testing

/// `rather explain` of a whole output, end to end on a toy network.
@Suite struct SchemeTests {
  /// Two clusters: {cello, violin} and {viola}.
  static let tree = """
    [{"id": "Z21", "text": "", "data": {"name": "Z21", "level": 2, "percentage": 0.5}, "children": [
      {"id": "Z11", "text": "c000-cello 0.03 c001-violin 0.02",
       "data": {"name": "Z11", "level": 1, "percentage": 0.1}, "children": []},
      {"id": "Z12", "text": "c002-viola 0.03",
       "data": {"name": "Z12", "level": 1, "percentage": 0.2}, "children": []}]}]
    """

  func place() throws -> Workplace {
    let place = try Workplace()
    try place.write("tree.json", Self.tree)
    return place
  }

  func manifest(_ run: Command) throws -> Manifest {
    #expect(run.status == 0, "\(run.messages)")
    return try JSONDecoder().decode(Manifest.self, from: Data(run.output.utf8))
  }

  func labels(_ manifest: Manifest) -> [Set<String>] {
    (manifest.clusters ?? []).map { Set($0.map(\.label)) }
  }

  @Test func `a tree's clusters are answered in two stages`() throws {
    let place = try place()
    let found = try manifest(
      place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--tree", "tree.json", "--mass", "1",
        "--json"))
    #expect(Set(labels(found)) == [["cello", "violin"], ["viola"]])
    #expect(found.scheme?.name == "cwox-2s")
    #expect(found.scheme?.support == "percentile:50")
    #expect(found.scheme?.tree?.sha256.count == 64)
    #expect(found.maps.map(\.stage).filter { $0 == "cluster" }.count == 2)
    #expect(found.maps.map(\.stage).filter { $0 == "class" }.count == 2)
    for (place, cluster) in (found.clusters ?? []).enumerated() {
      let own = found.maps.filter { $0.cluster == place }
      // The map of a class that is alone would say what its cluster's says.
      let classes = cluster.count > 1 ? cluster : []
      #expect(own.map(\.stage) == ["cluster"] + classes.map { _ in "class" })
      #expect(own[0].fact?.map(\.label) == cluster.map(\.label))
      #expect(own[0].foil?.count == 3 - cluster.count)
      #expect(own.dropFirst().map { $0.fact?[0].label } == classes.map(\.label))
      #expect(own.dropFirst().allSatisfy { ($0.foil?.count ?? 0) == cluster.count - 1 })
    }
    #expect(found.maps.filter { $0.foil != nil }.allSatisfy { $0.contrast == "outside" })
    let page = try String(contentsOfFile: place.path("photo-why/index.html"), encoding: .utf8)
    #expect(page.contains("CWOX-2s by"))
    #expect(page.components(separatedBy: "class=\"cluster\"").count == 3)
    #expect(found.scheme?.rivals == nil && !page.contains("<span class=\"added\">"))
  }

  @Test func `clusters by hand are those of a tree`() throws {
    let place = try place()
    let byHand = try manifest(
      place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--clusters", "cello,violin;viola", "--mass",
        "1", "--json", "--output", "a"))
    let byTree = try manifest(
      place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--tree", "tree.json", "--mass", "1",
        "--json", "--output", "b"))
    #expect(byHand.clusters == byTree.clusters)
    #expect(byHand.maps.map(\.maximum) == byTree.maps.map(\.maximum))
    #expect(byHand.scheme?.source == "named by --clusters")
  }

  @Test func `a class that is left out has no map, and none takes its place`() throws {
    let place = try place()
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--tree", "tree.json", "--mass", "1",
      "--without", "violin", "--json")
    let found = try manifest(run)
    #expect(Set(labels(found)) == [["cello"], ["viola"]])
    #expect(found.maps.count == 2 && !found.maps.contains { $0.question.contains("violin") })
    #expect(found.scheme?.without?.map(\.label) == ["violin"])
    #expect(run.messages.contains("Left out: violin."))
    let whole = try manifest(
      place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--tree", "tree.json", "--mass", "1",
        "--json", "--output", "whole"))
    #expect(whole.scheme?.without == nil)
  }

  @Test func `a class that no cluster holds stands alone, and that is said`() throws {
    let place = try place()
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--clusters", "cello,violin", "--mass", "1",
      "--json")
    let found = try manifest(run)
    #expect(labels(found).contains(["viola"]))
    #expect(found.scheme?.strangers.map(\.label) == ["viola"])
    #expect(run.messages.contains("viola is not in there"))
  }

  @Test(arguments: ["cwox-1sa", "cwox-1sb", "swox"])
  func `schemes of one stage need no clusters`(scheme: String) throws {
    let place = try place()
    let found = try manifest(
      place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--scheme", scheme, "--mass", "1", "--json"))
    #expect(found.maps.count == 3)
    #expect(found.maps.allSatisfy { $0.stage == nil && $0.cluster == nil })
    #expect(found.clusters == nil)
    #expect(found.maps.allSatisfy { ($0.foil == nil) == (scheme == "swox") })
    let contrast = ["cwox-1sa": "outside", "cwox-1sb": "inverse"][scheme]
    #expect(found.maps.allSatisfy { $0.contrast == contrast })
  }

  @Test func `stages take explainers, layers, support and contrast of their own`() throws {
    let place = try place()
    let found = try manifest(
      place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--tree", "tree.json", "--mass", "1",
        "--cluster-explainer", "rise", "--cluster-settings", "masks=20", "--class-layer", "conv",
        "--support", "range:0.2", "--contrast", "pairwise", "--json"))
    let clusters = found.maps.filter { $0.stage == "cluster" }
    let classes = found.maps.filter { $0.stage == "class" }
    #expect(clusters.allSatisfy { $0.explainer == "rise" && $0.score == "probability" })
    #expect(clusters.allSatisfy { $0.settings["masks"] == 20 })
    #expect(classes.allSatisfy { $0.explainer == "grad-cam" && $0.layer == "conv" })
    #expect(found.scheme?.support == "range:0.2")
    #expect(found.scheme?.contrast == "pairwise")
  }

  @Test func `the support is written beside the map that it keeps`() throws {
    let place = try place()
    _ = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--tree", "tree.json", "--mass", "1",
      "--output",
      "a")
    let text = try Data(contentsOf: place.folder.appending(path: "a/maps.npz"))
    #expect(text.range(of: Data("/support.npy".utf8)) != nil)
  }

  @Test func `a layer for all is left to the stages that explain at one`() throws {
    let place = try place()
    let found = try manifest(
      place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--tree", "tree.json", "--mass", "1",
        "--layer", "conv", "--class-explainer", "rise", "--class-settings", "masks=20", "--json"))
    #expect(Set(found.maps.map(\.layer)) == ["conv", "input"])
  }

  @Test func `the most classes hold for every whole output`() throws {
    let place = try place()
    let plain = try manifest(
      place.run("explain", "photo.png", "--model", "toy.pt2", "--mass", "1", "--top", "2", "--json")
    )
    #expect(plain.maps.count == 4, "each of two against the other, and each alone")
    let run = try place.run(
      "explain", "photo.png", "--model", "toy.pt2", "--tree", "tree.json", "--top", "1", "--mass",
      "1", "--json", "--output", "b")
    #expect(try manifest(run).clusters?.map(\.count) == [1])
    #expect(!run.messages.contains("is sure"), "one class was asked for; the network may doubt")
  }

  @Test func `pairwise contrast names the parts of the foil with their scores`() throws {
    let place = try place()
    let found = try manifest(
      place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--why", "cello", "--rather-than",
        "violin,viola", "--contrast", "pairwise", "--json"))
    #expect(found.maps[0].foilParts?.map { $0.map(\.label) } == [["violin"], ["viola"]])
    #expect(found.maps[0].scoreValues.count == 3)
    let page = try String(contentsOfFile: place.path("photo-why/index.html"), encoding: .utf8)
    #expect(page.contains("2 times the map of cello"))
  }

  @Test func `overlap of one joins nothing, a little overlap joins what meets`() throws {
    let place = try place()
    func clusters(_ overlap: String, _ out: String) throws -> Int? {
      try manifest(
        place.run(
          "explain", "photo.png", "--model", "toy.pt2", "--overlap", overlap, "--mass", "1",
          "--json", "--output", out)
      ).clusters?.count
    }
    #expect(try clusters("1", "a") == 3)
    #expect(try (clusters("0.0001", "b") ?? 3) < 3)
  }
}

/// What is refused of schemes, and how.
extension BadInputTests {
  @Test(arguments: [
    (["--scheme", "cwox-2s"], "--tree"),
    (["--clusters", "cello,violin", "--overlap", "0.5"], "one of"),
    (["--clusters", "cello,violin;violin"], "violin in two clusters"),
    (["--clusters", "cello,fiddle"], "fiddle"),
    (["--clusters", "cello,violin", "--why", "cello"], "--why"),
    (["--clusters", "cello,violin", "--support", "50"], "support"),
    (["--scheme", "cwox"], "cwox"),
    (["--scheme", "swox", "--top", "0"], "--top"),
    (["--scheme", "swox", "--mass", "1.5"], "--mass"),
    (["--overlap", "2"], "--overlap"),
    (["--clusters", ";"], "no class"),
    (["--clusters", "cello,violin", "--level", "2"], "--level"),
    (["--support", "range:0.2"], "--support"),
    (["--class-layer", "conv"], "--class-layer"),
    (["--scheme", "swox", "--cluster-layer", "conv"], "--cluster-layer"),
    (["--scheme", "cwox-1sb", "--contrast", "pairwise"], "inverse"),
    (["--without", "cello"], "--without"),
    (["--scheme", "swox", "--without", "fiddle"], "fiddle"),
    (["--scheme", "swox", "--without", "cello,violin,viola"], "none of the classes"),
    (["--overlap", "1", "--without", "cello,violin,viola"], "none of the classes"),
  ])
  func `a scheme that cannot be`(words: [String], part: String) throws {
    let place = try Workplace()
    try expectFailure(
      Command(["explain", "photo.png", "--model", "toy.pt2"] + words, in: place.folder),
      Self.usage, saying: part, in: place)
  }

  @Test func `a tree that is none, of other classes, or not so high`() throws {
    let place = try Workplace()
    try place.write("tree.json", SchemeTests.tree)
    try place.write(
      "other.json",
      SchemeTests.tree.replacing("cello", with: "rabbit")
        .replacing("violin", with: "hare"))
    try place.write("more.json", SchemeTests.tree.replacing("c002", with: "c486"))
    let left = ["more.json", "other.json", "tree.json"]
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2", "--tree", "toy.json"), Self.data,
      saying: "toy.json", in: place, left: left)
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2", "--tree", "other.json"), Self.data,
      saying: "other classes", "rabbit", in: place, left: left)
    try expectFailure(
      place.run("explain", "photo.png", "--model", "toy.pt2", "--tree", "more.json"), Self.data,
      saying: "486", in: place, left: left)
    try expectFailure(
      place.run(
        "explain", "photo.png", "--model", "toy.pt2", "--tree", "tree.json", "--level", "3"),
      Self.usage, saying: "level 3", in: place, left: left)
  }
}
