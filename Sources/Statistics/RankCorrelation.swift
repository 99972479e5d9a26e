/// Whether two lists put units in the same order.
public enum RankCorrelation {
  /// Spearman's ρ: the correlation of ranks.
  ///
  ///     ρ = Σ (Rᵢ − R̄)(Sᵢ − S̄) / √(Σ (Rᵢ − R̄)² · Σ (Sᵢ − S̄)²)
  ///
  /// [Spearman 1904]; equal numbers share their mean rank.
  ///
  /// - Range: −1 … 1; 1 for any rising function of the other list.
  /// - Complexity: O(n log n).
  /// - Returns: `nil` where a list is constant: it puts nothing in order.
  /// - Throws: ``StatisticsError/differentCounts(_:_:)``,
  ///   ``StatisticsError/tooFew(_:needed:)`` for less than 2 units,
  ///   ``StatisticsError/notFinite(_:at:)``.
  ///
  /// [Spearman 1904]: https://doi.org/10.2307/1412159
  public static func spearman(
    _ first: [Double], _ second: [Double]
  ) throws(StatisticsError) -> Double? {
    guard first.count == second.count else { throw .differentCounts(first.count, second.count) }
    try check(first, atLeast: 2)
    try check(second, atLeast: 2)
    let (r, s) = (MidRanks(of: first).ranks, MidRanks(of: second).ranks)
    let mean = Double(first.count + 1) / 2
    var (rs, rr, ss) = (0.0, 0.0, 0.0)
    for i in r.indices {
      let (x, y) = (r[i] - mean, s[i] - mean)
      rs += x * y
      rr += x * x
      ss += y * y
    }
    if rr == 0 || ss == 0 { return nil }
    return min(1, max(-1, rs / (rr * ss).squareRoot()))
  }

  /// Spearman's ρ of maps, whose values are single.
  ///
  /// - Returns: as ``spearman(_:_:)-([Double],_)``.
  /// - Throws: as that.
  public static func spearman(
    _ first: [Float], _ second: [Float]
  ) throws(StatisticsError) -> Double? {
    try spearman(first.map(Double.init), second.map(Double.init))
  }
}
