import Files
import Testing

/// Bad input.
@Suite struct TableTests {
  @Test func `columns that make no table are refused`() {
    #expect(throws: TableError.noColumns) { try Table([]) }
    #expect(throws: TableError.nameless(at: 0)) { try Table([.integers("", [1])]) }
    #expect(throws: TableError.repeatedName("a")) {
      try Table([.integers("a", [1]), .text("a", ["one"])])
    }
    #expect(throws: TableError.differentCounts("b", 1, expected: 2)) {
      try Table([.integers("a", [1, 2]), .numbers("b", [0.5])])
    }
  }
}
