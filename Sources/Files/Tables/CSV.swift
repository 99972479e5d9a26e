/// Tables as comma-separated values, for spreadsheets and scripts.
///
/// Fields are quoted as [RFC 4180] says; lines end in one line feed, as most programs write them today, where
/// the memo has two characters. The first line names the columns. Numbers have the fewest digits that read
/// back to the same number, `nan`, `inf` and `-inf` among them. A missing value is an empty field, empty
/// text a quoted empty one; in a table of one column both are quoted, for readers pass empty lines over.
///
/// [RFC 4180]: https://www.rfc-editor.org/rfc/rfc4180
public enum CSV {
  /// The bytes of a table's file; a function of the table alone.
  public static func bytes(of table: Table) -> [UInt8] {
    var bytes: [UInt8] = []
    appendLine(table.columns.map { field($0.name) }, to: &bytes)
    let columns = table.columns.map { fields($0.values) }
    for row in 0..<table.rowCount { appendLine(columns.map { $0[row] }, to: &bytes) }
    return bytes
  }

  /// Writes a table, whole or not at all.
  ///
  /// - Throws: ``FileError/unwritable(_:reason:)``, ``FileError/exists(_:)``.
  public static func write(
    _ table: Table, to path: String, existing: ExistingFiles = .overwrite
  ) throws(FileError) {
    try WholeFile.check(path, existing: existing)
    try WholeFile.write(bytes(of: table), to: path)
  }

  private static func appendLine(_ fields: [String], to bytes: inout [UInt8]) {
    let line = fields == [""] ? "\"\"" : fields.joined(separator: ",")
    bytes += line.utf8
    bytes.append(UInt8(ascii: "\n"))
  }

  private static func fields(_ values: Table.Values) -> [String] {
    switch values {
    case .text(let values): values.map { $0.map(field) ?? "" }
    case .integers(let values): values.map { $0.map(\.description) ?? "" }
    case .numbers(let values): values.map { $0.map(\.description) ?? "" }
    }
  }

  private static func field(_ text: String) -> String {
    // Not by characters: "\r\n" is one, and so is a quotation mark with an accent.
    let isPlain = text.unicodeScalars.allSatisfy { !special.contains($0) }
    if isPlain, !text.isEmpty { return text }
    var quoted = String.UnicodeScalarView("\"".unicodeScalars)
    for scalar in text.unicodeScalars {
      quoted += scalar == "\"" ? [scalar, scalar] : [scalar]
    }
    quoted.append("\"")
    return String(quoted)
  }

  private static let special: [Unicode.Scalar] = [",", "\"", "\r", "\n"]
}
