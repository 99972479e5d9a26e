internal import CBoostMath

/// Student's t distribution, by Boost.Math.
public struct StudentT: Hashable, Sendable {
  /// Its degrees of freedom ν, more than 0 and not necessarily whole; others make every answer NaN.
  public let degreesOfFreedom: Double

  /// The distribution with a number of degrees of freedom, more than 0 and not always whole.
  public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

  /// P(T ≤ t).
  public func lowerTail(_ t: Double) -> Double { bm_student_t_cdf(t, degreesOfFreedom) }

  /// P(T > t), exact where `1 − lowerTail(t)` would round to 0.
  public func upperTail(_ t: Double) -> Double { bm_student_t_upper(t, degreesOfFreedom) }

  /// The t that leaves `probability` above it; NaN outside of 0 … 1.
  public func upperQuantile(_ probability: Double) -> Double {
    bm_student_t_upper_quantile(probability, degreesOfFreedom)
  }

  /// The interval of an estimate whose standardised error has this distribution.
  func interval(
    around estimate: Double, standardError: Double, level: Double
  ) throws(StatisticsError) -> Interval {
    let halfWidth = upperQuantile(try tail(of: level)) * standardError
    return Interval(low: estimate - halfWidth, high: estimate + halfWidth, level: level)
  }
}
