/// An interval that holds a true value with some confidence.
public struct Interval: Hashable, Sendable, Codable {
  /// Its lower end.
  public let low: Double
  /// Its upper end.
  public let high: Double
  /// The confidence, a fraction in 0 ..< 1, as .95.
  public let level: Double

  /// An interval whose bounds were worked out elsewhere.
  public init(low: Double, high: Double, level: Double) {
    self.low = low
    self.high = high
    self.level = level
  }

  /// Whether a value lies in it; the ends do.
  public func contains(_ value: Double) -> Bool { low <= value && value <= high }
}

extension Summary {
  /// The interval of the mean by Student's t distribution.
  ///
  ///     x̄ ± t₍ₙ₋₁₎(1 − α/2) · s / √n                [Student 1908]
  ///
  /// Exact where the numbers are drawn from a normal distribution. Equal numbers give an interval of
  /// no width.
  ///
  /// - Throws: ``StatisticsError/tooFew(_:needed:)`` for one number,
  ///   ``StatisticsError/impossibleSummary(_:)``, ``StatisticsError/levelOutOfRange(_:)``.
  ///
  /// [Student 1908]: https://doi.org/10.1093/biomet/6.1.1
  public func meanInterval(level: Double = 0.95) throws(StatisticsError) -> Interval {
    try StudentT(degreesOfFreedom: Double(count - 1))
      .interval(around: mean, standardError: standardError(), level: level)
  }
}
