import Evaluation
import Report

/// Tables of runs for a terminal of 100 columns; what is wider continues below.
struct EvaluationText {
  /// The report's lines.
  let lines: [String]

  private static let width = 100

  init(_ runs: [TabledRun], _ tables: [EvaluationTable], seed: UInt64, replicates: Int) {
    let wording = EvaluationWording(runs)
    var lines: [String] = []
    for run in runs {
      for (i, text) in wording.standing(of: run).enumerated() {
        lines += Self.wrapped((i == 0 ? "\(run.title): " : "") + text, indent: i == 0 ? 0 : 2)
      }
    }
    for (number, table) in tables.enumerated() {
      lines += ["", wording.title(of: table, at: number)]
      lines += Self.wrapped(wording.meaning(of: table))
      for block in Self.blocks(of: table, wording) { lines += [""] + block }
      if let text = wording.omissions(of: table) { lines += Self.wrapped(text) }
    }
    lines.append("")
    for note in EvaluationWording.notes(seed: seed, replicates: replicates) {
      lines += Self.wrapped(note)
    }
    self.lines = lines
  }

  /// A table's lines, in as many blocks of columns as the width asks for.
  private static func blocks(
    of table: EvaluationTable, _ wording: EvaluationWording
  ) -> [[String]] {
    let cells = wording.cells(of: table)
    let columns = table.columns.indices.map { column -> Column in
      let head = wording.head(of: table.columns[column])
      return Column(run: head.run, title: head.column, cells: cells.map { $0[column] })
    }
    let label = 2 + (table.rows.map(\.title.count).max() ?? 0)
    var blocks: [[Column]] = []
    for column in columns {
      let used = blocks.last.map { $0.reduce(label) { $0 + $1.width } } ?? width
      if used + column.width > width { blocks.append([]) }
      blocks[blocks.count - 1].append(column)
    }
    return blocks.map { lines(of: $0, rows: table.rows.map(\.title), label: label) }
  }

  /// A column: its heads and for each row three lines.
  private struct Column {
    let run: String
    let title: String
    let rows: [[String]]
    let width: Int

    init(run: String, title: String, cells: [EvaluationWording.Cell?]) {
      (self.run, self.title) = (run, title)
      rows = cells.map { cell in
        guard let cell else { return ["-", "", ""] }
        return [cell.mean + (cell.isBest ? " best" : ""), cell.interval, cell.difference]
      }
      width = 2 + max(title.count, rows.joined().map(\.count).max() ?? 0)
    }
  }

  private static func lines(of columns: [Column], rows: [String], label: Int) -> [String] {
    var heads = padded("", label)
    var place = 0
    while place < columns.count {
      let run = columns[place].run
      let group = columns[place...].prefix { $0.run == run }
      heads += padded(run, group.reduce(0) { $0 + $1.width })
      place += group.count
    }
    let titles = padded("", label) + columns.map { padded($0.title, $0.width) }.joined()
    let body = rows.enumerated().flatMap { row, title in
      (0..<3).map { line in
        padded(line == 0 ? title : "", label)
          + columns.map { padded($0.rows[row][line], $0.width) }.joined()
      }
    }
    return ([heads, titles] + body).map(trimmed).filter { !$0.isEmpty }
  }

  /// Text with spaces behind it to a width, or cut to leave one.
  private static func padded(_ text: String, _ width: Int) -> String {
    text.count < width
      ? text + String(repeating: " ", count: width - text.count)
      : text.prefix(max(width - 2, 0)) + (width > 0 ? "… " : "")
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.hasSuffix(" ") { line.removeLast() }
    return line
  }

  /// Words in lines of the width.
  private static func wrapped(_ text: String, indent: Int = 0) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(margin + word)
      }
    }
    return lines
  }
}
