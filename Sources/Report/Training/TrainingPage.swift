internal import Imagery

/// The page of a training run.
struct TrainingPage {
  let report: TrainingReport

  func html() throws -> String {
    PageFrame(
      title: report.title, styles: [Page.style, CurveChart.style, Self.style],
      content: """
        <section>
        <div class="input">
        <div class="curves"><h2>\(report.curveLabel)</h2>\(chart.html)</div>
        <div>\(HTML.facts(report.measured, isCode: false))</div>
        </div>
        </section>
        \(try pictures)
        """,
      footer: """
        <h2>How to use it</h2>
        <pre><code>\(Self.use(of: shown.generator.first?.path ?? ""))</code></pre>
        <h2>How it was made</h2>
        \(HTML.facts(
          report.settings + [
            ("command", shown.command), ("seed", String(shown.seed)), ("Rather", shown.version),
          ], isCode: false))
        """
    ).text
  }

  private var shown: Provenance { report.provenance.shown }

  private var pictures: HTML {
    get throws {
      let samples = stride(from: 0, to: report.samples.count, by: 16).map {
        Array(report.samples[$0..<min($0 + 16, report.samples.count)])
      }
      let pairs = report.reconstructions
      let reconstructions = stride(from: 0, to: pairs.count, by: 16).flatMap { start in
        let row = pairs[start..<min(start + 16, pairs.count)]
        return [row.map(\.picture), row.map(\.decoded)]
      }
      return """
        \(try section("What random codes decode to", "codes drawn from N(0, I)", samples))
        \(try section(
          "Test pictures, and below each what its code decodes to",
          "evenly spaced in the test set", reconstructions))
        \(try section(
          "Paths between two random codes", "on a great circle, the ends at left and right",
          report.paths))
        """
    }
  }

  private func section(_ title: String, _ note: String, _ rows: [[Picture]]) throws -> HTML {
    guard let sheet = try PictureSheet(rows: rows).picture() else { return "" }
    return """
      <section>
      <h2>\(title)</h2>
      <figure>\(try HTML.image(sheet.png(), alt: title, name: "sheet"))
      <figcaption>\(note)</figcaption></figure>
      </section>
      """
  }

  /// The curves without the fall of the first steps, beside which nothing else would be seen.
  var chart: CurveChart {
    let later = report.curves.flatMap { curve -> [Double] in
      let last = curve.points.last?.step ?? 0
      return curve.points.filter { $0.step * 20 >= last }.map(\.value)
    }
    let range = Self.range(later)
    return CurveChart(
      label: report.curveLabel,
      series: report.curves.enumerated().map { ink, curve in
        .init(
          name: curve.name,
          // A point off the scale interrupts the curve.
          points: curve.points.map {
            .init(x: Double($0.step), y: range.contains($0.value) ? $0.value : .nan)
          },
          ink: ink)
      }, xLabel: "step", yRange: range, size: .wide)
  }

  private static func range(_ values: [Double]) -> ClosedRange<Double> {
    guard let low = values.min(), let high = values.max(), low.isFinite, high.isFinite, low < high
    else { return 0...1 }
    let margin = (high - low) / 20
    return low - margin...high + margin
  }

  private static func use(of file: String) -> String {
    """
    rather counterfactual PICTURE --model CLASSIFIER.pt2 --generator \(file) --rather-than CLASS -o FOLDER
    """
  }

  private static let style = """
    .curves { flex: 1 1 30rem; max-width: 44rem; }
    .facts { width: auto; }
    .sheet { max-width: 100%; image-rendering: pixelated; }
    pre { white-space: pre-wrap; }
    """
}
