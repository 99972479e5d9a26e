import Contrast
import Faithfulness
import Files
import Foundation
import Imagery
import Networks
import Terms
import TestSupport
import Testing

@testable import Evaluation
@testable import Report

/// The page of a run: what it holds, what its data say, and what it leaves out. Known answers.
@Suite struct EvaluationPageTests {
  /// Records of pictures with one pair each, two schemes and straight curves; `p` falls from 0.6.
  static func run(
    _ names: [String], in folder: String, foil: Double = 0.3
  ) throws -> EvaluationRun {
    let explainer = EvaluatedExplainer(
      name: "rise", title: "RISE <1>", clusterPlace: "input", classPlace: "input", settings: [:])
    let methods = [Scheme.swox, .cwox2s].map {
      EvaluatedMethod(explainer: explainer, scheme: $0, support: .percentile(70))
    }
    let identity = EvaluationIdentity(
      version: 1, network: "abc",
      card: ToyNetworks.card(height: 10, width: 10, labels: ["cello", "violin & co"]),
      clusters: .byHand([[0, 1]]), mass: 1, top: 5, contrast: .outside,
      metrics: MetricSettings(step: 1, wholeSteps: 10, areas: [0.5]),
      fills: .init(deleted: "mean", ground: "blur:5"), seed: 0, device: "cpu")
    let writer = try RecordWriter(in: folder, identity, methods)
    try writer.write(named: names + ["never.png"])
    for name in names {
      let curves = [20, 0].enumerated().map { method, count in
        PictureRecord.Curves(
          fact: 0, method: method, salientCount: count, salient: data(Array(0...count), foil),
          deletion: data(stride(from: 0, through: 100, by: 10).map { $0 }, foil),
          insertion: data(stride(from: 0, through: 100, by: 10).map { $0 }, foil))
      }
      try writer.write(
        PictureRecord(
          name: name, sha256: nil, failure: nil,
          likeliest: [.init(index: 0, probability: 0.6), .init(index: 1, probability: 0.3)],
          clusters: [[0, 1]], methods: [0, 1], curves: curves))
    }
    try writer.end(keeping: true)
    return try EvaluationRun.open(folder)
  }

  static func data(_ counts: [Int], _ foil: Double) -> Data {
    CurveCode.data(
      of: ContrastCurve(
        counts: counts, fact: counts.map { log(0.6 * max(1 - Double($0) / 100, 1e-9)) },
        foil: counts.map { _ in log(foil) }))
  }

  static func report(_ names: [String], foil: Double = 0.3) throws -> EvaluationReport {
    let folder = try References.temporaryFolder().appending(path: "run").path
    let run = try run(names, in: folder, foil: foil)
    let tabled = try TabledRun(run, title: "net <2>")
    let tables = try EvaluationTables(of: [tabled], seed: 3, replicates: 50).tables()
    return EvaluationReport(
      of: [.init(run, tabled)], tables: tables, replicates: 50, pictureFolders: ["."],
      provenance: Provenance(command: "rather evaluate report", seed: 3, version: "9"))
  }

  @Test func `a foil that the network gives nothing has no log-odds, and the page says so`() throws
  {
    let report = try Self.report(["a.png"], foil: 0)
    #expect(try report.html().contains("Curves of a picture"))
    let table = try #require(report.tables.first { $0.subject == .whole(.logOdds) })
    #expect(table.cells.joined().allSatisfy { ($0?.mean.value).map(\.isFinite) ?? true })
  }

  @Test func `a page says what was measured, how to read it, and what is not done`() throws {
    let page = try Self.report(["b.png", "a.png"]).html()
    for part in [
      "<title>Faithfulness: net &lt;2&gt;</title>", "Unfinished: 2 of 3 pictures are done",
      "RISE &lt;1&gt;, CWOX-2s 2", "Table 1. Contrastive AUC, CAUC ↓", "Table 3. Base explainers",
      "less is better", "95 % interval", "Wilcoxon", "Holm", "Curves of a picture", "violin & co",
      "50 replicates, seed 3", "prefers-color-scheme: dark",
    ] {
      #expect(page.contains(part), "“\(part)” is not there")
    }
    #expect(!page.contains("src=\"http") && !page.contains("@import"))
    for tag in ["section", "table", "tr", "td", "div", "script", "style", "main", "ul", "li"] {
      let outside = page.replacing(/<script.*?<\/script>/.dotMatchesNewlines(), with: "")
      let opened = outside.matches(of: try Regex("<\(tag)[ >]")).count
      #expect(opened == outside.components(separatedBy: "</\(tag)>").count - 1, "\(tag)")
    }
    let data = try Self.data(of: page)
    let run = try #require((data["runs"] as? [[String: Any]])?.first)
    let pictures = try #require(run["pictures"] as? [[String: Any]])
    #expect(pictures.map { $0["name"] as? String } == ["a.png", "b.png"])
    #expect(run["methods"] as? [[Int]] == [[0, 0], [0, 1]])
    #expect(run["classes"] as? [String: String] == ["0": "cello", "1": "violin & co"])
  }

  /// What the script element of data holds.
  static func data(of page: String) throws -> [String: Any] {
    let text = try #require(
      page.firstMatch(of: /<script id="data" type="application\/json">(.*)<\/script>\n/)?.output.1)
    return try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `curves come back from sixteen bits as they went`() throws {
    let page = try Self.report(["a.png"]).html()
    let run = try #require((try Self.data(of: page)["runs"] as? [[String: Any]])?.first)
    let picture = try #require((run["pictures"] as? [[String: Any]])?.first)
    let pair = try #require((picture["pairs"] as? [[String: Any]])?.first)
    let bytes = try #require(
      (pair["curves"] as? String).flatMap { Data(base64Encoded: $0) }.map(Array.init))
    var numbers = stride(from: 0, to: bytes.count, by: 2).map {
      Double(UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
    }[...]
    #expect(
      run["deletion"] as? [Double]
        == Array(stride(from: 0, to: 1.05, by: 0.1)).map { ($0 * 10).rounded() / 10 })
    for count in [20, 0] {
      #expect(numbers.removeFirst() == Double(count + 1))
      let points = numbers.prefix(3 * (count + 1))
      numbers = numbers.dropFirst(points.count)
      let places = stride(from: 0, to: points.count, by: 3).map { points[points.startIndex + $0] }
      let facts = stride(from: 1, to: points.count, by: 3).map {
        exp(-points[points.startIndex + $0] / 2000)
      }
      // Half of 1/65535, and half of 1/2000 of each probability.
      for (i, place) in places.enumerated() {
        #expect(abs(place / 65535 - Double(i) / Double(max(count, 1))) < 1e-5)
        #expect(abs(facts[i] / (0.6 * (1 - Double(i) / 100)) - 1) < 2.6e-4)
      }
      numbers = numbers.dropFirst(3 * 11)
    }
    #expect(numbers.isEmpty)
  }

  @Test func `what does not fit is left out evenly, and the page says so`() throws {
    let report = try Self.report((1...9).map { "p\($0).png" })
    let page = try report.html(dataLimit: 22000)
    let run = try #require((try Self.data(of: page)["runs"] as? [[String: Any]])?.first)
    let pictures = try #require(run["pictures"] as? [[String: Any]])
    #expect(pictures.map { $0["name"] as? String } == ["p1.png", "p4.png", "p7.png"])
    #expect(run["leftOut"] as? Int == 6)
    #expect(page.contains("those of 6 were left out"))
    #expect(try report.html(dataLimit: 22000) == page)
  }

  @Test func `a folder is written whole, and not over another unless asked`() throws {
    let report = try Self.report(["a.png"])
    let folder = try References.temporaryFolder().appending(path: "page").path
    try report.write(to: folder)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        == ["index.html", "manifest.json"])
    #expect(throws: FileError.folderNotEmpty(folder)) { try report.write(to: folder) }
    try report.write(to: folder, existing: .overwrite)
    struct Stop: Error {}
    let other = folder + "-2"
    #expect(throws: Stop.self) { try report.write(to: other) { _ in throw Stop() } }
    #expect(!FileManager.default.fileExists(atPath: other))
  }

  @Test(arguments: [
    ([0.00754, 0.0052], "7.54 × 10⁻³", "5.20"), ([0.0684, 0.01], "6.84 × 10⁻²", "1.00"),
    ([0.35, 0.12], "0.350", "0.120"), ([-2.5, 0.1], "−2.50", "0.10"),
    ([2029, 868], "2,029", "868"),
    ([1_234_567, 12], "1,234,567", "12"), ([0, 0], "0.00", "0.00"),
  ])
  func `numbers of a table share a power of ten`(values: [Double], long: String, short: String) {
    let scale = ScaledNumbers(of: values)
    #expect(scale.text(values[0]) == long)
    #expect(scale.short(values[1]) == short)
  }

  @Test func `what is infinite, or no number, is written and sets no scale`() {
    let scale = ScaledNumbers(of: [0.00754, .infinity, -.infinity, .nan])
    let values = [.infinity, -.infinity, .nan, 0.00754]
    #expect(values.map(scale.text) == ["∞", "−∞", "–", "7.54 × 10⁻³"])
    #expect(values.map(scale.difference) == ["+∞", "−∞", "–", "+7.54"])
    #expect(ScaledNumbers(of: [.nan, .infinity]).text(.infinity) == "∞")
    #expect(ScaledNumbers.p(.nan) == "–")
  }

  @Test func `p-values are short and never a zero that is none`() {
    #expect(
      [1, 0.9999, 0.317, 0.0421, 0.0012, 3.2e-7, 0].map(ScaledNumbers.p)
        == ["1", "1", "0.32", "0.042", "0.001", "3e-7", "0"])
  }
}
