internal import Foundation

/// What the network makes of a fact and its foil while pixels are altered.
public struct ContrastCurve: Hashable, Sendable {
  /// How many pixels have been altered at each point, in rising order.
  public let counts: [Int]
  /// `log p_c` at each point.
  public let fact: [Double]
  /// `log p_{C′}` at each point; −∞ where there is no foil.
  public let foil: [Double]

  /// Joins points.
  public init(counts: [Int], fact: [Double], foil: [Double]) {
    self.counts = counts
    self.fact = fact
    self.foil = foil
  }

  /// The contrastive score at each point, after r − 1 alterations:
  ///
  ///     s(r) = p_c(x_[r,n]) · (1 − p_{C′}(x_[r,n]))                (3)
  ///
  /// Equation 3 of Xie et al. 2023 (UAI). Range: 0…1; without a foil it is p_c.
  public var scores: [Double] {
    zip(fact, foil).map { fact, foil in Foundation.exp(fact) * -Foundation.expm1(foil) }
  }

  /// `log p_c / p_{C′}` at each point.
  public var logOdds: [Double] { zip(fact, foil).map { $0 - $1 } }
}
