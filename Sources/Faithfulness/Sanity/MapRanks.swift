/// The ranks of a map's values, ready to be correlated.
///
///     ρ = Σ (rᵢ − r̄)(sᵢ − s̄) / √(Σ (rᵢ − r̄)² · Σ (sᵢ − s̄)²)
///
/// Spearman's rank correlation, equal values having the mean of the ranks that they take up.
struct MapRanks: Sendable {
  /// Ranks less their mean, divided by the root of their sum of squares; `nil` where all values are
  /// equal, which have no order.
  private let scores: [Double]?

  init(_ values: [Float]) {
    let ranks = Self.midRanks(values)
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

  private static func midRanks(_ values: [Float]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      // Ranks start + 1 … end.
      for i in start..<end { ranks[order[i]] = Double(start + end + 1) / 2 }
      start = end
    }
    return ranks
  }
}
