internal import CBoostMath

/// How many of some trials succeeded: k of n.
public struct Proportion: Hashable, Sendable {
  /// k.
  public let successes: Int
  /// n.
  public let trials: Int

  /// Counts successes.
  ///
  /// - Throws: ``StatisticsError/impossibleProportion(successes:trials:)`` unless 0 ≤ k ≤ n and n > 0.
  public init(_ successes: Int, of trials: Int) throws(StatisticsError) {
    guard trials > 0, (0...trials).contains(successes) else {
      throw .impossibleProportion(successes: successes, trials: trials)
    }
    self.successes = successes
    self.trials = trials
  }

  /// k / n.
  public var estimate: Double { Double(successes) / Double(trials) }

  /// Wilson's score interval: those π that the score test does not refuse.
  ///
  ///     (k + z²/2 ± z √(k(n − k)/n + z²/4)) / (n + z²)          [Wilson 1927]
  ///
  /// Holds the true proportion with about the stated confidence on average, even for few trials.
  ///
  /// - Throws: ``StatisticsError/levelOutOfRange(_:)``.
  ///
  /// [Wilson 1927]: https://doi.org/10.1080/01621459.1927.10502953
  public func wilson(level: Double = 0.95) throws(StatisticsError) -> Interval {
    let z = Normal.upperQuantile(try tail(of: level))
    let (k, n) = (Double(successes), Double(trials))
    let center = k + z * z / 2
    let halfWidth = z * (k * (n - k) / n + z * z / 4).squareRoot()
    return Interval(
      low: successes == 0 ? 0 : (center - halfWidth) / (n + z * z),
      high: successes == trials ? 1 : (center + halfWidth) / (n + z * z), level: level)
  }

  /// Clopper and Pearson's interval, by the binomial distribution itself.
  ///
  ///     low  = B(α/2; k, n − k + 1),  high = B(1 − α/2; k + 1, n − k)
  ///
  /// B the beta distribution's quantile; 0 for k = 0, 1 for k = n. [Clopper and Pearson 1934]. Holds the
  /// true proportion with at least the stated confidence, so it is wider than Wilson's.
  ///
  /// - Throws: ``StatisticsError/levelOutOfRange(_:)``.
  ///
  /// [Clopper and Pearson 1934]: https://doi.org/10.1093/biomet/26.4.404
  public func clopperPearson(level: Double = 0.95) throws(StatisticsError) -> Interval {
    let alpha = try tail(of: level)
    let (k, n) = (Double(successes), Double(trials))
    return Interval(
      low: successes == 0 ? 0 : bm_beta_quantile(alpha, k, n - k + 1),
      high: successes == trials ? 1 : bm_beta_upper_quantile(alpha, k + 1, n - k), level: level)
  }
}
