internal import Faithfulness
internal import Foundation

/// How alike the maps of a test of weights are to the original, as a small chart.
struct SanityChart {
  let result: SanityResult

  private static let size = (width: 460.0, height: 170.0)
  private static let frame = (left: 34.0, right: 8.0, top: 8.0, bottom: 24.0)

  var svg: HTML {
    let correlation = result.steps.map { $0.similarity?.magnitudeCorrelation }
    let ssim = result.steps.map { $0.similarity?.ssim }
    let marks = ticks.map { value -> HTML in
      """
      <line x1="\(x(0))" x2="\(x(steps))" y1="\(y(value))" y2="\(y(value))" class="grid"/>\
      <text x="\(text(Self.frame.left - 5))" y="\(y(value))" class="y">\(Page.number(Float(value)))\
      </text>
      """
    }
    let stages = result.steps.indices.map { place -> HTML in
      "<text x=\"\(x(place + 1))\" y=\"\(text(Self.size.height - 8))\">\(String(place + 1))</text>"
    }
    let chances: [HTML] = [
      chance(result.chance?.magnitudeCorrelation?.upper, "rank"),
      chance(result.chance?.ssim.upper, "ssim"),
    ]
    return """
      <svg class="chart" viewBox="0 0 \(text(Self.size.width)) \(text(Self.size.height))" role="img" \
      aria-label="Similarity to the original map by stage">\(marks)\(stages)\
      <text x="\(x(0))" y="\(text(Self.size.height - 8))">0</text>\(chances)\
      \(line(ssim, "ssim"))\(line(correlation, "rank"))</svg>
      """
  }

  private var steps: Int { result.steps.count }

  private var lowest: Double {
    let found = result.steps.compactMap(\.similarity)
    let least = min(
      found.map(\.ssim).min() ?? 0, found.compactMap(\.magnitudeCorrelation).min() ?? 0)
    return least < -0.05 ? max(-1, (least * 4).rounded(.down) / 4) : 0
  }

  private var ticks: [Double] { lowest < 0 ? [lowest, 0, 0.5, 1] : [0, 0.5, 1] }

  /// From the map before anything was changed; of the steps that left a map, in pieces.
  private func line(_ values: [Double?], _ name: String) -> HTML {
    // Alone, stages are no path from the original on.
    var points = result.test == .cascade ? [(0, 1.0)] : []
    points += values.enumerated().compactMap { place, value in value.map { (place + 1, $0) } }
    let path = points.map { "\(x($0.0)),\(y($0.1))" }.joined(separator: " ")
    let dots = points.map { point -> HTML in
      "<circle cx=\"\(x(point.0))\" cy=\"\(y(point.1))\" r=\"3\" class=\"\(name)\"/>"
    }
    let drawn: HTML =
      result.test == .cascade ? "<polyline points=\"\(path)\" class=\"\(name)\"/>" : ""
    return "\(drawn)\(dots)"
  }

  private func chance(_ level: Double?, _ name: String) -> HTML {
    guard let level else { return "" }
    return """
      <line x1="\(x(0))" x2="\(x(steps))" y1="\(y(level))" y2="\(y(level))" class="chance \(name)"/>
      """
  }

  private func x(_ place: Int) -> String {
    let width = Self.size.width - Self.frame.left - Self.frame.right
    return text(Self.frame.left + width * Double(place) / Double(max(steps, 1)))
  }

  private func y(_ value: Double) -> String {
    let height = Self.size.height - Self.frame.top - Self.frame.bottom
    return text(Self.frame.top + height * (1 - (value - lowest) / (1 - lowest)))
  }

  private func text(_ number: Double) -> String { String(format: "%.1f", number) }
}
