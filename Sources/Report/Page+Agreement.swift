internal import Foundation

/// How far the methods of a comparison agree.
extension Page {
  /// A table of any two methods; nothing where there are not two.
  var agreementTable: HTML {
    if agreement.isEmpty { return "" }
    let maps = drawn.joined().flatMap(\.self)
    let table = AgreementTable(agreement, among: maps.map(\.key))
    let names = maps.map(\.method.title)
    let head = names.map { "<th scope=\"col\">\($0)</th>" as HTML }
    let rows = maps.indices.map { row -> HTML in
      let cells = maps.indices.map { column -> HTML in
        guard let cell = table.cell(row, column) else { return "<td class=\"same\"></td>" }
        let share = String(format: "%.0f", 55 * max(0, cell.value ?? 0))
        return """
          <td class="number" style="background:color-mix(in srgb, var(--bar) \(share)%, transparent)">\
          \(cell.text)</td>
          """
      }
      return "<tr><th scope=\"row\">\(names[row])</th>\(cells)</tr>"
    }
    return """
      <section><h2>How far the methods agree</h2>
      <p>Above the diagonal: Spearman's rank correlation of the maps' values, 1 where both put all places in the same \
      order, 0 where their orders have nothing to do with each other. Below it: how many places are among the \
      strongest tenth of both, as a part of those that are of either; about 0.05 by chance.</p>
      <div class="wide"><table class="agreement"><thead><tr><td></td>\(head)</tr></thead>
      <tbody>\(rows)</tbody></table></div></section>
      """
  }

  static let agreementStyle = """
    .wide { overflow-x: auto; } .agreement { width: auto; font-size: .88rem; }
    .agreement th { font-weight: 400; color: var(--soft); text-align: left; padding: .15rem .5rem .15rem 0; }
    .agreement td { padding: .15rem .6rem; } .agreement .same { background: var(--raised); }
    """
}

/// What any two maps agree by, as a square: rank correlations above the diagonal, overlaps below it.
package struct AgreementTable {
  /// A number of two maps.
  package struct Cell {
    /// `nil` where a map has nothing to compare.
    package let value: Double?

    /// In two digits, with a true minus.
    package var text: String {
      value.map {
        String(format: "%.2f", $0).replacing("-0.00", with: "0.00").replacing("-", with: "−")
      } ?? "–"
    }
  }

  private let pairs: [[String]: Manifest.Agreement]
  private let keys: [String]

  /// - Parameter keys: Those of the maps, in the order of the rows.
  package init(_ found: [Manifest.Agreement], among keys: [String]) {
    pairs = Dictionary(found.map { ([$0.first, $0.second].sorted(), $0) }) { first, _ in first }
    self.keys = keys
  }

  /// The number in a row and a column; `nil` on the diagonal, and of two maps that answer different questions.
  package func cell(_ row: Int, _ column: Int) -> Cell? {
    guard row != column, let pair = pairs[[keys[row], keys[column]].sorted()] else { return nil }
    return Cell(value: row < column ? pair.rankCorrelation : pair.overlap)
  }
}
