import Files
import Foundation
import Imagery
import TestSupport
import Testing

@testable import Report

/// What the page of a training run holds, and how its pictures are drawn.
@Suite struct TrainingPageTests {
  private static func grey(_ level: UInt8) throws -> Picture {
    try Picture(width: 2, height: 1, pixels: [level, level, level, 9, 9, 9])
  }

  private func report(pairs: Bool) throws -> TrainingReport {
    let pictures = try (0..<20).map { try Self.grey(UInt8($0)) }
    return TrainingReport(
      title: "A <small> run", curveLabel: "Loss",
      curves: [
        .init(name: "training", points: (1...100).map { ($0, 1000 / Double($0)) }),
        .init(name: "test", points: [(50, 21), (100, 11)]),
      ],
      samples: pictures,
      reconstructions: pairs ? pictures.map { ($0, $0) } : [], paths: pairs ? [] : [pictures],
      measured: [("test loss", "11.00")], settings: [("pictures a step", "64")],
      provenance: Provenance(
        generator: [.init(path: "/home/somebody/g & co.pt2", sha256: "33")], seed: 7))
  }

  @Test func `the page holds the numbers, settings, pictures and how to use the generator`() throws
  {
    let folder = try References.temporaryFolder().appending(path: "g-training").path
    try report(pairs: true).write(to: folder)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        == ["index.html", "manifest.json"])
    let page = try String(contentsOfFile: folder + "/index.html", encoding: .utf8)
    for text in [
      "<title>A &lt;small&gt; run</title>", "<th>test loss</th><td>11.00</td>",
      "<th>seed</th><td>7</td>",
      "<th>pictures a step</th><td>64</td>", "--generator g &amp; co.pt2",
      "below each what its code decodes to",
      "What random codes decode to",
    ] {
      #expect(page.contains(text), "\(text)")
    }
    #expect(page.components(separatedBy: "data:image/png").count == 3)
    #expect(!page.contains("Walks"))
    // A second run's page replaces the first one's where that was said, and nothing else.
    #expect(throws: FileError.folderNotEmpty(folder)) {
      try report(pairs: false).write(to: folder)
    }
    try report(pairs: false).write(to: folder, existing: .overwrite)
    let other = try String(contentsOfFile: folder + "/index.html", encoding: .utf8)
    #expect(other.contains("Paths between two random codes"))
    #expect(!other.contains("below each"))
  }

  @Test func `curves are drawn without the fall of the first steps`() throws {
    let chart = TrainingPage(report: try report(pairs: true)).chart
    let range = try #require(chart.yRange)
    // 1000 / 5 at a twentieth of the steps, 10 at the end, a twentieth of that on either side.
    #expect(abs(range.upperBound - 209.5) < 1e-9)
    #expect(abs(range.lowerBound - 0.5) < 1e-9)
    #expect(chart.series.map(\.points.count) == [100, 2])
    #expect(chart.series[0].points.map(\.y.isNaN) == (1...100).map { $0 < 5 })
  }

  @Test func `a sheet draws each pixel as a square, rows apart`() throws {
    let sheet = try #require(
      try PictureSheet(rows: [[Self.grey(1), Self.grey(2)], [Self.grey(3)]]).picture())
    // Four times as large, two pixels between: 8 + 2 + 8 wide, 4 + 2 + 4 high.
    #expect(sheet.width == 18)
    #expect(sheet.height == 10)
    #expect(sheet[3, 3] == Color(red: 1, green: 1, blue: 1))
    #expect(sheet[4, 0] == Color(red: 9, green: 9, blue: 9))
    #expect(sheet[8, 0] == Color(red: 128, green: 128, blue: 128))
    #expect(sheet[10, 0] == Color(red: 2, green: 2, blue: 2))
    #expect(sheet[0, 6] == Color(red: 3, green: 3, blue: 3))
    #expect(sheet[12, 8] == Color(red: 128, green: 128, blue: 128))
    #expect(try PictureSheet(rows: []).picture() == nil)
  }
}
