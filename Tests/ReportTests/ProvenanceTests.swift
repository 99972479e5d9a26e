import Files
import Foundation
import Networks
import Terms
import TestSupport
import Testing

@testable import Report

/// Where results come from: how files are named, and what manifests begin with.
@Suite struct ProvenanceTests {
  @Test(arguments: [
    ("rather explain photo.png --model toy.pt2", "rather explain photo.png --model toy.pt2"),
    ("rather explain /home/ada/a.png -o ../out", "rather explain a.png -o ../out"),
    ("rather explain '/home/ada/my photos/a b.png'", "rather explain 'a b.png'"),
    (
      "rather x --fill=/home/ada/f.png --settings rise:fill=/tmp/g.png,masks=8",
      "rather x --fill=f.png --settings rise:fill=g.png,masks=8"
    ),
    (
      "rather x --settings baselines=black+/home/ada/f.png",
      "rather x --settings baselines=black+f.png"
    ),
    ("rather x --why 'it'\\''s /home/ada'", "rather x --why 'it'\\''s /home/ada'"),
    ("rather x ''", "rather x ''"), ("", ""),
  ])
  func `a command names files, not where they lie`(typed: String, shown: String) {
    #expect(ShownPaths.names.command(typed) == shown)
    #expect(ShownPaths.full.command(typed) == typed)
  }

  @Test(arguments: [
    ("the card /home/ada/net.json says so", "the card net.json says so"),
    ("“/home/ada/net.pt2”, cut at level 1", "“net.pt2”, cut at level 1"),
    ("and/or, 7 / 2, /", "and/or, 7 / 2, /"), ("nets/net.pt2", "nets/net.pt2"),
  ])
  func `a sentence names files, not where they lie`(typed: String, shown: String) {
    #expect(ShownPaths.names.text(typed) == shown)
    #expect(ShownPaths.full.text(typed) == typed)
  }

  @Test func `files are named, or whole paths are shown where that is asked for`() {
    #expect(ShownPaths.names.path("photos/a.png") == "a.png")
    #expect(ShownPaths.names.path("/home/ada/run/") == "run")
    #expect(ShownPaths.names.path("") == "")
    let here = FileManager.default.currentDirectoryPath
    #expect(ShownPaths.full.path("photos/a.png") == "\(here)/photos/a.png")
    let file = Manifest.File(
      path: "/home/ada/a.png", sha256: "11", size: .init(width: 2, height: 1), output: "logits")
    #expect(
      ShownPaths.names.file(file)
        == .init(path: "a.png", sha256: "11", size: .init(width: 2, height: 1), output: "logits"))
    #expect(ShownPaths.names.value(.list(["/home/ada/a.png", 7])) == .list(["a.png", 7]))
  }

  private func provenance(_ paths: ShownPaths) -> Provenance {
    Provenance(
      command: "rather counterfactual /home/ada/a.png",
      network: .init(path: "/home/ada/net.pt2", sha256: "00"),
      generator: [.init(path: "/home/ada/g.pt2", sha256: "22")],
      input: .init(path: "/home/ada/a.png", sha256: "11"),
      settings: ["starts": 4, "fill": "/home/ada/f.png"], seed: 7, version: "9", paths: paths)
  }

  @Test func `a table of facts and a header say the same, and no folder`() throws {
    let facts = provenance(.names).facts([("pictures", "12")])
    #expect(
      facts.map { "\($0.0): \($0.1)" } == [
        "command: rather counterfactual a.png", "network: net.pt2", "SHA-256: 00",
        "generator: g.pt2", "SHA-256: 22", "picture: a.png", "SHA-256: 11", "pictures: 12",
        "fill: f.png", "starts: 4", "seed: 7", "Rather: 9",
      ])
    let header = ManifestHeader(.counterfactual, provenance(.names), files: ["index.html"])
    #expect(header.kind == .counterfactual && header.schema == 2 && header.seed == 7)
    #expect(header.command == "rather counterfactual a.png" && header.input?.path == "a.png")
    #expect(header.settings == ["starts": 4, "fill": "f.png"] && header.versions.rather == "9")
    #expect((header.machine?.processors ?? 0) >= 1 && header.machine?.device == "cpu")
    #expect(
      ManifestHeader(.sanity, provenance(.full), files: []).network?.path == "/home/ada/net.pt2")
  }

  @Test func `a manifest of a later schema or of another kind is refused with a sentence`() throws {
    let path = try ReportTests.freePath()
    let text = try ReportTests.report().write(to: path).json()
    func read<Found: Decodable>(_ type: Found.Type, _ old: String, _ new: String) throws {
      let changed = text.replacing(old, with: new)
      #expect(changed != text)
      _ = try JSONDecoder().decode(type, from: Data(changed.utf8))
    }
    #expect(throws: ManifestError.schema(3)) {
      try read(Manifest.self, "\"schema\" : 2", "\"schema\" : 3")
    }
    #expect(throws: ManifestError.kind("sanity", expected: [.explanation, .comparison])) {
      try read(Manifest.self, "\"explanation\"", "\"sanity\"")
    }
    #expect(throws: ManifestError.kind("explanation", expected: [.sanity])) {
      _ = try JSONDecoder().decode(SanityManifest.self, from: Data(text.utf8))
    }
    #expect("\(ManifestError.schema(3))".contains("schema 3"))
    #expect("\(ManifestError.kind("", expected: [.sanity]))".contains("“sanity”"))
  }

  @Test func `a report over one of another kind takes its files away, and no others`() throws {
    let path = try ReportTests.freePath()
    let old = try ReportTests.report().write(to: path)
    #expect(old.header.files == ["index.html", "maps.npz", "why-a-rather-than-b.png", "why-a.png"])
    try Data("mine".utf8).write(to: URL(filePath: path + "/notes.txt"))
    try TrainingReport(
      title: "Another", curveLabel: "", curves: [], samples: [], reconstructions: [], paths: [],
      measured: [], settings: [], provenance: Provenance(seed: 0)
    ).write(to: path, existing: .overwrite)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        == ["index.html", "manifest.json", "notes.txt"])
  }

  @Test func `a report over one of schema 1 takes that one's pictures away`() throws {
    let path = try ReportTests.freePath()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let fixture = EarlierFileTests.folder.appending(path: "manifests/explanation.json")
    try FileManager.default.copyItem(atPath: fixture.path, toPath: path + "/manifest.json")
    for name in ["why-cello.png", "why-violin.png", "own.png"] {
      try Data("x".utf8).write(to: URL(filePath: "\(path)/\(name)"))
    }
    _ = try ReportTests.report().write(to: path, existing: .overwrite)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: path).sorted() == [
        "index.html", "manifest.json", "maps.npz", "own.png", "why-a-rather-than-b.png",
        "why-a.png",
      ])
  }
}
