internal import Foundation

extension Spot {
  /// How surprising it is that a square of its size holds so much.
  ///
  ///     s · log(s / a) + (1 − s) · log((1 − s) / (1 − a))
  ///
  /// for a share s of the mass in a share a of the pixels: the logarithm of the likelihood ratio of
  /// Kulldorff's spatial scan statistic (1997) for a mass of 1, "more inside than outside" against
  /// "the same everywhere". 0 where the square holds no more than its size explains.
  public var surprise: Double {
    let (s, a) = (massFraction, areaFraction)
    guard s > a, a > 0, a < 1 else { return 0 }
    return s * log(s / a) + (s < 1 ? (1 - s) * log((1 - s) / (1 - a)) : 0)
  }
}
