internal import Foundation
internal import Networks

/// A page of small pictures, each of which leads to its report.
///
/// It can be read without scripts; with them, pictures can be chosen by their answer, and sorted.
struct PictureSetPage {
  let report: PictureSetReport

  func html() -> String {
    PageFrame(
      title: report.title,
      lead: """
        <p>\(count) of <b>\(report.provenance.networkName)</b>.</p>
        \(controls)
        """,
      styles: [Page.style, Self.style],
      content: """
        <ol class="pictures" id="pictures">
        \(cards)
        </ol>
        \(failures)
        """,
      footer: """
        <p><b>Undecided</b> is how near the runner-up comes to the answer: its probability as a part \
        of the answer's.</p>
        """,
      end: HTML(markup: "<script>\(Self.script)</script>")
    ).text
  }

  private var done: [PictureSetManifest.Row] { report.rows.filter { $0.folder != nil } }

  private var count: String { done.count == 1 ? "1 picture" : "\(done.count) pictures" }

  private var controls: HTML {
    let answers = Dictionary(grouping: done.compactMap(\.prediction.first?.label)) { $0 }
      .map { ($0.key, $0.value.count) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    if answers.isEmpty { return "" }
    let options = answers.map { label, count -> HTML in
      "<option value=\"\(label)\">\(label) (\(String(count)))</option>"
    }
    return """
      <p class="controls"><label>Answer <select id="answer"><option value="">all</option>\(options)\
      </select></label>
      <label>Order <select id="order"><option value="place">as named</option>\
      <option value="indecision">most undecided first</option></select></label></p>
      """
  }

  private var cards: [HTML] {
    done.enumerated().map { place, row in
      let folder = row.folder ?? ""
      let answer = row.prediction.first
      let words: HTML =
        if let value = row.value {
          "<b>\(Page.number(value))</b>"
        } else {
          "<b>\(answer?.label ?? "")</b> \(percent(answer?.probability ?? 0))"
        }
      return """
        <li data-place="\(String(place))" data-answer="\(answer?.label ?? "")" \
        data-indecision="\(String(format: "%.4f", row.indecision))">\
        <a href="\(Self.link(folder))/index.html"><img loading="lazy" alt="" \
        src="\(PictureSetReport.thumbnails)/\(Self.link(folder)).jpg"></a>
        <div>\(words)</div><div class="weak">\(runnerUp(row))</div><div class="weak">\(row.name)</div></li>
        """
    }
  }

  private func runnerUp(_ row: PictureSetManifest.Row) -> HTML {
    guard row.prediction.count > 1 else { return "" }
    let second = row.prediction[1]
    return "\(second.label) \(percent(second.probability))"
  }

  private func percent(_ fraction: Float) -> String {
    String(format: "%.1f\u{a0}%%", fraction * 100)
  }

  private var failures: HTML {
    let failed = report.rows.filter { $0.failure != nil }
    if failed.isEmpty { return "" }
    let rows = failed.map { row -> HTML in
      "<li><code>\(row.name)</code>: \(row.failure ?? "")</li>"
    }
    return "<section><h2>Without a report</h2><ul>\(rows)</ul></section>"
  }

  /// A folder's name in an address.
  private static func link(_ name: String) -> String {
    name.addingPercentEncoding(
      withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-_.")))
      ?? name
  }

  private static let style = """
    .pictures { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.2rem; \
    grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr)); }
    .pictures li { font-size: .88rem; overflow-wrap: anywhere; }
    .pictures img { display: block; width: 100%; aspect-ratio: 1; object-fit: cover; \
    border-radius: 6px; }
    .pictures .weak { margin: 0; }
    .controls label { margin-right: 1.4rem; }
    """

  private static let script = """
    const list = document.getElementById("pictures"), answer = document.getElementById("answer"), \
    order = document.getElementById("order");
    function show() {
      const items = [...list.children];
      const key = order.value;
      items.sort((a, b) => key === "place" ? a.dataset.place - b.dataset.place
        : b.dataset.indecision - a.dataset.indecision || a.dataset.place - b.dataset.place);
      for (const item of items) {
        item.hidden = answer.value !== "" && item.dataset.answer !== answer.value;
        list.append(item);
      }
    }
    if (answer) { answer.addEventListener("change", show); order.addEventListener("change", show); }
    """
}
