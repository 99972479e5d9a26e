/// What a test holds against “there is no difference”.
public enum Alternative: String, Hashable, Sendable, Codable, CaseIterable {
  /// The first differs from the second.
  case twoSided = "two-sided"
  /// The first is greater than the second.
  case greater
  /// The first is less than the second.
  case less

  /// The p-value of a statistic whose distribution is symmetric.
  ///
  /// - Parameters:
  ///   - below: P(X ≤ x) where there is no difference.
  ///   - above: P(X ≥ x).
  func pValue(below: Double, above: Double) -> Double {
    switch self {
    case .twoSided: min(1, 2 * min(below, above))
    case .greater: above
    case .less: below
    }
  }

  /// The p-value of a statistic with t distribution.
  ///
  /// Where nothing varies t is 0/0 or infinite. Without difference any other sample would be at least as
  /// extreme: 1. With a difference this is the limit of the formula as the deviation goes to 0.
  func pValue(ofDifference difference: Double, t: Double, by distribution: StudentT) -> Double {
    if difference == 0, t.isNaN { return 1 }
    return pValue(below: distribution.lowerTail(t), above: distribution.upperTail(t))
  }
}
