import Statistics
import TestSupport
import Testing

/// Known answers, invariance, bad input; parity is in `SciPyTests`.
@Suite struct RankCorrelationTests {
  /// Without ties ρ = 1 − 6 Σ d²/(n(n² − 1)); here d = 1, −1, 0, 0.
  @Test func `two neighbours in each other's place`() throws {
    #expect(try RankCorrelation.spearman([1.0, 2, 3, 4], [2.0, 1, 3, 4]) == 0.8)
  }

  /// Ranks 1.5, 1.5, 3 and 1, 2, 3: Σ = 1.5 over √(1.5 · 2).
  @Test func `equal numbers share their rank`() throws {
    let rho = try #require(try RankCorrelation.spearman([5.0, 5, 9], [1.0, 2, 3]))
    expectRelativelyClose([rho], [1.5 / 3.0.squareRoot()], within: 1e-15)
  }

  @Test func `only order counts`() throws {
    let list: [Double] = [0.3, -2, 8, 8, 1e-9, 4]
    #expect(try RankCorrelation.spearman(list, list.map { $0 * $0 * $0 + 7 }) == 1)
    #expect(try RankCorrelation.spearman(list, list.map { -$0 }) == -1)
    #expect(try RankCorrelation.spearman(list.map(Float.init), list.map(Float.init)) == 1)
  }

  @Test func `a constant list has no correlation`() throws {
    #expect(try RankCorrelation.spearman([1.0, 2, 3], [4.0, 4, 4]) == nil)
    #expect(try RankCorrelation.spearman([Float](repeating: 0, count: 3), [1, 2, 3]) == nil)
  }

  @Test func `lists that cannot be ranked together are refused`() {
    #expect(throws: StatisticsError.differentCounts(1, 2)) {
      try RankCorrelation.spearman([1.0], [1.0, 2])
    }
    #expect(throws: StatisticsError.tooFew(1, needed: 2)) {
      try RankCorrelation.spearman([1.0], [1.0])
    }
    #expect(throws: StatisticsError.self) { try RankCorrelation.spearman([1, .nan], [1.0, 2]) }
  }
}
