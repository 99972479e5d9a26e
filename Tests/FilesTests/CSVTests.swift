import Files
import Foundation
import TestSupport
import Testing

/// Known answers, bad input; that others read it is in `TableReadingTests`.
@Suite struct CSVTests {
  private func text(_ columns: [Table.Column]) throws -> String {
    String(decoding: CSV.bytes(of: try Table(columns)), as: UTF8.self)
  }

  @Test func `fields are quoted where they must be, and nowhere else`() throws {
    let written = try text([
      .text(
        "plain name", ["cello", "a,b", "the \"cello\"", "two\nlines", "two\r\nlines", " é ", ""]),
      .integers("p,q", [1, nil, -3, 4, 5, 6, 7]),
    ])
    let expected = """
      plain name,"p,q"
      cello,1
      "a,b",
      "the ""cello\""",-3
      "two
      lines",4
      "two\r
      lines",5
       é ,6
      "",7

      """
    #expect(Array(written.utf8) == Array(expected.utf8))
  }

  @Test func `a quotation mark with an accent is one`() throws {
    let written = try text([.text("a", ["\"\u{301}x"])])
    #expect(Array(written.utf8) == Array("a\n\"\"\"\u{301}x\"\n".utf8))
  }

  @Test func `numbers have the fewest digits that tell them apart`() throws {
    let numbers: [Double?] = [
      0.1, 0.1 + 0.2, 1, -0.0, 1e-5, .leastNonzeroMagnitude, 1e300, .nan, -.infinity, nil, 2,
    ]
    let lines = try text([
      .numbers("x", numbers), .integers("i", [Int?](repeating: .min, count: 11)),
    ])
    .split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } }
    #expect(
      lines == [
        "0.1", "0.30000000000000004", "1.0", "-0.0", "1e-05", "5e-324", "1e+300", "nan", "-inf", "",
        "2.0",
      ])
  }

  @Test func `no row of one column is an empty line`() throws {
    #expect(try text([.integers("x", [1, nil, 3])]) == "x\n1\n\"\"\n3\n")
  }

  @Test func `a file is whole, and is written over only if it may`() throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (path, table) = (folder.appending(path: "t.csv").path, try Table([.integers("x", [1])]))
    try CSV.write(table, to: path)
    #expect(try ByteStream.bytes(path, atMost: 1 << 20) == Array("x\n1\n".utf8))
    #expect(throws: FileError.exists(path)) { try CSV.write(table, to: path, existing: .refuse) }
    #expect(throws: FileError.self) { try CSV.write(table, to: folder.path) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["t.csv"])
  }
}
