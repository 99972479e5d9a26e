extension Partition {
  /// How far two partitions agree on the classes that both hold.
  public struct Agreement: Hashable, Sendable {
    /// The adjusted Rand index: 1 where they are the same, 0 on average for partitions drawn at
    /// random with the same cluster sizes, and less for worse than that.
    public let adjustedRandIndex: Double
    /// The number of classes in both.
    public let commonClassCount: Int
    /// How many clusters of the one and of the other hold any of them.
    public let clusterCounts: [Int]
  }

  /// The adjusted Rand index of two partitions over their common classes.
  ///
  ///     ARI = (Σᵢⱼ C(nᵢⱼ, 2) − E) / ((Σᵢ C(aᵢ, 2) + Σⱼ C(bⱼ, 2)) / 2 − E)     (5)
  ///     E   = Σᵢ C(aᵢ, 2) · Σⱼ C(bⱼ, 2) / C(n, 2)
  ///
  /// with `nᵢⱼ` classes in cluster i of the one and j of the other, `aᵢ` and `bⱼ` in either. Equation 5
  /// of Hubert and Arabie, Comparing partitions, Journal of Classification 2 (1985), 193–218. Where
  /// the formula is 0 / 0, both are one cluster or both all single classes, and the index is 1.
  ///
  /// - Returns: `nil` for fewer than two common classes.
  public func agreement(with other: Partition) -> Agreement? {
    var (cells, rows, columns): ([Int: Int], [Int: Int], [Int: Int]) = ([:], [:], [:])
    var count = 0
    for (i, cluster) in clusters.enumerated() {
      for label in cluster {
        guard let j = other.cluster(of: label) else { continue }
        cells[i * other.clusters.count + j, default: 0] += 1
        rows[i, default: 0] += 1
        columns[j, default: 0] += 1
        count += 1
      }
    }
    guard count >= 2 else { return nil }
    let (both, own, others) = (Self.pairs(cells), Self.pairs(rows), Self.pairs(columns))
    let expected = own * others / Self.pairs([0: count])
    let range = (own + others) / 2 - expected
    return Agreement(
      adjustedRandIndex: range == 0 ? 1 : (both - expected) / range, commonClassCount: count,
      clusterCounts: [rows.count, columns.count])
  }

  /// The number of pairs within groups of some sizes.
  private static func pairs(_ sizes: [Int: Int]) -> Double {
    Double(sizes.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 })
  }
}
