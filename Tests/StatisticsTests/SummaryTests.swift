import Statistics
import Testing

/// Known answers.
@Suite struct SummaryTests {
  @Test func `a summary keeps what it is given`() {
    #expect(Summary(count: 3, mean: 1, deviation: 2).count == 3)
  }
}
