/// The drops of the controls as thin lines on an axis, with what a map must exceed and its own drop.
struct DropStrip: Sendable {
  let own: Double
  let controls: [Double]
  let critical: Double?
  let passes: Bool

  private static let width = 232.0
  private static let height = 46.0
  private static let base = 28.0

  var html: HTML {
    let axis = CurveChart.Axis(
      CurveChart.Axis.range(controls + [own] + (critical.map { [$0] } ?? [])), isOpen: true,
      steps: 4
    )
    func across(_ drop: Double) -> String {
      CurveChart.Frame.text(8 + axis.part(drop) * (Self.width - 18))
    }
    let ticks = axis.ticks.map { tick -> HTML in
      "<text class=\"mid\" x=\"\(across(tick))\" y=\"42\">\(axis.text(tick))</text>"
    }
    let draws = controls.map { "M\(across($0)) 12V26" }.joined()
    let limit: HTML = critical.map { "<path class=\"at\" d=\"M\(across($0)) 6V28\"/>" } ?? ""
    return """
      <svg class="strip" viewBox="0 0 232 46" role="img" aria-label="how far the log-odds fall without \
      this map's pixels and without those of each control">
      <path class="axis" d="M8 \(CurveChart.Frame.text(Self.base))H\
      \(CurveChart.Frame.text(Self.width - 10))"/>\(ticks)
      <path class="draws" d="\(draws)"/>\(limit)
      <path class="own\(passes ? "" : " chance")" d="M\(across(own)) 4V28"/>
      </svg>
      """
  }
}
