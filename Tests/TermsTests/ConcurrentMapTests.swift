import Terms
import Testing

/// Work side by side is what it is one after the other.
@Suite struct ConcurrentMapTests {
  struct Odd: Error, Equatable { let number: Int }

  @Test(arguments: [0, 1, 2, 7, 500], [1, 2, 9])
  func `results come in order, whatever the threads`(count: Int, threads: Int) throws {
    let found = (3..<3 + count).concurrentMap(threads: threads) { $0 * $0 }
    #expect(found == (3..<3 + count).map { $0 * $0 })
    #expect(try Array(0..<count).concurrentMap { -$0 } == (0..<count).map { -$0 })
  }

  @Test func `the error of the first number that has one is thrown`() {
    #expect(throws: Odd(number: 5)) {
      try (0..<40).concurrentMap(threads: 4) { number in
        if number == 5 || number > 30 { throw Odd(number: number) }
        return number
      }
    }
  }
}
