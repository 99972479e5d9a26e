import Foundation
import Imagery
import Networks
import Report
import TestSupport
import Testing

/// What commands write is what `docs/schemas` says, and names no folder of this machine.
@Suite struct ManifestSchemaTests {
  /// What the validator says of manifests.
  private func verdicts(_ manifests: [String]) throws -> [String] {
    let schemas = References.package.appending(path: "docs/schemas").path
    return try References.run("validate_manifests.py", [schemas] + manifests)
      .split(separator: "\n").map(String.init)
  }

  private func run(_ words: [String], in folder: URL) throws {
    let run = try Command(words, in: folder)
    #expect(run.status == 0, "\(words.joined(separator: " ")): \(run.messages)")
  }

  private static let net = ["--model", "toy.pt2"]

  private static let explaining: [[String]] = [
    ["explain", "photo.png", "--why", "cello", "--rather-than", "violin"],
    ["explain", "photo.png", "--why", "cello", "--check", "--explainer", "rise", "--settings"]
      + ["masks=8"],
    ["explain", "photo.png", "--tree", "tree.json", "--mass", "1"],
    ["explain", "photo.png", "--scheme", "cwox-1sb", "--clusters", "0,1;2", "--mass", "1"],
    ["explain", "photo.png", "--why", "cello", "--rather-than", "violin,viola", "--contrast"]
      + ["pairwise", "--explainer", "noise-tunnel"],
    ["explain", "photo.png", "--no-pages"],
    ["compare", "photo.png", "--explainers", "all", "--settings", "rise:masks=8", "--settings"]
      + ["lime:samples=20"],
    ["sanity", "photo.png", "--explainers", "grad-cam,saliency,lrp"],
  ]

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `explanations, comparisons and sanity tests, of one picture and of several`() throws {
    let place = try EvaluatePlace(pictures: 2).place
    var manifests: [String] = []
    for (number, words) in Self.explaining.enumerated() {
      try run(words + Self.net + ["-o", "out-\(number)"], in: place.folder)
      manifests.append(place.path("out-\(number)/manifest.json"))
    }
    try ToyNetworks.pooled(
      kernels: [1, -2], biases: [0.1, 1], head: [[0.5, 0.25]], height: 4, width: 6
    ).write(to: place.path("quality.pt2"))
    var card = ToyNetworks.card(height: 4, width: 6, labels: [])
    (card.task, card.output, card.labels) = (.regression, .value, nil)
    try card.write(to: place.path("quality.json"))
    try run(["explain", "photo.png", "--model", "quality.pt2", "-o", "value"], in: place.folder)
    try run(
      ["explain", place.path("photos"), "--model", place.path("toy.pt2"), "-o", "many"],
      in: place.folder)
    manifests += ["value", "many", "many/000"].map { place.path($0 + "/manifest.json") }
    for name in ["manifest.json", "request.json", "index.html"] {
      let text = try String(contentsOfFile: place.path("many/" + name), encoding: .utf8)
      #expect(!text.contains(place.folder.lastPathComponent), "\(name)")
    }
    let many = try String(contentsOfFile: place.path("many/manifest.json"), encoding: .utf8)
    #expect(many.contains("\"000.png\""))
    #expect(
      try verdicts(manifests)
        == Array(repeating: "explanation valid", count: 6)
        + ["comparison valid", "sanity valid", "explanation valid", "pictures valid"]
        + ["explanation valid"])
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `counterfactuals and their summaries`() throws {
    let place = try CounterfactualTests.Place()
    let model = Self.net + ["--generator", "g.pt2", "--rather-than"]
    try run(
      ["counterfactual", "a.png", "--compare", "xgems,grad-cam", "-o", "one"] + model + ["all"],
      in: place.folder)
    try run(
      ["counterfactual", "list.txt", "--summary", "-o", "many"] + model + ["9"], in: place.folder)
    #expect(
      try verdicts([place.path("one/manifest.json"), place.path("many/manifest.json")])
        == ["counterfactual valid", "counterfactual-summary valid"])
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `several pictures, with pages and without`() throws {
    let place = try EvaluatePlace(pictures: 2).place
    try run(["explain", "photos"] + Self.net + ["-o", "all"], in: place.folder)
    try place.write("photos/none.png", "no picture")
    let broken = try Command(
      ["explain", "photos", "--no-pages"] + Self.net + ["-o", "some"], in: place.folder)
    #expect(broken.status == 65, "\(broken.messages)")
    #expect(
      try verdicts(
        ["all", "all/000", "some", "some/001"].map { place.path("\($0)/manifest.json") })
        == ["pictures valid", "explanation valid", "pictures valid", "explanation valid"])
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `where a new network answers differently, and where nothing changed`() throws {
    let place = try DiffTests.Place()
    try place.place.write("photos/none.png", "no picture")
    try place.network("other", rows: DiffTests.rows, labels: ["cello", "fiddle", "viola"])
    var manifests: [String] = []
    for (new, words) in [("new", []), ("other", ["--no-pages"]), ("toy", ["--kinds", "0"])] {
      let run = try Command(
        ["diff", "toy.pt2", new + ".pt2", "photos", "-o", "out-" + new] + words,
        in: place.place.folder)
      #expect(run.status == 65, "\(run.messages)")
      manifests.append(place.place.path("out-\(new)/manifest.json"))
    }
    #expect(try verdicts(manifests) == Array(repeating: "difference valid", count: 3))
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `explanations of a sure network, with the rivals that were added`() throws {
    let place = try Workplace()
    try run(
      ["explain", "photo.png", "--clusters", "viola,cello;violin", "--mass", "0.4", "-o", "sure"]
        + Self.net, in: place.folder)
    #expect(try verdicts([place.path("sure/manifest.json")]) == ["explanation valid"])
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `pages of runs and of trainings`() throws {
    let evaluated = try EvaluatePlace(pictures: 2)
    let done = try evaluated.run("--schemes", "swox")
    #expect(done.status == 0, "\(done.messages)")
    let place = evaluated.place
    try run(["evaluate", "report", "run", "--html", "page"], in: place.folder)
    for name in ["dark", "light"] {
      try FileManager.default.createDirectory(
        atPath: place.path("data/\(name)"), withIntermediateDirectories: true)
      for i in 0..<4 {
        let level = UInt8((name == "dark" ? 10 : 200) + i)
        let picture = try Picture(
          width: 16, height: 16, filledWith: Color(red: level, green: level, blue: level))
        try Data(picture.png()).write(to: place.folder.appending(path: "data/\(name)/\(i).png"))
      }
    }
    try run(
      ["train", "vae", "--data", "data", "--size", "16", "--epochs", "1", "--latent", "2"]
        + ["-o", "g.pt2"], in: place.folder)
    #expect(
      try verdicts([place.path("page/manifest.json"), place.path("g-training/manifest.json")])
        == ["evaluation valid", "training valid"])
  }

  @Test(
    .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)),
    arguments: [
      ("\"seed\" : 0", "\"seed\" : \"0\"", "seed"), ("\"schema\" : 2", "\"schema\" : 1", "schema"),
      ("\"photo\" :", "\"picture\" :", "geometry"), ("\"kind\" :", "\"sort\" :", "no schema"),
      ("\"window\" : 1", "\"window\" : null", "maps/0/settings/window"),
    ])
  func `what departs from a schema is found`(old: String, new: String, saying part: String) throws {
    let place = try Workplace()
    try run(
      ["explain", "photo.png", "--explainer", "occlusion", "-o", "out"] + Self.net,
      in: place.folder)
    let text = try String(contentsOfFile: place.path("out/manifest.json"), encoding: .utf8)
    #expect(text.contains(old))
    try place.write("changed.json", text.replacing(old, with: new))
    let verdicts = try verdicts([place.path("changed.json")])
    #expect(verdicts.contains { $0.contains(part) && !$0.hasSuffix(" valid") }, "\(verdicts)")
  }

  @Test func `pages and manifests name no folder, unless whole paths are asked for`() throws {
    let place = try EvaluatePlace(pictures: 0).place
    let words = [
      "explain", place.path("photo.png"), "--model", place.path("toy.pt2"), "--tree",
      place.path("tree.json"), "--check", "--fill", place.path("photo.png"),
    ]
    try run(words + ["-o", place.path("named")], in: place.folder)
    try run(words + ["-o", place.path("whole"), "--full-paths"], in: place.folder)
    for file in ["manifest.json", "index.html"] {
      let named = try String(contentsOfFile: place.path("named/" + file), encoding: .utf8)
      #expect(!named.contains(place.folder.lastPathComponent), "\(file)")
      #expect(named.contains("rather explain photo.png --model toy.pt2"), "\(file)")
      let whole = try String(contentsOfFile: place.path("whole/" + file), encoding: .utf8)
      #expect(whole.contains(place.path("toy.pt2")), "\(file)")
    }
    let manifest = try JSONDecoder().decode(
      Manifest.self,
      from: Data(contentsOf: URL(filePath: place.path("whole/manifest.json"))))
    #expect(manifest.scheme?.tree?.path == place.path("tree.json"))
    #expect(manifest.network?.path == place.path("toy.pt2"))
  }
}
