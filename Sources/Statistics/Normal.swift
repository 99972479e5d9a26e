internal import CBoostMath

/// The standard normal distribution, by Boost.Math.
public enum Normal {
  /// P(Z ≤ z).
  public static func lowerTail(_ z: Double) -> Double { bm_normal_cdf(z) }

  /// P(Z > z), exact where `1 − lowerTail(z)` would round to 0.
  public static func upperTail(_ z: Double) -> Double { bm_normal_upper(z) }

  /// The z that leaves `probability` above it; NaN outside of 0 … 1.
  public static func upperQuantile(_ probability: Double) -> Double {
    bm_normal_upper_quantile(probability)
  }
}
