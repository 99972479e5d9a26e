import Terms
import Testing

/// Results that are cut apart as what was asked.
@Suite struct PartingTests {
  @Test func `each group gets its own results, in order, and an empty one none`() throws {
    let groups = [["a", "b"], [], ["c"]]
    #expect(try [1, 2, 3].parted(like: groups) == [[1, 2], [], [3]])
    #expect(try [1, 2, 3].parted(into: [0, 3]) == [[], [1, 2, 3]])
    #expect(try [Int]().parted(into: []) == [])
  }

  @Test func `a result too few or too many is an error`() {
    for numbers in [[1, 2], [1, 2, 3, 4]] {
      #expect(throws: Miscount(expected: 3, found: numbers.count)) {
        try numbers.parted(into: [2, 1])
      }
    }
    #expect(throws: Miscount(expected: 1, found: 1)) { try [1].parted(into: [2, -1]) }
    #expect(Miscount(expected: 3, found: 1).description == "1 result came back for 3 questions")
  }
}
