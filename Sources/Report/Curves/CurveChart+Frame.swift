internal import Foundation

extension CurveChart {
  /// Where numbers lie in a chart's drawing.
  struct Frame {
    let width: Double
    let height: Double
    private let left: Double
    private let bottom: Double
    private let x: Axis
    private let y: Axis
    private let xLabel: String
    private let yLabel: String

    init(_ chart: CurveChart) {
      (width, height) = chart.size == .small ? (232, 150) : (720, 320)
      (xLabel, yLabel) = (chart.xLabel, chart.yLabel)
      let points = chart.series.flatMap(\.points).filter { $0.x.isFinite && $0.y.isFinite }
      let ends = chart.series.flatMap(\.band).flatMap { [$0.lowerBound, $0.upperBound] }
      let across = Axis(
        chart.xRange ?? Axis.range(points.map(\.x) + chart.marks.map(\.x)), isOpen: false,
        steps: chart.size == .small ? 4 : 7)
      let down = Axis(
        chart.yRange ?? Axis.range(points.map(\.y) + ends.filter(\.isFinite)),
        isOpen: chart.yRange == nil, steps: chart.size == .small ? 3 : 5)
      (x, y) = (across, down)
      let letters = down.ticks.map(down.text).map(\.count).max() ?? 1
      left = 12 + 6 * Double(letters)
      bottom = height - 34
    }

    private var top: Double { yLabel.isEmpty ? 8 : 20 }
    private var right: Double { width - 10 }
    private func across(_ value: Double) -> Double { left + x.part(value) * (right - left) }
    private func down(_ value: Double) -> Double { bottom - y.part(value) * (bottom - top) }

    /// The axes with their numbers and names.
    var grid: HTML {
      let rows = y.ticks.map { tick -> HTML in
        let place = Self.text(down(tick))
        return """
          <path class="grid" d="M\(Self.text(left)) \(place)H\(Self.text(right))"/>\
          <text class="end" x="\(Self.text(left - 5))" y="\(place)" dy="4">\(y.text(tick))</text>
          """
      }
      let columns = x.ticks.map { tick -> HTML in
        let isLast = across(tick) > right - 12
        return """
          <text class="\(isLast ? "end" : "mid")" x="\(Self.text(isLast ? right : across(tick)))" \
          y="\(Self.text(bottom + 14))">\(x.text(tick))</text>
          """
      }
      let name: HTML =
        yLabel.isEmpty ? "" : "<text x=\"\(Self.text(left - 5))\" y=\"11\">\(yLabel)</text>"
      return """
        \(rows)
        <path class="axis" d="M\(Self.text(left)) \(Self.text(bottom))H\(Self.text(right))"/>
        \(columns)
        <text class="end" x="\(Self.text(right))" y="\(Self.text(height - 4))">\(xLabel)</text>\(name)
        """
    }

    func mark(_ mark: Mark) -> HTML {
      let place = across(mark.x)
      guard place >= left, place <= right else { return "" }
      let isLate = place > (left + right) / 2
      return """
        <path class="at" d="M\(Self.text(place)) \(Self.text(top))V\(Self.text(bottom))"/>\
        <text class="\(isLate ? "end" : "start")" x="\(Self.text(place + (isLate ? -4 : 4)))" \
        y="\(Self.text(top + 9))">\(mark.label)</text>
        """
    }

    func band(of series: Series) -> HTML {
      let ends = zip(series.points, series.band).filter {
        $0.0.x.isFinite && $0.1.lowerBound.isFinite && $0.1.upperBound.isFinite
      }
      if ends.isEmpty { return "" }
      let high = ends.map { (across($0.x), down($1.upperBound)) }
      let low = ends.reversed().map { (across($0.x), down($1.lowerBound)) }
      let way = (high + low).map { "\(Self.text($0)) \(Self.text($1))" }.joined(separator: "L")
      return "<path class=\"band ink\(String(series.ink % inkCount))\" d=\"M\(way)Z\"/>"
    }

    func line(of series: Series) -> HTML {
      var way = ""
      var isDrawing = false
      for point in series.points {
        guard point.x.isFinite, point.y.isFinite else {
          isDrawing = false
          continue
        }
        way += "\(isDrawing ? "L" : "M")\(Self.text(across(point.x))) \(Self.text(down(point.y)))"
        isDrawing = true
      }
      if way.isEmpty { return "" }
      return "<path class=\"ink\(String(series.ink % inkCount))\" d=\"\(way)\"/>"
    }

    /// A length with one decimal, which is finer than any screen.
    static func text(_ length: Double) -> String {
      let tenths = Int((length * 10).rounded())
      return tenths % 10 == 0 ? "\(tenths / 10)" : String(format: "%.1f", Double(tenths) / 10)
    }
  }
}
