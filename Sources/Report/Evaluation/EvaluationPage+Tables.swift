internal import Evaluation

extension EvaluationPage {
  /// All tables, each with what it measures.
  var tables: HTML {
    let wording = EvaluationWording(report.sources.map(\.tabled))
    let sections = report.tables.enumerated().map { number, table -> HTML in
      let omissions: HTML = wording.omissions(of: table).map { "<p>\(Self.text($0))</p>" } ?? ""
      return """
        <section class="table\(table.columns.count > 4 ? " broad" : "")"><h2>\(wording.title(of: table, at: number))</h2>
        <p>\(Self.text(wording.meaning(of: table)))</p>
        <div class="wide"><table>\(Self.head(of: table, wording))<tbody>\
        \(Self.rows(of: table, wording))</tbody></table></div>\(omissions)</section>
        """
    }
    return "\(sections)"
  }

  private static func head(of table: EvaluationTable, _ wording: EvaluationWording) -> HTML {
    let heads = table.columns.map(wording.head)
    var groups: [(run: Int, count: Int)] = []
    for column in table.columns {
      if groups.last?.run == column.run {
        groups[groups.count - 1].count += 1
      } else {
        groups.append((column.run, 1))
      }
    }
    var place = 0
    let runs = groups.map { group -> HTML in
      defer { place += group.count }
      return "<th colspan=\"\(String(group.count))\" scope=\"colgroup\">\(heads[place].run)</th>"
    }
    let columns = heads.map { "<th scope=\"col\">\(text($0.column))</th>" as HTML }
    return "<thead><tr><td></td>\(runs)</tr><tr><td></td>\(columns)</tr></thead>"
  }

  private static func rows(of table: EvaluationTable, _ wording: EvaluationWording) -> [HTML] {
    zip(table.rows, wording.cells(of: table)).map { row, cells in
      let cells = cells.map { cell -> HTML in
        guard let cell else { return "<td>–</td>" }
        return """
          <td class="\(cell.isBest ? "best" : "")"><b>\(cell.mean)</b>\
          <small>\(cell.interval)</small><small class="difference">\(cell.difference)</small></td>
          """
      }
      return "<tr><th scope=\"row\">\(row.title)</th>\(cells)</tr>"
    }
  }
}
