internal import Counterfactuals
internal import Foundation
internal import Imagery
internal import Networks
internal import Tensors
internal import Terms

/// The page of contrastive examples of one picture.
struct ContrastivePage {
  let report: ContrastiveReport
  let drawn: [DrawnContrast]
  let scale: Float

  func html() throws -> String {
    PageFrame(
      title: title, lead: "<p>\(subtitle)</p>",
      styles: [Page.style, CurveChart.style, Self.style], bodyClass: isSmall ? "pixels" : "",
      content: """
        \(drawn.count > 1 ? try overview() : "")
        \(try sorted.map { try section($0) })
        """,
      footer: """
        <h2>How to read this page</h2>
        \(reading)
        <h2>How it was made</h2>
        \(HTML.facts(report.provenance.facts()))
        <p>All pictures as raw numbers, and the codes, are in <code>maps.npz</code>; all numbers in \
        <code>manifest.json</code>.</p>
        """
    ).text
  }

  /// Nearest first, failed ones last.
  var sorted: [DrawnContrast] {
    func rank(_ place: Int) -> (Float, Int) {
      (drawn[place].drawing?.attempt.distance ?? .infinity, place)
    }
    return drawn.indices.sorted { rank($0) < rank($1) }.map { drawn[$0] }
  }

  /// Whether pictures are so small that single pixels are seen.
  private var isSmall: Bool {
    (report.answers.first?.input.shape.suffix(2).max() ?? 0) < 160
  }

  func wording(_ drawn: DrawnContrast) -> ContrastiveWording {
    ContrastiveWording(drawn.answer, report.network.labels)
  }

  private var title: String {
    guard let first = drawn.first else { return "No question" }
    if Set(drawn.map { wording($0).question }).count == 1 { return wording(first).question }
    return Set(drawn.map(\.answer.fact)).count == 1
      ? "Why \(wording(first).fact), rather than something else?" : "Why this, rather than that?"
  }

  private var subtitle: HTML {
    var methods: [String] = []
    for answer in drawn where !methods.contains(answer.answer.method.title) {
      methods.append(answer.answer.method.title)
    }
    let classes = report.prediction.classes.prefix(2).map {
      "\($0.label) (\(ContrastiveWording.probability(log($0.probability))))"
    }
    let prediction =
      classes.isEmpty ? "" : " The network says \(classes.joined(separator: ", then "))."
    return """
      \(methods.joined(separator: " and ")) of <b>\(report.provenance.networkName)</b> about \
      <b>\(report.provenance.inputName)</b>.\(prediction)
      """
  }
}
