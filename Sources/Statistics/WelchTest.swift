#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Welch's t test: do two independent groups, whose spreads may differ, have the same mean?
///
///     t = (x̄₁ − x̄₂) / √(s₁²/n₁ + s₂²/n₂)
///     ν = (s₁²/n₁ + s₂²/n₂)² / ((s₁²/n₁)²/(n₁ − 1) + (s₂²/n₂)²/(n₂ − 1))
///
/// [Welch 1947]; the degrees of freedom ν are those of Welch and Satterthwaite. Where neither group
/// varies, t is 0 and p is 1 if the means are equal; if not, t is infinite and p its limit, 0 or 1, which is
/// as much as the normal model can say of so few different numbers. ν is then n₁ + n₂ − 2.
///
/// - Range: p in 0 … 1, small tails kept.
/// - Randomness: none.
///
/// [Welch 1947]: https://doi.org/10.1093/biomet/34.1-2.28
public struct WelchTest: Hashable, Sendable {
  /// x̄₁ − x̄₂.
  public let difference: Double
  /// The statistic t; infinite where different groups do not vary.
  public let t: Double
  /// ν, at least the smaller n − 1 and at most n₁ + n₂ − 2.
  public let degreesOfFreedom: Double
  /// What equal means are held against.
  public let alternative: Alternative
  /// The probability of a t at least as extreme where the means are equal.
  public let pValue: Double
  /// The two-sided interval of the difference, whatever the alternative.
  public let interval: Interval

  /// Tests two groups.
  ///
  /// - Throws: ``StatisticsError/tooFew(_:needed:)`` for groups of less than 2,
  ///   ``StatisticsError/impossibleSummary(_:)``, ``StatisticsError/levelOutOfRange(_:)``.
  public init(
    _ first: Summary, _ second: Summary, alternative: Alternative = .twoSided, level: Double = 0.95
  ) throws(StatisticsError) {
    let errors = (try first.standardError(), try second.standardError())
    let error = hypot(errors.0, errors.1)
    difference = first.mean - second.mean
    guard difference.isFinite, error.isFinite else { throw .tooLarge }
    degreesOfFreedom = Self.degreesOfFreedom(
      fraction: error > 0 ? (errors.0 / error) * (errors.0 / error) : nil,
      Double(first.count), Double(second.count))
    let distribution = StudentT(degreesOfFreedom: degreesOfFreedom)
    let ratio = difference / error
    t = ratio.isNaN ? 0 : ratio
    self.alternative = alternative
    pValue = alternative.pValue(ofDifference: difference, t: ratio, by: distribution)
    interval = try distribution.interval(around: difference, standardError: error, level: level)
  }

  /// ν of the fraction r that the first group has of the squared error: 1/(r²/(n₁−1) + (1−r)²/(n₂−1)),
  /// which neither over- nor underflows.
  private static func degreesOfFreedom(fraction: Double?, _ n1: Double, _ n2: Double) -> Double {
    guard let r = fraction else { return n1 + n2 - 2 }
    return 1 / (r * r / (n1 - 1) + (1 - r) * (1 - r) / (n2 - 1))
  }
}
