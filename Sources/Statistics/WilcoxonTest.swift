/// Wilcoxon's signed-rank test of paired differences: do they lie symmetrically about 0?
///
///     W⁺ = Σ_{dᵢ > 0} Rᵢ,  Rᵢ the rank of |dᵢ|
///     z = (W⁺ − n(n+1)/4) / √((n(n+1)(2n+1) − ½ Σ (t³ − t)) / 24)
///
/// [Wilcoxon 1945]. Differences of 0 are dropped, as Wilcoxon did; equal ones share their mean rank, t of
/// them in a group. p is exact where at most 50 differences are not 0: the 2ⁿ ways to give the ranks that
/// there are their signs are equally likely, and counted. So n differences have no two-sided p below
/// 2/2ⁿ, whatever ties there are. For more p is by z, without correction for continuity. These are the
/// choices of SciPy's `wilcoxon` with `zero_method="wilcox"` and, for ties, all permutations.
/// Differences are equal where their bits are: what rounding parts is no tie.
///
/// Without any difference but 0, p is 1. One difference has a two-sided p of 1, as it can.
///
/// - Range: p in 0 … 1.
/// - Randomness: none.
/// - Complexity: O(n log n), and O(n³) up to n = 50.
///
/// [Wilcoxon 1945]: https://doi.org/10.2307/3001968
public struct WilcoxonTest: Hashable, Sendable {
  /// n: how many differences are not 0.
  public let count: Int
  /// How many are 0 and were dropped.
  public let zeroCount: Int
  /// W⁺.
  public let positiveRankSum: Double
  /// W⁻ = n(n+1)/2 − W⁺.
  public let negativeRankSum: Double
  /// z; `nil` where p is exact.
  public let z: Double?
  /// How p was found.
  public let distribution: RankDistribution
  /// What symmetry about 0 is held against.
  public let alternative: Alternative
  /// The probability of a W⁺ at least as extreme where the differences lie symmetrically.
  public let pValue: Double

  /// The most differences for which outcomes are counted.
  public static let largestExactCount = 50

  /// Tests differences.
  ///
  /// - Throws: ``StatisticsError/tooFew(_:needed:)`` for none, ``StatisticsError/notFinite(_:at:)``.
  public init(
    differences: [Double], alternative: Alternative = .twoSided
  ) throws(StatisticsError) {
    try check(differences, atLeast: 1)
    let kept = differences.filter { $0 != 0 }
    let ranked = MidRanks(of: kept.map(abs))
    let n = Double(kept.count)
    count = kept.count
    zeroCount = differences.count - kept.count
    positiveRankSum = zip(kept, ranked.ranks).reduce(0) { $1.0 > 0 ? $0 + $1.1 : $0 }
    negativeRankSum = n * (n + 1) / 2 - positiveRankSum
    self.alternative = alternative
    if count <= Self.largestExactCount {
      (distribution, z) = (.exact, nil)
      let outcomes = RankOutcomes.signedRankSums(of: ranked.ranks)
      pValue = alternative.pValue(
        below: RankOutcomes.lowerTail(outcomes, positiveRankSum),
        above: RankOutcomes.upperTail(outcomes, positiveRankSum))
    } else {
      let variance = (n * (n + 1) * (2 * n + 1) - ranked.tieCorrection / 2) / 24
      let z = (positiveRankSum - n * (n + 1) / 4) / variance.squareRoot()
      (distribution, self.z) = (.normal, z)
      pValue = alternative.pValue(below: Normal.lowerTail(z), above: Normal.upperTail(z))
    }
  }

  /// Tests what the first list has more than the second, unit by unit.
  ///
  /// - Throws: as ``init(differences:alternative:)``, and
  ///   ``StatisticsError/differentCounts(_:_:)``.
  public init(
    _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided
  ) throws(StatisticsError) {
    try self.init(differences: differences(first, second), alternative: alternative)
  }
}
