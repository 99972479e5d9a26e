internal import Contrast
internal import Evaluation
internal import Faithfulness
internal import Foundation
internal import Terms

/// The page of runs: what was measured, the tables, and the curves of any picture.
struct EvaluationPage {
  let report: EvaluationReport
  let data: PageData

  private var runs: [TabledRun] { report.sources.map(\.tabled) }

  func html() throws -> String {
    let title = "Faithfulness: \(runs.map { paths.text($0.title) }.joined(separator: ", "))"
    return PageFrame(
      title: title,
      lead: """
        <p>\(Self.lead)</p>
        \(runs.map(standing))
        """,
      styles: [CurveChart.style, Self.style],
      content: """
        <main>
        \(Self.notes(report.provenance.seed, report.replicates))
        <div class="tables">\(tables)</div>
        \(chooser)
        </main>
        """,
      footer: """
        <h2>How it was measured</h2>
        \(facts)
        """,
      end: """
        <script id="data" type="application/json">\(HTML(markup: try data.text()))</script>
        <script>(() => {\(HTML(
          markup: Self.curveScript + Self.chartScript + Self.chooserScript))})();\
        </script>
        """
    ).text
  }

  private var paths: ShownPaths { report.provenance.paths }

  private static let lead: HTML = """
    An explanation of “why this class, rather than those?” is a map of a picture. It is faithful \
    to the network if deleting what it shows first makes the network give the class up for its \
    foil. Here <b>schemes</b> (how a map is set against its foils) and <b>explainers</b> (what \
    makes the maps) are compared: a <b>pair</b> is one likely class of a picture and its \
    <b>foil</b>, the other likely classes of the same cluster of confusable classes. ↓ means that \
    less is better, ↑ that more is.
    """

  private func standing(of run: TabledRun) -> HTML {
    let lines = EvaluationWording(runs).standing(of: run).map { line -> HTML in
      line.hasPrefix("Unfinished") ? "<b>\(line)</b>" : Self.text(line)
    }
    return "<p class=\"standing\"><b>\(run.title).</b> \(lines)</p>"
  }

  private static func notes(_ seed: UInt64, _ replicates: Int) -> HTML {
    let notes = EvaluationWording.notes(seed: seed, replicates: replicates).map { note -> HTML in
      "<li>\(Self.text(note))</li>"
    }
    return """
      <section><h2>How to read the tables</h2><ul>\(notes)</ul>
      <p>A 95 % interval: if other pictures of this kind were drawn, 95 of 100 such intervals \
      would hold the mean over all of them. p: how often a difference at least this consistent \
      would be seen if it were as likely to favour either side. Of many p-values some are small by \
      chance; that is what Holm’s adjustment corrects. The best of a column is bold and \
      underlined.</p></section>
      """
  }

  private var chooser: HTML {
    let left = data.runs.filter { $0.leftOut > 0 }.map { run -> HTML in
      """
      <p>Of \(run.title), the curves of \(String(run.pictures.count)) pictures are on this page, \
      and those of \(String(run.leftOut)) were left out to keep it small; the tables are of \
      all.</p>
      """
    }
    return """
      <section id="curves"><h2>Curves of a picture</h2>
      <p>Choose a picture and one of its classes: what the network makes of the class while the pixels \
      that a map calls salient go, or come back. Colours are schemes, dashes are explainers.</p>
      \(left)
      <noscript><p>The curves are drawn by a script, which is switched off here.</p></noscript>
      <div id="app" hidden>
      <div class="side"><select id="run" aria-label="Run"></select>
      <input id="find" type="search" placeholder="Find a picture or class" \
      aria-label="Find a picture or class">
      <select id="order" aria-label="Order"></select>
      <ul id="pictures" tabindex="0" role="listbox" aria-label="Pictures"></ul></div>
      <div id="shown" aria-live="polite"></div>
      </div></section>
      """
  }

  private var facts: HTML {
    let settings = zip(report.sources, runs).flatMap { source, run -> [(String, String)] in
      let identity = source.run.identity
      return [
        (paths.text(run.title), paths.path(source.run.folder)),
        ("network, SHA-256", identity.network),
        ("arithmetic", Self.arithmetic(identity.metrics)),
        ("deleted pixels become", identity.fills.deleted),
        ("insertion starts from", identity.fills.ground),
        ("likeliest classes", "min(\(identity.top), Cum(\(identity.mass)))"),
        ("seed of explainers", String(identity.seed.value)),
      ]
        + run.explainers.map { explainer in
          let places = Set([explainer.clusterPlace, explainer.classPlace]).sorted()
          let settings = explainer.settings.sorted { $0.key < $1.key }.map {
            "\($0)=\(paths.text($1))"
          }
          return (
            explainer.title,
            (["at " + places.joined(separator: ", ")] + settings)
              .joined(separator: "; ")
          )
        }
    }
    let shown = report.provenance.shown
    let rows = settings + [("command", shown.command), ("Rather", shown.version)]
    return """
      \(HTML.facts(rows))
      <p>CAUC and CDROP are equations 4 and 5 of Xie et al. 2023 (“Two-stage holistic and contrastive \
      explanation of image classification”, UAI), tables 1 to 3 are laid out as there. Deletion and \
      insertion are those of Petsiuk et al. 2018 (RISE).</p>
      """
  }

  /// Text with its subscripts set.
  static func text(_ text: String) -> HTML {
    let parts = text.components(separatedBy: "n_δ").map { "\($0)" as HTML }
    return HTML(markup: parts.map(\.markup).joined(separator: "<i>n</i><sub>δ</sub>"))
  }

  private static func arithmetic(_ settings: MetricSettings) -> String {
    let whose =
      settings.arithmetic == .equations ? "the paper's equations" : "the code that CWOX published"
    return
      "\(whose); δ = \(settings.salience), τ = \(EvaluationWording.percent(settings.penaltyFraction)) "
      + "of the pixels, \(settings.step) pixels a step, whole curves in \(settings.wholeSteps) steps"
  }
}
