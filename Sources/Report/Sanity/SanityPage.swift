internal import Contrast
internal import Faithfulness
internal import Imagery
internal import Networks
internal import Terms

/// The page of a sanity report.
struct SanityPage {
  let report: SanityReport

  func html() throws -> String {
    PageFrame(
      title: "Sanity: \(question)",
      heading: "Do these maps depend on the network, and on the question?",
      lead: """
        <p>“\(question)” asked of <b>\(report.provenance.networkName)</b> about \
        <b>\(report.provenance.inputName)</b>.</p>
        """,
      styles: [Page.style, CurveChart.style, Self.style],
      content: """
        <section>
        <div class="input">
        <figure>\(try picture)<figcaption>what the network sees</figcaption></figure>
        <div class="summary">\(Self.introduction)\(summary)\(Self.keeping)\(omissions)</div>
        </div>
        </section>
        \(try report.tested.map(section))
        """,
      footer: """
        <h2>How to read this page</h2>
        \(Self.reading)
        \(stages)
        <h2>How it was made</h2>
        \(HTML.facts(report.provenance.facts()))
        <p>All maps, raw, are in <code>maps.npz</code>; all numbers in <code>manifest.json</code>.</p>
        """
    ).text
  }

  private var question: String { report.question.text(report.network.labels) }

  private var picture: HTML {
    get throws {
      let cut = try report.network.card.input.cut(report.picture)
      return HTML.image(
        try MapDrawer.small(cut).png(), alt: "the part of the picture that the network sees",
        name: "picture")
    }
  }

  private var tests: [SanityTest] {
    SanityTest.allCases.filter { test in
      report.tested.contains { $0.results.contains { $0.test == test } }
    }
  }

  private var summary: HTML {
    let heads = tests.map { test -> HTML in
      "<th>\(SanityWording.title(of: test))<br><small>\(expectation(of: test))</small></th>"
    }
    let rows = report.tested.map { method -> HTML in
      let cells = tests.map { test -> HTML in
        guard let result = method.results.first(where: { $0.test == test }) else {
          return "<td></td>"
        }
        return "<td>\(Self.chip(result.verdict))<br><small>\(Self.figure(of: result))</small></td>"
      }
      return
        "<tr><th><a href=\"#\(method.method.explainer)\">\(method.method.title)</a></th>\(cells)</tr>"
    }
    return "<table class=\"verdicts\"><tr><th></th>\(heads)</tr>\(rows)</table>"
  }

  /// The number that a verdict stands on, in a few words.
  private static func figure(of result: SanityResult) -> String {
    switch result.test {
    case .cascade: cascadeFigure(of: result)
    case .independent: "at \(result.changedCount) of \(result.steps.count) stages"
    case .randomLogit, .randomFact, .randomFoil:
      result.meanKept.map { "keeps \(SanityWording.number($0))" } ?? ""
    }
  }

  private static func cascadeFigure(of result: SanityResult) -> String {
    guard let kept = result.steps.last?.kept else { return "" }
    let held = result.heldCount
    let half = held > 0 && held < result.steps.count ? "; half or more to stage \(held)" : ""
    return "keeps \(SanityWording.number(kept))\(half)"
  }

  private static func chip(_ verdict: SanityVerdict) -> HTML {
    "<span class=\"chip \(verdict.rawValue)\">\(SanityWording.words(for: verdict))</span>"
  }

  private var omissions: HTML {
    guard !report.leftOut.isEmpty else { return "" }
    let texts = report.leftOut.map {
      "\($0.explainer), because \(report.provenance.paths.text($0.reason))"
    }
    return "<p>Left out: \(texts.joined(separator: "; ")).</p>"
  }

  private func section(_ method: SanityReport.Tested) throws -> HTML {
    let tests = try method.results.map { try block($0) }
    let place: String =
      switch method.method.place {
      case .input: "at the input"
      case .layer(let layer, let choice): "at layer \(layer) (\(choice.rawValue))"
      }
    return """
      <section id="\(method.method.explainer)">
      <h2>\(method.method.title)</h2><p class="caption">\(place), score “\(method.score)”</p>
      \(tests)
      </section>
      """
  }

  private func block(_ result: SanityResult) throws -> HTML {
    let original = try Thumbnail(result.original).image
    let first: HTML = """
      <figure class="original">\(original)<figcaption><b>original</b><br>\
      \(result.question.text(report.network.labels))</figcaption></figure>
      """
    let steps = try result.steps.map { try figure($0) }
    let isDrawn = result.test == .cascade && result.steps.contains { $0.similarity != nil }
    let chart: HTML =
      isDrawn
      ? "<figure class=\"plot\">\(CurveChart(ofCascade: result).html)\(Self.shading)</figure>" : ""
    let wording = SanityWording(stages: report.stages)
    return """
      <div class="test"><h3>\(SanityWording.title(of: result.test)) \(Self.chip(result.verdict))</h3>
      <p>\(wording.sentence(about: result))</p>
      <div class="row">\(first)\(steps)</div>\(chart)</div>
      """
  }

  private func figure(_ step: SanityResult.Step) throws -> HTML {
    let name: String
    var modules = ""
    switch step.change {
    case .stages(let range):
      let isOne = range.count == 1
      name = isOne ? "stage \(range.lowerBound + 1)" : "stages 1–\(range.upperBound + 1)"
      modules = range.map { report.stages[$0].name }.joined(separator: "; ")
    case .question(let question): name = question.text(report.network.labels)
    }
    let picture: HTML =
      switch step.condition {
      case .varied: try step.map.map { try Thumbnail($0).image } ?? ""
      case .constant: "<div class=\"none\">empty: the same value everywhere</div>"
      case .notFinite: "<div class=\"none\">no numbers: the answers overflow</div>"
      }
    return """
      <figure title="\(modules)">\(picture)<figcaption>\(name)\(Self.numbers(step))</figcaption></figure>
      """
  }

  static func numbers(_ step: SanityResult.Step) -> HTML {
    guard let similarity = step.similarity else { return "" }
    let rank = similarity.magnitudeCorrelation.map(SanityWording.number) ?? "none"
    return
      "<br><span class=\"rank\">\(rank)</span> <span class=\"ssim\">\(SanityWording.number(similarity.ssim))</span>"
  }

  private var stages: HTML {
    guard !report.stages.isEmpty else { return "" }
    let rows = report.stages.enumerated().map { place, stage -> HTML in
      """
      <tr><th>\(String(place + 1))</th><td><code>\(stage.name)</code></td>\
      <td class="number">\(Counted.modules(stage.modules.count))</td>\
      <td class="number">\(Counted.grouped(stage.parameterCount)) weights</td></tr>
      """
    }
    return "<h2>The stages, from the output down</h2><table class=\"facts\">\(rows)</table>"
  }
}

/// Numbers with their nouns.
private enum Counted {
  static func modules(_ count: Int) -> String { count == 1 ? "1 module" : "\(count) modules" }

  /// Digits in groups of three.
  static func grouped(_ count: Int) -> String {
    var digits = String(count)
    var groups: [Substring] = []
    while digits.count > 3 {
      groups.insert(Substring(String(digits.suffix(3))), at: 0)
      digits.removeLast(3)
    }
    return ([Substring(digits)] + groups).joined(separator: " ")
  }
}
