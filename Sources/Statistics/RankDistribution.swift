/// How the p-value of a rank test was found.
public enum RankDistribution: String, Hashable, Sendable, Codable {
  /// By counting all equally likely outcomes.
  case exact
  /// By the normal distribution with the outcomes' mean and variance, ties counted in.
  case normal
}

/// Numbers of outcomes of sums of ranks where there is no difference, as probabilities.
///
/// Ranks that several numbers share are halves of whole numbers, so sums are counted in halves: entry s is
/// the probability of the sum s/2.
enum RankOutcomes {
  /// P(W⁺ = s/2): every rank is in the sum or not, with equal chances.
  static func signedRankSums(of ranks: [Double]) -> [Double] {
    var probabilities = [1.0]
    for rank in ranks {
      let step = Int(2 * rank)
      var next = [Double](repeating: 0, count: probabilities.count + step)
      for (sum, probability) in probabilities.enumerated() {
        next[sum] += probability / 2
        next[sum + step] += probability / 2
      }
      probabilities = next
    }
    return probabilities
  }

  /// P(R₁ = s/2) of the sum of `count` of the ranks, all choices of so many being equally likely.
  ///
  /// Of N ranks the last is chosen with probability k/N where k of them are still to choose.
  static func rankSums(of ranks: [Double], choosing count: Int) -> [Double] {
    let largest = Int(2 * ranks.reduce(0, +))
    // rows[k]: the distribution of the sum of k of the ranks seen so far.
    var rows = [[Double]](
      repeating: [Double](repeating: 0, count: largest + 1), count: count + 1)
    rows[0][0] = 1
    for (seen, rank) in ranks.enumerated() {
      let (step, total) = (Int(2 * rank), Double(seen + 1))
      for chosen in stride(from: min(count, seen + 1), through: 1, by: -1) {
        let share = Double(chosen) / total
        for sum in stride(from: largest, through: 0, by: -1) {
          let with = sum >= step ? rows[chosen - 1][sum - step] : 0
          rows[chosen][sum] = share * with + (1 - share) * rows[chosen][sum]
        }
      }
    }
    return rows[count]
  }

  /// P(X ≤ sum).
  static func lowerTail(_ probabilities: [Double], _ sum: Double) -> Double {
    min(1, probabilities.prefix(Int(2 * sum) + 1).reduce(0, +))
  }

  /// P(X ≥ sum), added from the far end so that small tails are kept.
  static func upperTail(_ probabilities: [Double], _ sum: Double) -> Double {
    min(1, probabilities.dropFirst(Int(2 * sum)).reversed().reduce(0, +))
  }
}
