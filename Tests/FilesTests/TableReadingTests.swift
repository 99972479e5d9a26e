import Files
import Foundation
import TestSupport
import Testing

/// Parity: PyArrow reads back what was written, from either format.
@Suite(.enabled(if: References.hasPyArrow, Comment(rawValue: References.needsPyArrow)))
struct TableReadingTests {
  struct Answer: Decodable {
    let names, types: [String]
    let groups: [Int]
    let codecs: [String]
    let parquet, csv: [[String?]]
    let csvNames: [String]
  }

  static let tables: Result<[String: Table], any Error> = Result {
    let long = 1000
    return [
      "mixed": try Table([
        .text("text", ["cello", nil, "", "a,\"b\"\n", "小提琴 🎻", " "]),
        .integers("a.b", [.min, -1, nil, 0, 258, .max]),
        .numbers("number, of", [0.1, -0.0, .nan, .infinity, nil, .leastNonzeroMagnitude]),
      ]),
      "empty": try Table([
        .text("text", [String?]()), .integers("integer", [Int?]()), .numbers("number", [Double?]()),
      ]),
      "missing": try Table([
        .text("text", [String?](repeating: nil, count: 3)),
        .numbers("number", [Double?](repeating: nil, count: 3)),
      ]),
      "single": try Table([.integers("x", [nil, 3, nil])]),
      // Lists of 15 and more, and runs of 128 and more, have longer headers.
      "wide": try Table((0..<20).map { (i: Int) in .integers("column \(i)", [i, nil]) }),
      "long": try Table([
        .integers("i", (0..<long).map { $0 < 300 ? $0 : nil }),
        .numbers("x", (0..<long).map { $0 % 3 == 0 ? nil : 1 / Double($0) }),
        .text("t", (0..<long).map { $0 % 7 == 0 ? nil : String(repeating: "é", count: $0) }),
      ]),
    ]
  }

  /// The groups of rows that the files are written in.
  static let rowsPerGroup = ["mixed": 4, "long": 333]

  private func text(_ values: Table.Values) -> [String?] {
    switch values {
    case .text(let values): values
    case .integers(let values): values.map { $0.map(\.description) }
    case .numbers(let values):
      values.map { value in
        guard let value, !value.isNaN else { return value.map { _ in "nan" } }
        let digits = String(value.bitPattern, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
      }
    }
  }

  private func type(_ values: Table.Values) -> String {
    switch values {
    case .text: "string"
    case .integers: "int64"
    case .numbers: "double"
    }
  }

  @Test(arguments: [Parquet.Compression.none, .gzip])
  func `PyArrow reads names, types and every bit`(compression: Parquet.Compression) throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let tables = try Self.tables.get()
    for (name, table) in tables {
      let bytes = try Parquet.bytes(
        of: table, compression: compression, rowsPerGroup: Self.rowsPerGroup[name] ?? 1000)
      try WholeFile.write(bytes, to: folder.appending(path: "\(name).parquet").path)
      try CSV.write(table, to: folder.appending(path: "\(name).csv").path)
    }
    let printed = try References.run("tables.py", [folder.path] + tables.keys)
    let answers = try JSONDecoder().decode([String: Answer].self, from: Data(printed.utf8))
    for (name, table) in tables {
      let answer = try #require(answers[name])
      let values = table.columns.map { text($0.values) }
      #expect(answer.names == table.columns.map(\.name))
      #expect(answer.types == table.columns.map { type($0.values) })
      #expect(answer.parquet == values, "\(name)")
      #expect(answer.csvNames == answer.names)
      #expect(answer.csv == values, "\(name)")
      let rows = Self.rowsPerGroup[name] ?? 1000
      let groups = stride(from: 0, to: table.rowCount, by: rows).map {
        min(rows, table.rowCount - $0)
      }
      #expect(answer.groups == groups)
      let codec = compression == .none ? "UNCOMPRESSED" : "GZIP"
      #expect(answer.codecs == (table.rowCount == 0 ? [] : [codec]))
    }
  }
}
