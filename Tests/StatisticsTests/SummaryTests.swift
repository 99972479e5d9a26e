import Statistics
import TestSupport
import Testing

/// Known answers, invariance, bad input.
@Suite struct SummaryTests {
  @Test func `a summary keeps what it is given`() {
    #expect(Summary(count: 3, mean: 1, standardDeviation: 2).count == 3)
  }

  @Test func `mean and deviation of 2, 4, 4, 4, 5, 5, 7, 9 are 5 and √(32/7)`() throws {
    let summary = try Summary(of: [2, 4, 4, 4, 5, 5, 7, 9])
    #expect(summary.count == 8)
    #expect(summary.mean == 5)
    // The square root rounds once more than this one.
    expectRelativelyClose(
      [summary.standardDeviation ?? .nan], [(32.0 / 7).squareRoot()], within: 1e-15)
  }

  @Test func `equal numbers have no spread at all, and one number none that is known`() throws {
    // 0.1 three times is not 0.3, so a plain mean would be off.
    #expect(try Summary(of: [0.1, 0.1, 0.1]) == Summary(count: 3, mean: 0.1, standardDeviation: 0))
    #expect(try Summary(of: [7]) == Summary(count: 1, mean: 7, standardDeviation: nil))
  }

  @Test(arguments: [1e9, -3e12])
  func `a large mean does not swallow the spread`(mean: Double) throws {
    let summary = try Summary(of: [-1, 0, 1].map { $0 + mean })
    #expect(summary == Summary(count: 3, mean: mean, standardDeviation: 1))
  }

  @Test(arguments: [1e-200, 1e200])
  func `squares neither overflow nor vanish`(scale: Double) throws {
    let summary = try Summary(of: [-scale, 0, scale])
    expectRelativelyClose([summary.standardDeviation ?? .nan], [scale], within: 1e-15)
  }

  @Test func `numbers that cannot be summarised are refused with the reason`() {
    #expect(throws: StatisticsError.tooFew(0, needed: 1)) { try Summary(of: []) }
    #expect(throws: StatisticsError.notFinite(.infinity, at: 1)) {
      try Summary(of: [1, .infinity])
    }
    #expect(throws: StatisticsError.tooLarge) {
      try Summary(of: [-.greatestFiniteMagnitude, .greatestFiniteMagnitude])
    }
    #expect(
      StatisticsError.tooFew(1, needed: 2).description
        == "1 number is too few; at least 2 are needed")
  }
}
