internal import Contrast
internal import Counterfactuals
internal import Imagery
internal import Networks
internal import Tensors
internal import Terms

/// The page of mean changes.
struct ContrastiveSummaryPage {
  let report: ContrastiveSummaryReport
  /// Foils with all their facts together.
  let foils: [EncodedPair]
  let pairs: [EncodedPair]

  func html() -> String {
    PageFrame(
      title: Self.title,
      lead: """
        <p>\(report.method.title) of <b>\(report.provenance.networkName)</b> over \
        \(Wordings.pictures(report.pictureCount)) of <b>\(ShownPaths.names.path(report.source))</b>.</p>
        """,
      styles: [Page.style, ContrastivePage.style, Self.style],
      content: """
        <section>
        \(Self.introduction)
        \(finding)
        \(together)
        <div class="pairs">\(pairs.map { card($0, $0.drawn.question(report.network.labels)) })</div>
        </section>
        """,
      footer: """
        <h2>How to read this page</h2>
        \(Self.reading)
        <h2>How it was made</h2>
        \(HTML.facts(
          report.provenance.facts([("pictures", report.provenance.paths.path(report.source))])))
        <p>The mean changes, raw, are in <code>maps.npz</code>; all numbers in \
        <code>manifest.json</code>; every answer, one line each, in <code>answers.csv</code>.</p>
        """
    ).text
  }

  /// The pairs whose change lies in one spot, if any.
  private var finding: HTML {
    let narrow = pairs.map(\.drawn).filter { $0.pair.spot.map(SpotWording.isNarrow) ?? false }
    guard !narrow.isEmpty else {
      return "<p>No pair has half of its change in a tenth of the picture.</p>"
    }
    let labels = report.network.labels
    let foils = Set(narrow.map(\.pair.foil))
    let shared = foils.count == 1 && narrow.count > 1 ? foils.first : nil
    let questions = narrow.prefix(5).map { "“\($0.question(labels))”" }.joined(separator: ", ")
    let more = narrow.count > 5 ? " and \(narrow.count - 5) more" : ""
    let which = shared.map { "all of them with \(labels.text($0)) as the foil" } ?? questions + more
    return """
      <p class="warning">\(narrow.count == 1 ? "One pair has" : "\(narrow.count) pairs have") half \
      of the change or more in one spot: \(which).</p>
      """
  }

  /// Foils with all their facts together, before the pairs.
  private var together: HTML {
    guard !foils.isEmpty else { return "" }
    let cards = foils.map { card($0, "Why not \(report.network.labels.text($0.drawn.pair.foil))?") }
    return """
      <h2>All facts together</h2>
      <div class="pairs">\(cards)</div>
      <h2>Pair by pair</h2>
      """
  }

  /// What other methods find for a pair, small.
  private func others(_ encoded: EncodedPair) -> HTML {
    let figures = zip(report.beside, encoded.beside).map { other, png -> HTML in
      let found = other.pair(like: encoded.drawn.pair)
      let share = (found?.spot).map { SpotWording($0, in: encoded.drawn.pair.mean.shape).short }
      let tile: HTML =
        png.map { HTML.image($0, alt: other.title, name: "tile") }
        ?? "<div class=\"tile failed\"><span>failed</span></div>"
      return """
        <figure>\(tile)<figcaption><b>\(other.title)</b><br><small>\(share ?? "")</small>\
        </figcaption></figure>
        """
    }
    return figures.isEmpty ? "" : "<div class=\"others\">\(figures)</div>"
  }

  private func card(_ encoded: EncodedPair, _ question: String) -> HTML {
    let (drawn, png) = (encoded.drawn, encoded.png)
    let pair = drawn.pair
    let failed: HTML =
      pair.failedCount == 0 ? "" : "; \(String(pair.failedCount)) failed"
    guard let png else {
      return """
        <figure><div class="tile failed"><span>failed</span></div>\
        <figcaption><b>\(question)</b><br>No picture of \(String(pair.failedCount)) has an \
        answer.</figcaption></figure>
        """
    }
    let sentence = pair.spot.map { SpotWording($0, in: pair.mean.shape).sentence } ?? "No change."
    // Numbers stay with their units.
    let unbroken = sentence.replacing(" %", with: "\u{A0}%").replacing(
      " × ", with: "\u{A0}×\u{A0}")
    let chip: HTML =
      pair.spot.map(SpotWording.isNarrow) ?? false ? "<b class=\"warn\">one spot</b> " : ""
    return """
      <figure>\(HTML.image(png, alt: question, name: "tile"))\
      <figcaption><b>\(question)</b><br>\(chip)\(unbroken)<br>\
      <small>\(Wordings.pictures(pair.count))\(failed); full colour: a mean change of \
      \(Page.number(drawn.scale))</small>\(others(encoded))</figcaption></figure>
      """
  }

  /// Numbers with their noun.
  private enum Wordings {
    static func pictures(_ count: Int) -> String { count == 1 ? "1 picture" : "\(count) pictures" }
  }
}

extension DrawnPair {
  func question(_ labels: ClassLabels) -> String {
    Question.whyRatherThan(pair.fact, pair.foil).text(labels)
  }
}
