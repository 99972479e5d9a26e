import Statistics
import TestSupport
import Testing

/// Known answers, reductions, bad input; parity is in `SciPyTests`.
@Suite struct PairedTests {
  /// d = 1, 2, 3: d̄ = 2, s = 1, t = 2√3, and with ν = 2 P(T > t) = (1 − t/√(2 + t²))/2.
  @Test func `a paired t test of three differences is that by hand`() throws {
    let test = try PairedTTest([2, 4, 6], [1, 2, 3], alternative: .greater)
    expectRelativelyClose(
      [test.t, test.pValue], [2 * 3.0.squareRoot(), (1 - (12.0 / 14).squareRoot()) / 2],
      within: 1e-14)
    #expect(test.degreesOfFreedom == 2)
    #expect(test.interval == (try Summary(of: [1, 2, 3]).meanInterval()))
  }

  @Test func `lists that are identical have a p-value of 1`() throws {
    for alternative in Alternative.allCases {
      let list = [0.3, 0.1, 5]
      #expect(try PairedTTest(list, list, alternative: alternative).pValue == 1)
      #expect(try WilcoxonTest(list, list, alternative: alternative).pValue == 1)
      #expect(try RankSumTest([2, 2], [2, 2, 2], alternative: alternative).pValue == 1)
    }
    #expect(try WilcoxonTest([0.3, 0.1], [0.3, 0.1]).zeroCount == 2)
  }

  @Test func `a constant difference is certain by the t test and not by ranks`() throws {
    let differences = [0.25, 0.25, 0.25, 0.25]
    #expect(try PairedTTest(differences: differences).pValue == 0)
    #expect(try PairedTTest(differences: differences, alternative: .less).pValue == 1)
    let interval = try PairedTTest(differences: differences).interval
    #expect(interval == Interval(low: 0.25, high: 0.25, level: 0.95))
    // All four ranks are 2.5: variance (4·5·9 − 60/2)/24 = 6.25, so z = (10 − 5)/2.5.
    let ranks = try WilcoxonTest(differences: differences)
    #expect(ranks.z == 2)
    #expect(ranks.distribution == .normal)
  }

  /// Of the 8 sets of ranks 1, 2, 3 that may be positive one has a sum of 6, one 5, one 4, two 3.
  @Test func `signed ranks of three differences are counted out`() throws {
    let p = try Alternative.allCases.map {
      try WilcoxonTest(differences: [3, 2, -1], alternative: $0).pValue
    }
    #expect(p == [0.5, 0.25, 0.875])
    let test = try WilcoxonTest(differences: [3, 2, -1])
    #expect(test.positiveRankSum == 5)
    #expect(test.negativeRankSum == 1)
    #expect(test.distribution == .exact)
    #expect(test.z == nil)
    #expect(try WilcoxonTest(differences: [2]).pValue == 1)
  }

  /// Of the 6 orders of two numbers among four, sums of ranks 3, 4, 5, 5, 6, 7.
  @Test func `rank sums of two against two are counted out`() throws {
    let p = try Alternative.allCases.map {
      try RankSumTest([3, 4], [1, 2], alternative: $0).pValue
    }
    let sixth = 1.0 / 6
    expectRelativelyClose(p, [2 * sixth, sixth, 1], within: 1e-15)
    let test = try RankSumTest([3, 1], [1, 2])
    #expect(test.u == 2.5)
    #expect(test.superiority == 0.625)
    #expect(test.distribution == .normal)
  }

  @Test func `zeros and ties make the distribution normal`() throws {
    #expect(try WilcoxonTest(differences: [1, 2, 3, 0]).distribution == .normal)
    #expect(try WilcoxonTest(differences: [1, 2, -2]).distribution == .normal)
    let many = (1...51).map(Double.init)
    #expect(try WilcoxonTest(differences: many).distribution == .normal)
    #expect(try WilcoxonTest(differences: Array(many.prefix(50))).distribution == .exact)
  }

  @Test func `lists that do not belong together are refused`() {
    #expect(throws: StatisticsError.differentCounts(2, 1)) { try PairedTTest([1, 2], [1]) }
    #expect(throws: StatisticsError.differentCounts(2, 1)) { try WilcoxonTest([1, 2], [1]) }
    #expect(throws: StatisticsError.tooFew(1, needed: 2)) { try PairedTTest(differences: [1]) }
    #expect(throws: StatisticsError.tooFew(0, needed: 1)) { try WilcoxonTest(differences: []) }
    #expect(throws: StatisticsError.tooFew(0, needed: 1)) { try RankSumTest([1], []) }
    #expect(throws: StatisticsError.self) { try WilcoxonTest([1, 2], [.nan, 1]) }
  }
}
