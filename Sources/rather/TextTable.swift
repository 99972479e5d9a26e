/// Rows of words in columns that are as wide as their longest word.
struct TextTable {
  /// The columns whose words stand at the right.
  var right: Set<Int> = []

  /// A line a row; all rows have as many words as the first.
  func lines(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      let line = row.enumerated().map { column, text in
        let space = String(repeating: " ", count: widths[column] - text.count)
        return right.contains(column) ? space + text : text + space
      }.joined(separator: "  ")
      return String(line.reversed().drop(while: \.isWhitespace).reversed())
    }
  }
}
