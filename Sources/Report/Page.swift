internal import Contrast
internal import Foundation
internal import Imagery
internal import Networks
internal import Terms

/// The report's page.
struct Page {
  let report: Report
  let drawn: [[[DrawnMap]]]
  /// How far the methods of a comparison agree; empty where there are none.
  var agreement: [Manifest.Agreement] = []

  func html() throws -> String {
    let sections = try zip(report.pictures, drawn).map { try section($0, $1) }
    return PageFrame(
      title: report.title, lead: "<p>\(method)</p>", styles: styles,
      content: "\(sections)\(agreementTable)",
      footer: """
        <h2>How to read the maps</h2>
        \(scheme?.support == nil ? "" : Self.clusterReading)
        \(Self.reading(report.drawing, methods))
        \(checkReading)
        <h2>How they were made</h2>
        \(facts)
        """
    ).text
  }

  private var styles: [String] {
    let isChecked = report.pictures.contains { $0.checks != nil }
    let isScaled = drawn.joined().joined().contains { $0.ownScale != nil }
    return [Self.style] + (isScaled ? [Self.scaleStyle] : [])
      + (!agreement.isEmpty ? [Self.agreementStyle] : [])
      + (isChecked ? [CurveChart.style, Self.checkStyle] : [])
  }

  var paths: ShownPaths { report.provenance.paths }

  private var method: HTML {
    let name = report.provenance.networkName
    let texts = methods.map(text)
    let whole: HTML = texts.count == 1 ? texts[0] : "\(String(texts.count)) methods"
    if let scheme { return "\(schemeText(scheme, whole, texts)) of <b>\(name)</b>." }
    return "\(whole) of <b>\(name)</b>."
  }

  private var methods: [Method] {
    var seen: Set<Method> = []
    return report.pictures.flatMap { $0.groups.flatMap { [$0.lead?.method, $0.method] } }
      .compactMap(\.self).filter { seen.insert($0).inserted }
  }

  private func text(_ method: Method) -> HTML {
    switch method.place {
    case .input: "\(method.title) at the input"
    case .layer(let layer, let choice):
      "\(method.title) at layer <code>\(layer)</code> (\(choice.rawValue))"
    }
  }

  private func section(_ explained: ExplainedPicture, _ groups: [[DrawnMap]]) throws -> HTML {
    let figures = try zip(explained.groups, groups).map { group, maps -> HTML in
      let size = maps.count == 1 ? "one" : maps.count == 2 ? "few" : "many"
      let caption: HTML = group.caption.isEmpty ? "" : "<p class=\"caption\">\(group.caption)</p>"
      if group.lead != nil { return try cluster(group, caption, maps) }
      return """
        <div class="group \(size)"><h3>\(mark(of: maps)) \(group.title)</h3>\(caption)
        <div class="maps">\(try maps.map { try figure($0) })</div></div>
        """
    }
    let small = explained.file.size.map { max($0.width, $0.height) < 120 } ?? false
    let picture = HTML.image(
      try MapDrawer.small(explained.picture).png(), alt: "the picture that the network saw",
      name: "picture")
    let note: HTML = explained.note.isEmpty ? "" : "<p>\(paths.text(explained.note))</p>"
    return """
      <section class="\(small ? "small" : "large")">
      <div class="input">
      <figure>\(picture)<figcaption>\(paths.path(explained.file.path))</figcaption></figure>
      <div class="prediction"><h2>The network's answer</h2>\(prediction(explained))\(note)</div>
      </div>
      <div class="groups">\(figures)</div>
      </section>
      """
  }

  private func prediction(_ explained: ExplainedPicture) -> HTML {
    let values = explained.prediction.values
    if !values.isEmpty {
      let rows = values.prefix(8).map { row -> HTML in
        "<tr><td>\(row.label)</td><td class=\"number\">\(Self.number(row.value))</td></tr>"
      }
      return "<table>\(rows)</table>"
    }
    if let value = explained.prediction.value {
      return "<p class=\"value\">\(Self.number(value))</p>"
    }
    let clusters = explained.clusters ?? []
    let count = max(5, clusters.flatMap(\.self).count)
    let all = explained.prediction.classes
    let rivals = explained.scheme?.rivals ?? []
    let added = all.dropFirst(count).filter { row in rivals.contains { $0.index == row.index } }
    let rows = (all.prefix(count) + added).map { row -> HTML in
      let place = clusters.firstIndex { $0.contains { $0.index == row.index } }
      let mark: HTML =
        clusters.isEmpty ? "" : "<td>\(place.map { Self.mark(of: $0) } ?? "")</td>"
      let percent = String(format: "%.1f", row.probability * 100)
      let isRival = rivals.contains { $0.index == row.index }
      let number = isRival ? ChanceText.of(row.probability) : "\(percent) %"
      let tag: HTML = isRival ? " <span class=\"added\">added</span>" : ""
      return """
        <tr>\(mark)<td>\(row.label)\(tag)</td><td class="bar"><span style="width:\(percent)%"></span></td>\
        <td class="number">\(number)</td></tr>
        """
    }
    return "<table>\(rows)</table>"
  }

  func figure(_ map: DrawnMap) throws -> HTML {
    """
    <figure>
    <figcaption class="question">\(map.question)</figcaption>
    \(try heat(of: map))
    <figcaption>\(Wording(report.network.labels).meaning(of: map))</figcaption>
    \(check(of: map))
    </figure>
    """
  }

  private var facts: HTML {
    """
    \(HTML.facts(report.provenance.facts()))
    <p>The raw numbers are in <code>maps.npz</code>, described by <code>manifest.json</code>.</p>
    """
  }

  private static let superscripts = Dictionary(
    uniqueKeysWithValues: zip("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))

  static func number(_ value: Float) -> String {
    if value == 0 { return "0" }
    if abs(value) < 0.001 {
      let parts = String(format: "%.1e", value).split(separator: "e")
      let raised = String(Int(parts[1]) ?? 0).map { superscripts[$0] ?? $0 }
      return "\(parts[0].replacing("-", with: "−")) · 10" + String(raised)
    }
    let digits = abs(value) >= 100 ? 0 : abs(value) >= 10 ? 1 : abs(value) >= 0.1 ? 2 : 4
    return String(format: "%.\(digits)f", value).replacing("-", with: "−")
  }
}
