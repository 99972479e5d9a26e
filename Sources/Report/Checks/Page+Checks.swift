internal import Contrast
internal import Faithfulness
internal import Foundation
internal import Networks
internal import Saliency
internal import Terms

/// What a page says of checks.
extension Page {
  var checks: MapChecks? { report.pictures.lazy.compactMap(\.checks).first }

  /// A map's check, under the map.
  func check(of map: DrawnMap) -> HTML {
    guard let result = map.check, let checks else { return "" }
    let question = map.answer.inquiry.question
    let wording = CheckWording(checks.check, report.network.labels)
    let kind = result.verdict == .passes ? "passed" : "open"
    let reason = wording.reason(result, question).replacing(" = ", with: "\u{A0}=\u{A0}")
    let sentence = reason.prefix(1).uppercased() + reason.dropFirst() + "."
    let hint = wording.hint(result, neutral: map.answer.map.neutral)
    return """
      <div class="check">
      <p><span class="verdict \(kind)">\(wording.badge(result).replacing(" = ", with: "\u{A0}=\u{A0}"))</span> \
      \(sentence)\(hint.map { " " + $0 } ?? "")</p>
      \(result.salientCount > 0 ? drawing(result, question) : "")
      </div>
      """
  }

  private func drawing(_ result: CheckResult, _ question: Question) -> HTML {
    let strip: HTML =
      result.drops.map { drops in
        let strip = DropStrip(
          own: drops.own, controls: drops.controls, critical: drops.critical,
          passes: result.verdict == .passes)
        let others = "\(drops.controls.count) \(Self.others(checks?.check.control))"
        return """
          <p class="axisname">fall of the log-odds: this map (bold), \(others)</p>\(strip.html)
          """
      } ?? ""
    let numbers = [("CAUC", result.cauc), ("CDROP", result.cdrop)].compactMap { name, value in
      value.map { "\(name) \(Self.number(Float($0)))".replacing(" ", with: "\u{A0}") }
    }
    return """
      \(chart(result, question).html)\(strip)
      <p class="numbers">\(numbers.joined(separator: " · "))</p>
      """
  }

  private static func others(_ control: MapCheck.Control?) -> String {
    control == .shifted ? "other places (thin)" : "random choices (thin)"
  }

  /// The curve to three times the salient pixels, which are a third of it that way.
  private func chart(_ result: CheckResult, _ question: Question) -> CurveChart {
    let curve = result.curve
    let end = curve.counts.first { $0 >= 3 * result.salientCount } ?? result.featureCount
    let shown = curve.counts.prefix { $0 <= end }
    func series(_ name: String, _ values: [Double], _ ink: Int) -> CurveChart.Series {
      .init(
        name: name, points: zip(shown, values).map { .init(x: Double($0), y: $1) }, ink: ink)
    }
    let labels = report.network.labels
    func name(_ set: ClassSet, _ letter: String) -> String {
      let text = labels.text(set)
      return text.count <= 22 ? text : "\(letter), \(set.indices.count) classes"
    }
    var all = question.fact.map { [series(name($0, "P"), curve.fact.map { exp($0) }, 0)] } ?? []
    if let foil = question.foil {
      all.append(series(name(foil, "Q"), curve.foil.map { exp($0) }, 1))
      all.append(series("contrastive score", curve.scores, 2))
    }
    return CurveChart(
      label: "probabilities while the map's strongest pixels are deleted", series: all,
      marks: [
        .init(
          x: Double(result.salientCount), label: CurveChart.Axis.grouped(result.salientCount))
      ], xLabel: "pixels deleted", yLabel: "probability", xRange: 0...Double(max(1, end)))
  }
}
