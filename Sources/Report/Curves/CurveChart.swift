/// Curves over a common axis as a drawing inside a page.
///
/// Colours are those of the page, ``style``, so that the drawing is read in light and in dark; curves
/// differ by dashes too, so that it is read without colours.
struct CurveChart: Sendable {
  /// A curve.
  struct Series: Sendable {
    /// What the legend calls it; a curve without a name is not in the legend.
    var name: String
    /// Its points in rising order of x. Points that are no numbers interrupt it.
    var points: [Point]
    /// The range about each point, such as an interval of confidence; empty for none.
    var band: [ClosedRange<Double>] = []
    /// Which of the page's colours and dashes; the same number is the same curve in every chart.
    var ink: Int
  }

  /// A point of a curve.
  struct Point: Hashable, Sendable {
    var x: Double
    var y: Double
  }

  /// A place on the x axis, drawn as a line from top to bottom.
  struct Mark: Sendable {
    var x: Double
    /// A few letters beside it; may be empty.
    var label: String
  }

  /// How large the chart is drawn where there is room; it shrinks with the page.
  enum Size: Sendable {
    /// Under a map.
    case small
    /// Across a page.
    case wide
  }

  /// What the chart shows, for those who cannot see it.
  var label: String
  var series: [Series]
  var marks: [Mark] = []
  var xLabel: String
  var yLabel = ""
  /// The ends of the axes; `nil` for the ends of the curves, zero included.
  var xRange: ClosedRange<Double>?
  var yRange: ClosedRange<Double>?
  var size = Size.small

  /// The chart and its legend.
  var html: HTML {
    let frame = Frame(self)
    return """
      <div class="chart">
      <svg viewBox="0 0 \(Frame.text(frame.width)) \(Frame.text(frame.height))" role="img" \
      aria-label="\(label)">
      \(frame.grid)
      \(series.map(frame.band(of:)))
      \(series.map(frame.line(of:)))
      \(marks.map(frame.mark))
      </svg>\(legend)
      </div>
      """
  }

  private var legend: HTML {
    let names = series.filter { !$0.name.isEmpty }.map { series -> HTML in
      """
      <span><svg viewBox="0 0 20 8"><path class="ink\(String(series.ink % Self.inkCount))" \
      d="M0 4H20"/></svg> \(series.name)</span>
      """
    }
    return names.isEmpty ? "" : "<div class=\"keys\">\(names)</div>"
  }
}
