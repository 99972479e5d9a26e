internal import Statistics

/// The ranks of a map's values, ready to be correlated.
///
///     ρ = Σ (rᵢ − r̄)(sᵢ − s̄) / √(Σ (rᵢ − r̄)² · Σ (sᵢ − s̄)²)
///
/// Spearman's rank correlation, as `RankCorrelation.spearman`, with ranks that are taken once for many
/// comparisons and can be moved.
struct MapRanks: Sendable {
  /// Ranks less their mean, divided by the root of their sum of squares; `nil` where all values are
  /// equal, which have no order.
  private let scores: [Double]?

  init(_ values: [Float]) {
    let ranks = MidRanks(of: values.map(Double.init)).ranks
    let mean = Double(values.count + 1) / 2
    let length = ranks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }.squareRoot()
    scores = length > 0 ? ranks.map { ($0 - mean) / length } : nil
  }

  /// ρ; `nil` where either has no order.
  func correlation(with other: MapRanks) -> Double? {
    guard let a = scores, let b = other.scores, a.count == b.count else { return nil }
    return a.withUnsafeBufferPointer { a in
      b.withUnsafeBufferPointer { b in
        var sum = 0.0
        for i in a.indices { sum += a[i] * b[i] }
        return sum
      }
    }
  }

  /// The ranks at other places: place `i` takes that of place `order[i]`.
  func moved(_ order: [Int]) -> MapRanks {
    MapRanks(scores: scores.map { own in order.map { own[$0] } })
  }

  private init(scores: [Double]?) { self.scores = scores }
}
