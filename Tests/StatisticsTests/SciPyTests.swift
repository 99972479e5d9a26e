import Foundation
import Statistics
import TestSupport
import Testing

/// Parity with SciPy: `Tests/Reference/scipy_statistics.py` draws the numbers and says what comes out.
@Suite(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct SciPyTests {
  struct Reference: Decodable {
    let welch, paired, wilcoxon, rankSum: [Test]
    let spearman: [Correlation]
    let proportions: [Proportions]
    let means: [Mean]
    let student, normal: [Quantile]
  }
  struct Test: Decodable {
    let first, second: [Double]
    let alternative: Alternative
    let statistic, p: Double
    let degrees, low, high: Double?
    let isExact: Bool?
  }
  struct Correlation: Decodable { let first, second: [Double], rho: Double }
  struct Proportions: Decodable {
    let successes, trials: Int
    let level: Double
    let wilson, exact: [Double]
  }
  struct Mean: Decodable { let numbers: [Double], mean, deviation, low, high: Double }
  struct Quantile: Decodable { let degrees, tail, quantile: Double }

  static let reference = Result {
    let text = try References.run("scipy_statistics.py", [])
    return try JSONDecoder().decode(Reference.self, from: Data(text.utf8))
  }

  @Test func `Welch's test is SciPy's`() throws {
    let tests = try Self.reference.get().welch
    try #require(tests.count == 18)
    for given in tests {
      let test = try WelchTest(
        Summary(of: given.first), Summary(of: given.second), alternative: given.alternative,
        level: 0.9)
      try expect(test.t, test.degreesOfFreedom, test.pValue, test.interval, given)
    }
  }

  @Test func `the paired t test is SciPy's`() throws {
    let tests = try Self.reference.get().paired
    try #require(tests.count == 12)
    for given in tests {
      let test = try PairedTTest(given.first, given.second, alternative: given.alternative)
      try expect(test.t, test.degreesOfFreedom, test.pValue, test.interval, given)
    }
  }

  private func expect(
    _ t: Double, _ degrees: Double, _ p: Double, _ interval: Interval, _ given: Test
  ) throws {
    let (low, high, expected) = try (
      #require(given.low), #require(given.high), #require(given.degrees)
    )
    // A mean of a million leaves ten digits of a difference of one; tails magnify what t lost.
    expectRelativelyClose(
      [t, degrees, p, interval.low, interval.high],
      [given.statistic, expected, given.p, low, high],
      within: 1e-8, "n = \(given.first.count)")
  }

  @Test func `the signed-rank test is SciPy's, exact or normal`() throws {
    let tests = try Self.reference.get().wilcoxon
    try #require(tests.count == 45)
    for given in tests {
      let test = try WilcoxonTest(differences: given.first, alternative: given.alternative)
      #expect((test.distribution == .exact) == given.isExact)
      let statistic =
        given.alternative == .twoSided
        ? min(test.positiveRankSum, test.negativeRankSum) : test.positiveRankSum
      #expect(statistic == given.statistic)
      // Sums of a thousand doubles in another order.
      expectRelativelyClose([test.pValue], [given.p], within: 1e-12, "n = \(given.first.count)")
    }
  }

  @Test func `the rank-sum test is SciPy's, exact or normal`() throws {
    let tests = try Self.reference.get().rankSum
    try #require(tests.count == 27)
    for given in tests {
      let test = try RankSumTest(given.first, given.second, alternative: given.alternative)
      #expect((test.distribution == .exact) == given.isExact)
      #expect(test.u == given.statistic)
      // SciPy counts in whole numbers, we in fractions of them.
      expectRelativelyClose([test.pValue], [given.p], within: 1e-11, "n = \(given.first.count)")
    }
  }

  @Test func `rank correlation is SciPy's`() throws {
    let correlations = try Self.reference.get().spearman
    try #require(correlations.count == 5)
    for given in correlations {
      let rho = try #require(try RankCorrelation.spearman(given.first, given.second))
      // Sums of 500 products.
      expectRelativelyClose([rho], [given.rho], within: 1e-12, "n = \(given.first.count)")
    }
  }

  @Test func `intervals of proportions are SciPy's`() throws {
    let proportions = try Self.reference.get().proportions
    try #require(proportions.count == 24)
    for given in proportions {
      let proportion = try Proportion(given.successes, of: given.trials)
      let (wilson, exact) = try (
        proportion.wilson(level: given.level), proportion.clopperPearson(level: given.level)
      )
      // Nothing in 0 … 1 is told apart closer than the ends are from 1; SciPy inverts by iteration.
      expectRelativelyClose(
        [wilson.low, wilson.high, exact.low, exact.high], given.wilson + given.exact, within: 1e-9,
        floor: 1e-3, "\(given.successes) of \(given.trials)")
    }
  }

  @Test func `intervals of means are SciPy's`() throws {
    for given in try Self.reference.get().means {
      let summary = try Summary(of: given.numbers)
      let interval = try summary.meanInterval(level: 0.99)
      // Sums of a thousand doubles in another order.
      expectRelativelyClose(
        [summary.mean, summary.standardDeviation ?? .nan, interval.low, interval.high],
        [given.mean, given.deviation, given.low, given.high], within: 1e-12)
    }
  }

  @Test func `quantiles are SciPy's, far out as well`() throws {
    let reference = try Self.reference.get()
    try #require(reference.student.count == 56 && reference.normal.count == 10)
    for given in reference.student {
      // A level of 0.999999 has lost six digits of what it leaves out; the median is 0.
      expectRelativelyClose(
        [StudentT(degreesOfFreedom: given.degrees).upperQuantile(given.tail)], [given.quantile],
        within: 1e-10, floor: 1e-3, "ν = \(given.degrees), p = \(given.tail)")
    }
    for given in reference.normal {
      expectRelativelyClose(
        [Normal.upperQuantile(given.tail)], [given.quantile], within: 1e-10, floor: 1e-3,
        "p = \(given.tail)")
    }
  }
}
