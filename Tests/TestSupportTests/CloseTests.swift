import TestSupport
import Testing

/// The comparison that all parity rests on must see what is wrong, wherever it is.
@Suite struct CloseTests {
  @Test(arguments: [[Float.nan, 0, 5], [0, .nan, 5], [5, 0, .nan]])
  func `a NaN is worse than any number`(found: [Float]) {
    let worst = worstDifference(found, [0, 0, 0])
    #expect(worst.size.isNaN)
    #expect(found[worst.index].isNaN)
  }

  @Test func `the largest difference is found at either end`() {
    #expect(worstDifference([3, 0, 1], [0, 0, 0]) == (0, 3))
    #expect(worstDifference([0, 1, -3], [0, 0, 0]) == (2, 3))
    #expect(worstDifference([0, .infinity], [0, 0]) == (1, .infinity))
  }

  @Test func `what is equal within the tolerance passes`() {
    expectClose([1, 2.0001], [1, 2], within: 1e-4)
  }
}
