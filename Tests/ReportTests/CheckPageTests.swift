import Contrast
import Faithfulness
import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

@testable import Report

/// What pages and manifests say of checks: known answers, and a whole report of a toy network.
@Suite struct CheckPageTests {
  static let labels = ClassLabels(["cello", "violin", "banjo"])

  static func result(_ count: Int, of pixels: Int = 50176, own: Double, controls: [Double])
    -> CheckResult
  {
    let curve = ContrastCurve(counts: [0, count], fact: [-0.5, -1], foil: [-1, -2])
    return CheckResult(
      metrics: ContrastMetrics(curve, salientCount: count, featureCount: pixels), curve: curve,
      drops: count > 0
        ? .init(
          own: own, controls: controls,
          by: SequentialTest(draws: controls.count, significance: 0.05, stopsEarly: false)) : nil,
      significance: 0.05)
  }

  @Test func `a sentence says what was deleted, what fell, and beside what`() {
    let wording = CheckWording(MapCheck(), Self.labels)
    let contrast = Question.whyRatherThan(ClassSet(0), ClassSet(1))
    let controls = (0..<99).map { Double($0) }
    func text(_ count: Int, _ own: Double, _ question: Question = contrast) -> String {
      wording.sentence(
        Self.result(count, own: own, controls: controls), question, neutral: 0
      )
      .replacing("\u{202F}", with: " ")
    }
    #expect(
      text(3120, 98.5)
        == "passes its check: deleting its 3 120 strongest pixels lowers cello against violin more "
        + "than deleting random pixels does (p = 0.01)")
    #expect(
      text(3120, 40)
        == "not better than random pixels here (p = 0.60): deleting its 3 120 strongest pixels lowers "
        + "cello against violin less than deleting random pixels does")
    #expect(
      text(1, 60, .why(ClassSet(0))).contains("its strongest pixel lowers cello against every"))
    #expect(text(1, 60).contains("not clearly more than"))
    #expect(text(7, -1).hasPrefix("not better than random pixels here (p = 1.00)"))
    #expect(text(7, -1).contains("deleting its 7 strongest pixels does not lower cello against"))
    #expect(text(0, 0).contains("nowhere above zero"))
    let shifted = CheckWording(MapCheck(control: .shifted), Self.labels)
    #expect(
      shifted.sentence(Self.result(5, own: 98.5, controls: controls), contrast, neutral: 0)
        .contains("more than deleting the same pattern elsewhere does"))
    #expect(
      shifted.badge(Self.result(5, own: 40, controls: controls))
        == "not better than the same pattern elsewhere here (p = 0.60)")
  }

  @Test func `a map that is most of the picture says so, and why`() {
    let wording = CheckWording(MapCheck(), Self.labels)
    let most = Self.result(46000, own: 1, controls: [])
    let plain = wording.hint(most, neutral: 0)
    #expect(plain?.contains("92 % of the picture") == true && plain?.contains("zero") == false)
    #expect(wording.hint(most, neutral: 0.61)?.contains("its mean score of 0.61") == true)
    #expect(wording.hint(Self.result(25088, own: 1, controls: []), neutral: 0.6) == nil)
    // Nowhere above zero, for the mean of log-odds is far below it.
    let none = Self.result(0, own: 0, controls: [])
    #expect(wording.hint(none, neutral: -2)?.hasPrefix("This map starts from its mean") == true)
    #expect(wording.hint(none, neutral: 0) == nil)
    let all = Self.result(50176, own: 1, controls: [Double](repeating: 1, count: 99))
    #expect(all.verdict == .everyPixel)
    let sentence = wording.sentence(all, .why(ClassSet(0)), neutral: 0.6)
    #expect(sentence.hasPrefix("cannot be checked: its strongest pixels"))
    #expect(sentence.contains("are the whole picture; this map") && sentence.contains("zero=mean"))
  }

  /// The report of `ReportTests` with its maps checked; the second map is empty.
  static func checkedReport(_ control: MapCheck.Control = .random) throws -> Report {
    let plain = try ReportTests.report()
    let old = plain.pictures[0]
    let group = old.groups[0]
    let empty = Answer(
      inquiry: group.answers[1].inquiry, scores: group.answers[1].scores,
      map: SaliencyMap(
        values: try group.answers[1].map.values * 0, atLayer: group.answers[1].map.atLayer,
        rectification: .relu))
    var picture = ExplainedPicture(
      picture: old.picture, file: old.file, prediction: old.prediction,
      groups: [
        .init(title: group.title, method: group.method, answers: [group.answers[0], empty])
      ])
    let check = MapCheck(control: control, seed: 7)
    let input = try plain.network.card.input.input(from: old.picture)
    let results = try check.results(
      of: picture.answers.compactMap { MeasuredMap($0) }, by: CurveRunner(plain.network, at: input))
    picture.checks = MapChecks(check, fill: "mean", results: results)
    return Report(
      title: plain.title, network: plain.network, pictures: [picture], drawing: plain.drawing,
      provenance: plain.provenance)
  }

  @Test func `the manifest holds what checks found, and nothing where none was made`() throws {
    let path = try ReportTests.freePath()
    let report = try Self.checkedReport()
    let manifest = try report.write(to: path)
    let data = try Data(contentsOf: URL(filePath: path + "/manifest.json"))
    let read = try JSONDecoder().decode(Manifest.self, from: data)
    #expect(read.maps.map(\.check) == manifest.maps.map(\.check))
    let (first, second) = try (
      #require(read.maps[0].check), #require(read.maps[1].check)
    )
    let result = try #require(report.pictures[0].checks?.results[0])
    #expect(first.salientPixels == result.salientCount && first.pixels == 24)
    #expect(first.p == result.drops?.p && first.drop == result.drops?.own)
    #expect(first.passes == (result.verdict == .passes))
    #expect(first.curve.deleted == result.curve.counts)
    #expect(first.curve.foil?.count == first.curve.fact.count)
    #expect(first.settings.draws == 99 && first.settings.seed == 7)
    #expect(first.settings.control == "random" && first.settings.fill == "mean")
    #expect(second.verdict == "showsNothing" && !second.passes)
    #expect(second.cauc == nil && second.p == nil && second.curve.foil == nil)
    let plain = try ReportTests.report().write(to: ReportTests.freePath())
    #expect(plain.maps.allSatisfy { $0.check == nil })
    #expect(try !plain.json().contains("\"check\""))
  }

  @Test func `the page marks maps that fail, draws curves, and says how`() throws {
    let path = try ReportTests.freePath()
    _ = try Self.checkedReport().write(to: path)
    let page = try String(contentsOfFile: path + "/index.html", encoding: .utf8)
    #expect(
      page.contains("<span class=\"verdict open\">shows nothing to check</span> It is nowhere"))
    #expect(page.contains("How the maps were checked") && page.contains("drawn at random"))
    #expect(page.split(separator: "<div class=\"chart\">").count == 2, "an empty map has no curve")
    #expect(page.contains("class=\"strip\""))
    // A map that is not told from chance is no alarm.
    #expect(!page.contains("#b3261e") && !page.contains("fails"))
    #expect(!page.contains("NaN") && !page.contains("nan ") && !page.contains("inf "))
    let shifted = try ReportTests.freePath()
    _ = try Self.checkedReport(.shifted).write(to: shifted)
    let other = try String(contentsOfFile: shifted + "/index.html", encoding: .utf8)
    #expect(other.contains("the same pattern of pixels at another place"))
    let plain = try ReportTests.freePath()
    _ = try ReportTests.report().write(to: plain)
    let without = try String(contentsOfFile: plain + "/index.html", encoding: .utf8)
    #expect(!without.contains("check"))
  }

  @Test func `the same check has the same bytes`() throws {
    let paths = try [ReportTests.freePath(), ReportTests.freePath()]
    for path in paths { _ = try Self.checkedReport().write(to: path) }
    for name in ["maps.npz", "index.html"] {
      #expect(
        try Data(contentsOf: URL(filePath: "\(paths[0])/\(name)"))
          == Data(contentsOf: URL(filePath: "\(paths[1])/\(name)")), "\(name)")
    }
    // A check adds nothing to the arrays.
    let plain = try ReportTests.freePath()
    let unchecked = try Self.checkedReport()
    var picture = unchecked.pictures[0]
    picture.checks = nil
    _ = try Report(
      title: unchecked.title, network: unchecked.network, pictures: [picture],
      drawing: unchecked.drawing, provenance: unchecked.provenance
    ).write(to: plain)
    #expect(
      try Data(contentsOf: URL(filePath: "\(plain)/maps.npz"))
        == Data(contentsOf: URL(filePath: "\(paths[0])/maps.npz")))
  }
}
