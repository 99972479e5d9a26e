import Foundation
import Testing

@testable import Report

/// Known answers.
@Suite struct CurveChartTests {
  @Test func `curves, bands and marks lie where their numbers say`() {
    let chart = CurveChart(
      label: "one curve",
      series: [
        .init(
          name: "P & Q", points: [.init(x: 0, y: 1), .init(x: 100, y: 0)],
          band: [0.5...1, 0...0.5], ink: 0)
      ],
      marks: [.init(x: 50, label: "half"), .init(x: 1000, label: "far")], xLabel: "pixels",
      xRange: 0...100, yRange: 0...1)
    let page = chart.html.markup
    // The small drawing is 232 × 150; letters of "0.5" keep 30 to the left, 10 to the right, 8 above
    // and 34 below.
    #expect(page.contains("<path class=\"ink0\" d=\"M30 8L222 116\"/>"))
    #expect(page.contains("d=\"M30 8L222 62L222 116L30 62Z\""))
    #expect(page.contains("d=\"M126 8V116\""))
    #expect(page.contains("aria-label=\"one curve\"") && page.contains("P &amp; Q"))
    #expect(page.contains(">half<") && !page.contains(">far<"))
  }

  @Test func `a point that is no number interrupts its curve`() {
    let points = [0, .nan, 2, 3].enumerated().map {
      CurveChart.Point(x: Double($0.offset), y: $0.element)
    }
    let chart = CurveChart(
      label: "", series: [.init(name: "", points: points, ink: 7)], xLabel: "x", yRange: 0...3)
    let line = chart.html.markup.split(separator: "\n").first { $0.contains("ink1") } ?? ""
    #expect(line.count { $0 == "M" } == 2 && line.count { $0 == "L" } == 1)
    #expect(!chart.html.markup.contains("keys"))
  }

  @Test func `numbers of axes are round, and thousands stand apart`() {
    let axis = CurveChart.Axis(0...50176, isOpen: false, steps: 3)
    #expect(axis.ticks == [0, 20000, 40000])
    #expect(axis.ticks.map(axis.text) == ["0", "20\u{202F}000", "40\u{202F}000"])
    let open = CurveChart.Axis(-0.13...0.42, isOpen: true, steps: 3)
    #expect(open.range == -0.2...0.6000000000000001)
    #expect(open.ticks.map(open.text) == ["−0.2", "0.0", "0.2", "0.4", "0.6"])
    #expect(CurveChart.Axis.range([]) == 0...1)
    #expect(CurveChart.Axis.grouped(-1_234_567) == "−1\u{202F}234\u{202F}567")
  }
}
