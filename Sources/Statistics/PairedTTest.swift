/// Student's t test of paired differences: is their mean 0?
///
///     t = d̄ / (s_d / √n),  ν = n − 1              [Student 1908]
///
/// Where all differences are 0, t is 0 and p is 1. Where all are the same other number, t is infinite and
/// p its limit, 0 or 1: the model takes the spread for known to be 0. ``WilcoxonTest`` does not.
///
/// - Range: p in 0 … 1, small tails kept.
/// - Randomness: none.
///
/// [Student 1908]: https://doi.org/10.1093/biomet/6.1.1
public struct PairedTTest: Hashable, Sendable {
  /// The number, mean and deviation of the differences.
  public let summary: Summary
  /// The statistic t; infinite where all differences are the same and not 0.
  public let t: Double
  /// n − 1.
  public let degreesOfFreedom: Double
  /// What a mean of 0 is held against.
  public let alternative: Alternative
  /// The probability of a t at least as extreme where the mean is 0.
  public let pValue: Double
  /// The two-sided interval of the mean difference, whatever the alternative.
  public let interval: Interval

  /// Tests differences.
  ///
  /// - Throws: ``StatisticsError/tooFew(_:needed:)`` for less than 2,
  ///   ``StatisticsError/notFinite(_:at:)``, ``StatisticsError/tooLarge``,
  ///   ``StatisticsError/levelOutOfRange(_:)``.
  public init(
    differences: [Double], alternative: Alternative = .twoSided, level: Double = 0.95
  ) throws(StatisticsError) {
    try check(differences, atLeast: 2)
    summary = try Summary(of: differences)
    degreesOfFreedom = Double(differences.count - 1)
    let ratio = summary.mean / (try summary.standardError())
    t = ratio.isNaN ? 0 : ratio
    self.alternative = alternative
    pValue = alternative.pValue(
      ofDifference: summary.mean, t: ratio, by: StudentT(degreesOfFreedom: degreesOfFreedom))
    interval = try summary.meanInterval(level: level)
  }

  /// Tests what the first list has more than the second, unit by unit.
  ///
  /// - Throws: as ``init(differences:alternative:level:)``, and
  ///   ``StatisticsError/differentCounts(_:_:)``.
  public init(
    _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided,
    level: Double = 0.95
  ) throws(StatisticsError) {
    try self.init(
      differences: differences(first, second), alternative: alternative, level: level)
  }
}
