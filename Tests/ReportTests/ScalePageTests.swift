import Contrast
import Foundation
import Imagery
import Saliency
import Tensors
import Testing

@testable import Report

/// Maps that the scale of their neighbours hardly shows.
@Suite struct ScalePageTests {
  /// A report whose maps side by side reach to these values.
  static func report(
    reaching: [Float], below: [Float]? = nil, drawing: Drawing = Drawing()
  ) throws -> Report {
    let report = try ReportTests.report(drawing: drawing)
    let old = report.pictures[0]
    let answer = old.groups[0].answers[0]
    let answers = try reaching.enumerated().map { place, most in
      var values = [Float](repeating: 0, count: 24)
      values[7] = most
      values[3] = below?[place] ?? 0
      let map = try Tensor(values, shape: [4, 6])
      return Answer(
        inquiry: answer.inquiry, scores: answer.scores,
        map: SaliencyMap(values: map, atLayer: map, rectification: .none))
    }
    return Report(
      title: "Scales", network: report.network,
      pictures: [
        ExplainedPicture(
          picture: old.picture, file: old.file, prediction: old.prediction,
          groups: [.init(title: "All", method: old.groups[0].method, answers: answers)])
      ], drawing: drawing, provenance: report.provenance)
  }

  static func maps(_ report: Report) throws -> [DrawnMap] {
    try MapDrawer(network: report.network, drawing: report.drawing).drawn(report.pictures[0])[0]
  }

  @Test
  func
    `a map below two fifths of the scale has a scale of its own, and below three tenths starts with it`()
    throws
  {
    let maps = try Self.maps(Self.report(reaching: [10, 4, 3.9, 2, 1.9, 0]))
    #expect(maps.map { $0.ownScale != nil } == [false, false, true, true, true, false])
    #expect(maps.compactMap { $0.ownScale?.isBlank } == [false, true, true])
    #expect(maps.allSatisfy { $0.scale == 0...10 })
    #expect(maps.compactMap { $0.ownScale?.scale.upperBound } == [3.9, 2, 1.9])
    for map in maps { if let own = map.ownScale { #expect(own.pagePNG != map.overlay?.pagePNG) } }
  }

  @Test func `signed maps are weak where both of their ends are`() throws {
    let maps = try Self.maps(
      Self.report(
        reaching: [10, 1, 1], below: [-1, -1, -8], drawing: Drawing(sign: .both)))
    #expect(maps.map { $0.ownScale != nil } == [false, true, false])
  }

  @Test func `a map in which nothing speaks for the fact shows what speaks against it`() throws {
    let report = try Self.report(reaching: [10, 0])
    let old = report.pictures[0]
    let group = old.groups[0]
    let against = try Tensor((0..<24).map { -Float($0) }, shape: [4, 6])
    let answer = Answer(
      inquiry: group.answers[1].inquiry, scores: group.answers[1].scores,
      map: SaliencyMap(values: try against.relu(), atLayer: against, rectification: .relu))
    let picture = ExplainedPicture(
      picture: old.picture, file: old.file, prediction: old.prediction,
      groups: [
        .init(title: "All", method: group.method, answers: [group.answers[0], answer])
      ])
    let zero = Report(
      title: "Zero", network: report.network, pictures: [picture], drawing: report.drawing,
      provenance: report.provenance)
    let maps = try Self.maps(zero)
    let own = try #require(maps[1].ownScale)
    #expect(maps[0].ownScale == nil && own.isBlank && own.part == 0)
    #expect(own.scale == -23...23 && own.colors == .diverging)
    let path = try ReportTests.freePath()
    _ = try zero.write(to: path)
    let page = try String(contentsOfFile: path + "/index.html", encoding: .utf8)
    #expect(page.contains("what speaks against it</label>"))
    #expect(page.contains("The map is zero everywhere"))
  }

  @Test func `where each map has its own scale already, or none is drawn, there is no other`()
    throws
  {
    let own = try Self.report(reaching: [10, 1], drawing: Drawing(scale: .own))
    #expect(try Self.maps(own).allSatisfy { $0.ownScale == nil })
    let plain = try Self.report(reaching: [10, 1])
    let drawer = MapDrawer(network: plain.network, drawing: plain.drawing, contents: .numbers)
    #expect(try drawer.drawn(plain.pictures[0])[0].allSatisfy { $0.ownScale == nil })
  }

  @Test func `the page switches by styles alone, and says how much finer`() throws {
    let path = try ReportTests.freePath()
    _ = try Self.report(reaching: [10, 3, 1]).write(to: path)
    let page = try String(contentsOfFile: path + "/index.html", encoding: .utf8)
    #expect(!page.contains("<script"))
    #expect(page.components(separatedBy: "type=\"radio\"").count == 5)
    #expect(
      page.contains("own scale, 3.3 times finer") && page.contains("own scale, 10 times finer"))
    // The faint one starts on the shared scale, the blank one on its own.
    let chosen = page.components(separatedBy: "<input").dropFirst().filter {
      $0.prefix { $0 != ">" }.contains(" checked")
    }.map { $0.hasPrefix(" type=\"radio\" class=\"pick-own\"") }
    #expect(chosen == [false, true])
    for id in page.components(separatedBy: " for=\"").dropFirst().map({ $0.prefix { $0 != "\"" } })
    {
      #expect(page.contains("id=\"\(id)\""))
    }
  }

  @Test(arguments: [
    (0.986, "98.6 %"), (0.001, "0.1 %"), (0.00099, "1 in 1\u{202F}000"),
    (0.000083, "1 in 12\u{202F}000"),
    (3e-7, "1 in 3\u{202F}300\u{202F}000"),
    (1e-12, "less than 1 in 1\u{202F}000\u{202F}000\u{202F}000"),
    (0, "less than 1 in 1\u{202F}000\u{202F}000\u{202F}000"),
  ])
  func `small probabilities are told as one in so many`(probability: Float, text: String) {
    #expect(ChanceText.of(probability) == text)
  }
}
