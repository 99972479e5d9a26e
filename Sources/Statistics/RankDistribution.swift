/// How the p-value of a rank test was found.
public enum RankDistribution: String, Hashable, Sendable, Codable {
  /// By counting all equally likely outcomes.
  case exact
  /// By the normal distribution with the outcomes' mean and variance, ties counted in.
  case normal
}

/// Numbers of outcomes of rank statistics where there is no difference, as probabilities.
///
/// Both distributions are symmetric, so that upper tails are lower tails of what remains.
enum RankOutcomes {
  /// P(W⁺ = w) for w = 0 … n(n+1)/2: every rank is in the sum or not, with equal chances.
  static func signedRankSums(_ count: Int) -> [Double] {
    var probabilities = [1.0]
    for rank in 1..<(count + 1) {
      var next = [Double](repeating: 0, count: probabilities.count + rank)
      for (sum, probability) in probabilities.enumerated() {
        next[sum] += probability / 2
        next[sum + rank] += probability / 2
      }
      probabilities = next
    }
    return probabilities
  }

  /// P(U = u) for u = 0 … n₁n₂. The greatest of n₁ + n₂ numbers is of the first group with probability
  /// n₁/(n₁+n₂), and then lies above all n₂ of the second.
  static func rankSums(_ first: Int, _ second: Int) -> [Double] {
    // rows[j]: the distribution of i against j numbers, i growing.
    var rows = [[Double]](repeating: [1], count: second + 1)
    for i in 1..<(first + 1) {
      for j in 1..<(second + 1) {
        var next = [Double](repeating: 0, count: i * j + 1)
        let share = Double(i) / Double(i + j)
        for (u, probability) in rows[j].enumerated() { next[u + j] += share * probability }
        for (u, probability) in rows[j - 1].enumerated() { next[u] += (1 - share) * probability }
        rows[j] = next
      }
    }
    return rows[second]
  }

  /// P(X ≤ value).
  static func lowerTail(_ probabilities: [Double], _ value: Double) -> Double {
    min(1, probabilities.prefix(Int(value) + 1).reduce(0, +))
  }
}
