import Contrast
import Files
import Foundation
import Imagery
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

@testable import Report

@Suite struct ReportTests {
  /// A report of one picture and two questions on a toy network.
  static func report(drawing: Drawing = Drawing()) throws -> Report {
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1, -2], biases: [0.1, 1], head: [[1, -2], [0.5, -1]], height: 4, width: 6))
    let picture = try Picture(
      width: 12, height: 8, pixels: (0..<288).map { UInt8($0 * 7 % 256) })
    let layer = try network.program.layer(named: "relu")
    let answers = try GradCAM().at(layer).answers(
      about: network, at: network.card.input.input(from: picture)
    ) { _ in
      try [Question.whyRatherThan(ClassSet(0), ClassSet(1)), .why(ClassSet(0))].map {
        try Inquiry($0, classCount: 2)
      }
    }
    return Report(
      title: "Why <a>?", network: network,
      pictures: [
        ExplainedPicture(
          picture: picture,
          file: .init(path: "toy.png", sha256: "11", size: .init(width: 12, height: 8)),
          prediction: answers.prediction,
          groups: [
            .init(
              title: "Both",
              method: Method(
                explainer: "grad-cam", title: "Grad-CAM", place: .layer("relu", .named)),
              answers: answers.all)
          ])
      ],
      drawing: drawing,
      provenance: Provenance(
        command: "rather explain toy.png", network: .init(path: "toy.pt2", sha256: "00"), seed: 7,
        version: "test"))
  }

  static func freePath() throws -> String {
    try References.temporaryFolder().appending(path: "report").path
  }

  @Test func `a report holds manifest, maps, a picture a map, and the page`() throws {
    let path = try Self.freePath()
    let manifest = try Self.report().write(to: path)
    let names = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    #expect(
      names
        == (["index.html", "manifest.json", "maps.npz"] + manifest.maps.compactMap(\.png)).sorted())
    #expect(manifest.maps.map(\.key) == ["why-a-rather-than-b", "why-a"])
    let overlay = try Picture(contentsOf: "\(path)/\(manifest.maps[0].png ?? "")")
    #expect(overlay.width == 12 && overlay.height == 8, "overlays have the picture's resolution")
  }

  @Test func `the manifest says what design promises`() throws {
    let path = try Self.freePath()
    _ = try Self.report().write(to: path)
    let data = try Data(contentsOf: URL(filePath: path + "/manifest.json"))
    let manifest = try JSONDecoder().decode(Manifest.self, from: data)
    #expect(manifest.schema == Manifest.currentSchema)
    #expect(manifest.seed == 7)
    #expect(manifest.prediction.count == 2)
    let map = manifest.maps[0]
    #expect(map.fact == [.init(index: 0, label: "a")])
    #expect(map.foil == [.init(index: 1, label: "b")])
    #expect(map.score == "log-odds" && map.contrast == "inside" && map.layer == "relu")
    #expect(map.settings["layerChoice"] == .text(LayerChoice.named.rawValue))
    #expect(manifest.maps[1].foil == nil)
    let top = manifest.prediction
    #expect(abs(map.scoreValues[0] - (logit(0, top) - logit(1, top))) < 1e-5)
  }

  func logit(_ index: Int, _ classes: [Prediction.Class]) -> Float {
    classes.first { $0.index == index }?.logit ?? .nan
  }

  @Test(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
  func `numpy reads the maps, raw`() throws {
    let path = try Self.freePath()
    let report = try Self.report()
    let manifest = try report.write(to: path)
    let answers = report.pictures[0].groups[0].answers
    for (map, answer) in try paired(manifest.maps, answers) {
      for (key, tensor) in [(map.key, answer.map.values), (map.key + "/layer", answer.map.atLayer)]
      {
        _ = try References.run("save_array.py", ["\(path)/maps.npz", key, "\(path)/array.npy"])
        let read = try NumPyFile.tensor(at: URL(filePath: "\(path)/array.npy"))
        #expect(read.shape == tensor.shape)
        #expect(try read.floats() == tensor.floats())
      }
      let values = try answer.map.values.floats()
      #expect(map.minimum == values.min() && map.maximum == values.max())
    }
  }

  @Test func `the same report has the same maps byte for byte`() throws {
    let first = try Self.freePath()
    let second = try Self.freePath()
    _ = try Self.report().write(to: first)
    _ = try Self.report().write(to: second)
    for name in ["maps.npz", "index.html", "why-a.png"] {
      #expect(
        try Data(contentsOf: URL(filePath: "\(first)/\(name)"))
          == Data(contentsOf: URL(filePath: "\(second)/\(name)")), "\(name)")
    }
  }

  @Test func `a folder that is not empty is refused, and overwritten on request`() throws {
    let path = try Self.freePath()
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(filePath: path + "/notes.txt"))
    #expect(throws: FileError.folderNotEmpty(path)) { _ = try Self.report().write(to: path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["notes.txt"])
    _ = try Self.report().write(to: path, existing: .overwrite)
    #expect(FileManager.default.fileExists(atPath: path + "/manifest.json"))
    #expect(try String(contentsOfFile: path + "/notes.txt", encoding: .utf8) == "mine")
  }

  @Test func `a file in the folder's place is refused and nothing is left beside it`() throws {
    let folder = try References.temporaryFolder()
    let path = folder.appending(path: "report").path
    try Data("mine".utf8).write(to: URL(filePath: path))
    #expect(throws: FileError.self) { _ = try Self.report().write(to: path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report"])
  }

  @Test func `what fails half-way leaves nothing behind`() throws {
    let folder = try References.temporaryFolder()
    var report = try Self.report()
    // A map of NaN cannot be drawn.
    let answer = report.pictures[0].groups[0].answers[0]
    let broken = Answer(
      inquiry: answer.inquiry, scores: answer.scores,
      map: SaliencyMap(
        values: try Tensor(Array(repeating: Float.nan, count: 24), shape: [4, 6]),
        atLayer: answer.map.atLayer, rectification: .none))
    let old = report.pictures[0]
    report = Report(
      title: report.title, network: report.network,
      pictures: [
        ExplainedPicture(
          picture: old.picture, file: old.file, prediction: old.prediction,
          groups: [.init(title: "broken", method: old.groups[0].method, answers: [broken])])
      ], drawing: report.drawing, provenance: report.provenance)
    #expect(throws: (any Error).self) {
      _ = try report.write(to: folder.appending(path: "report").path)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `the page is whole, escaped and needs no other file`() throws {
    let path = try Self.freePath()
    _ = try Self.report().write(to: path)
    let page = try String(contentsOfFile: path + "/index.html", encoding: .utf8)
    #expect(page.contains("<title>Why &lt;a&gt;?</title>"))
    #expect(!page.contains("src=\"http") && !page.contains("href=\"http"))
    #expect(page.components(separatedBy: "data:image/png;base64,").count == 6)
    #expect(page.contains("Why a, rather than b?"))
  }

  @Test func `maps side by side share a scale unless each is to have its own`() throws {
    let network = try Self.report().network
    for (scale, isShared) in [(Drawing.Scale.shared, true), (.own, false)] {
      let drawing = Drawing(scale: scale)
      let drawer = MapDrawer(network: network, drawing: drawing)
      let maps = try drawer.drawn(Self.report(drawing: drawing).pictures[0])[0]
      #expect((maps[0].scale == maps[1].scale) == isShared)
    }
  }

  @Test func `signed maps keep what speaks against the fact`() throws {
    let drawing = Drawing(sign: .both)
    let report = try Self.report(drawing: drawing)
    let maps = try MapDrawer(network: report.network, drawing: drawing).drawn(report.pictures[0])[0]
    #expect(maps.contains { $0.range.lowerBound < 0 })
    #expect(maps.allSatisfy { $0.scale.lowerBound == -$0.scale.upperBound })
  }
}
