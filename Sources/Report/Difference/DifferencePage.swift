internal import Foundation
internal import Imagery
internal import Terms

/// The page that shows where a new network answers differently from an old one.
struct DifferencePage {
  let report: DifferenceReport
  /// The examples of each kind of change.
  let drawn: [[DifferenceReport.DrawnExample]]

  func html() throws -> String {
    PageFrame(
      title: title, lead: "<p>\(sentence)</p>", styles: [Page.style, Page.scaleStyle, Self.style],
      content: """
        \(truth)
        \(table)
        \(try sections)
        \(failures)
        """,
      footer: """
        <h2>How to read this page</h2>
        \(Self.reading)
        \(Page.reading(report.drawing, methods))
        <h2>How it was made</h2>
        \(HTML.facts(report.provenance.facts(files)))
        <p>The raw numbers are in <code>maps.npz</code>; every changed picture is in \
        <code>manifest.json</code>.</p>
        """
    ).text
  }

  private var paths: ShownPaths { report.provenance.paths }

  private var title: String {
    let names = [report.old, report.new].map { ShownPaths.names.path($0.file.path) }
    return names[0] == names[1]
      ? "Where the new \(names[1]) answers differently"
      : "Where \(names[1]) answers differently from \(names[0])"
  }

  private var sentence: HTML {
    let wording = DifferenceWording(
      report.counts, onlyOld: report.onlyOld, onlyNew: report.onlyNew)
    return "\((wording.sentences + report.notes).joined(separator: " "))"
  }

  private var truth: HTML {
    guard let truth = report.counts.truth else { return "" }
    func row(_ name: String, _ count: Int) -> HTML {
      let percent = String(
        format: "%.1f %%", 100 * Double(count) / Double(max(1, truth.pictureCount)))
      return
        "<tr><td>\(name)</td><td class=\"number\">\(String(count))</td><td class=\"number\">\(percent)</td></tr>"
    }
    return """
      <section><h2>Right and wrong</h2>
      <p>Of \(Counted.text(truth.pictureCount, "picture")) the folder names the class.</p>
      <table class="truth">\(row("right: old network", truth.oldRight))\(row("right: new network", truth.newRight))\
      \(row("fixed: only the new network is right", truth.fixed))\
      \(row("broken: only the old network was right", truth.broken))</table></section>
      """
  }

  /// How many kinds are seen at once.
  private static let rowCount = 20

  private var table: HTML {
    if report.changes.isEmpty { return "" }
    let rows = report.changes.indices.map { row($0) }
    let rest = rows.dropFirst(Self.rowCount)
    let more: HTML =
      rest.isEmpty
      ? ""
      : """
      <details><summary>\(Counted.text(rest.count, "further kind")), of fewer pictures</summary>\(table(Array(rest)))\
      </details>
      """
    return """
      <section><h2>Kinds of change</h2>\(table(Array(rows.prefix(Self.rowCount))))\(more)</section>
      """
  }

  private func table(_ rows: [HTML]) -> HTML {
    let verdicts: HTML = report.counts.truth == nil ? "" : "<th>fixed</th><th>broken</th>"
    return """
      <table class="changes"><thead><tr><th>pictures</th><th>the old one said</th><th>the new one says</th>\
      <th>mean shift</th>\(verdicts)</tr></thead><tbody>\(rows)</tbody></table>
      """
  }

  private func row(_ place: Int) -> HTML {
    let change = report.changes[place]
    let name: HTML =
      change.examples.isEmpty
      ? "\(change.new)" : "<a href=\"#change-\(String(place + 1))\">\(change.new)</a>"
    func cell(_ text: String?) -> HTML { "<td class=\"number\">\(text ?? "–")</td>" }
    let verdicts: HTML =
      report.counts.truth == nil
      ? "" : "\(cell(change.fixed.map { String($0) }))\(cell(change.broken.map { String($0) }))"
    return """
      <tr>\(cell(String(change.pictures.count)))<td>\(change.old)</td><td>\(name)</td>\
      \(cell(change.pictures.meanShift.map { Page.number($0) }))\(verdicts)</tr>
      """
  }

  private var sections: [HTML] {
    get throws {
      try zip(report.changes, drawn).enumerated().compactMap { place, item in
        let (change, examples) = item
        if examples.isEmpty { return nil }
        let figures = try examples.map { try self.example($0) }
        let isMost = examples.count < change.pictures.count
        return """
          <section id="change-\(String(place + 1))"><h2>Why \(change.new), where the old network said \
          \(change.old)?</h2>
          <p class="caption">\(Counted.text(change.pictures.count, "picture"))\
          \(isMost ? "; the \(examples.count == 1 ? "clearest" : "\(examples.count) clearest")" : ""):</p>
          \(figures)</section>
          """
      }
    }
  }

  private func example(_ drawn: DifferenceReport.DrawnExample) throws -> HTML {
    let row = drawn.example.row
    guard let explained = drawn.example.new ?? drawn.example.old else { return "" }
    let photo = HTML.image(
      try MapDrawer.small(explained.picture, side: DifferenceReport.pageSide).jpeg(quality: 85),
      alt: "the picture \(row.name)", name: "picture", type: "jpeg")
    let maps = try drawn.maps.map { map -> HTML in
      let asked = map.side == .new ? report.new : report.old
      let page = Page(report: report.report(of: asked), drawn: [])
      return """
        <div class="side"><h3>\(map.side.rawValue) network</h3>\(try page.figure(map.drawn))</div>
        """
    }
    let truth = row.truth.map { "; its folder says \($0)" } ?? ""
    let shift = row.shift.map { "Shift of the log-odds: \(Page.number($0))." } ?? ""
    func said(_ answer: DifferenceManifest.Answer) -> String {
      "\(answer.label) (\(ChanceText.of(answer.probability)))"
    }
    let size = max(explained.picture.width, explained.picture.height) < 120 ? "small" : "large"
    return """
      <div class="example \(size)"><figure>\(photo)<figcaption>\(row.name)<br>old: \(said(row.old))<br>\
      new: <b>\(said(row.new))</b>\(truth)<br>\(shift)</figcaption></figure>\(maps)</div>
      """
  }

  private var failures: HTML {
    if report.failures.isEmpty { return "" }
    let rows = report.failures.map { "<li><code>\($0.name)</code>: \($0.failure)</li>" as HTML }
    return "<section><h2>Not asked about</h2><ul>\(rows)</ul></section>"
  }

  private var methods: [Method] {
    var seen: Set<Method> = []
    return report.changes.flatMap(\.examples).flatMap { [$0.new, $0.old] }.compactMap(\.self)
      .flatMap(\.groups).map(\.method).filter { seen.insert($0).inserted }
  }

  private var files: [(String, String)] {
    [("old network", report.old.file), ("new network", report.new.file)].flatMap { name, file in
      let shown = paths.file(file)
      return [(name, shown.path), ("SHA-256", shown.sha256)]
    }
  }

  private static let reading: HTML = """
    <p>Classes of the two networks are the same where they have the same name. The <b>shift</b> of a picture is \
    log p<sub>P</sub>/p<sub>Q</sub> of the new network less that of the old one, P being what the new network \
    says and Q what the old one said: how far the new network has moved from Q to P. Kinds are ordered by the \
    number of their pictures, and pictures by their shift. Both networks are asked the same question; the values of \
    their maps cannot be compared.</p>
    """

  static let style = """
    .changes, .truth { width: auto; } .changes th { text-align: left; font-weight: 400; \
    color: var(--soft); font-size: .88rem; padding: .15rem 1.2rem .15rem 0; }
    .changes td, .truth td { padding-right: 1.2rem; } .changes td.number, .truth td.number { text-align: right; }
    .example { display: flex; flex-wrap: wrap; gap: 1.4rem; margin: 0 0 1.8rem; align-items: flex-start; }
    .example > figure { flex: 0 1 12rem; } .example .picture { width: 100%; }
    .side { flex: 1 1 14rem; max-width: 19rem; } .side h3 { margin: 0 0 .3rem; }
    section .caption { min-height: 0; margin: 0 0 .8rem; }
    """
}
