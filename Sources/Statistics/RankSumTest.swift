/// The rank-sum test of Wilcoxon, Mann and Whitney: does one of two independent groups tend to hold the
/// greater numbers?
///
///     U = R₁ − n₁(n₁+1)/2,  R₁ the sum of the first group's ranks among all N = n₁ + n₂ numbers
///     z = (U − n₁n₂/2 ∓ ½) / √(n₁n₂/12 · (N + 1 − Σ (t³ − t)/(N(N − 1))))
///
/// [Mann and Whitney 1947]. U counts the pairs in which the first group's number is the greater, ties half.
/// p is exact where at most 50 numbers are there: all ways to choose n₁ of the ranks that there are, shared
/// ones too, are equally likely, and counted. For more p is by z, corrected for continuity by ½ towards the
/// mean, as SciPy's `mannwhitneyu` does. Where all numbers are equal p is 1.
///
/// - Range: p in 0 … 1.
/// - Randomness: none.
/// - Complexity: O(N log N), and O(n₁N³) up to N = 50.
///
/// [Mann and Whitney 1947]: https://doi.org/10.1214/aoms/1177730491
public struct RankSumTest: Hashable, Sendable {
  /// U of the first group; that of the second is n₁n₂ − U.
  public let u: Double
  /// U / n₁n₂: the probability that a number of the first group is greater than one of the second.
  public let superiority: Double
  /// How p was found.
  public let distribution: RankDistribution
  /// What equal distributions are held against.
  public let alternative: Alternative
  /// The probability of a U at least as extreme where the groups are of one distribution.
  public let pValue: Double

  /// The most numbers for which outcomes are counted.
  public static let largestExactCount = 50

  /// Tests two groups.
  ///
  /// - Throws: ``StatisticsError/tooFew(_:needed:)`` for an empty group,
  ///   ``StatisticsError/notFinite(_:at:)``.
  public init(
    _ first: [Double], _ second: [Double], alternative: Alternative = .twoSided
  ) throws(StatisticsError) {
    try check(first, atLeast: 1)
    try check(second, atLeast: 1)
    let ranked = MidRanks(of: first + second)
    let (n1, n2) = (Double(first.count), Double(second.count))
    u = ranked.ranks.prefix(first.count).reduce(0, +) - n1 * (n1 + 1) / 2
    superiority = u / (n1 * n2)
    self.alternative = alternative
    if first.count + second.count <= Self.largestExactCount {
      distribution = .exact
      let outcomes = RankOutcomes.rankSums(of: ranked.ranks, choosing: first.count)
      let sum = u + n1 * (n1 + 1) / 2
      pValue = alternative.pValue(
        below: RankOutcomes.lowerTail(outcomes, sum), above: RankOutcomes.upperTail(outcomes, sum))
    } else {
      let other = n1 * n2 - u
      distribution = .normal
      let n = n1 + n2
      let isConstant = ranked.ties == [first.count + second.count]
      let variance = n1 * n2 / 12 * (n + 1 - ranked.tieCorrection / (n * (n - 1)))
      let deviation = variance.squareRoot()
      // P(X ≥ u) of whole outcomes is that of more than u − ½.
      pValue =
        isConstant
        ? 1
        : alternative.pValue(
          below: Normal.upperTail((other - n1 * n2 / 2 - 0.5) / deviation),
          above: Normal.upperTail((u - n1 * n2 / 2 - 0.5) / deviation))
    }
  }
}
