/// The latent class model of three leaves that has the moments of the counts.
///
/// With `π = P(z = 1)` and `d_i = P(x_i | 1) − P(x_i | 0)`, a latent class model has
///
///     cov(i, j) = π (1 − π) d_i d_j
///     E[Π (x_i − p_i)] = π (1 − π) (1 − 2π) d_1 d_2 d_3
///
/// for its three leaves, which are seven equations with the three means, and has seven parameters.
/// Where counts allow no such model, the nearest probabilities stand for those outside 0 … 1.
struct MomentSolution {
  let model: LatentClassModel

  init(_ counts: WeightedPatterns) {
    let total = counts.weights.reduce(0, +)
    let means = (0..<3).map { counts.share(of: 1 << UInt64($0)) / total }
    func moment(_ leaves: [Int]) -> Double {
      var sum = 0.0
      for (mask, weight) in zip(counts.masks, counts.weights) {
        sum += leaves.reduce(weight / total) { $0 * (Double(mask >> UInt64($1) & 1) - means[$1]) }
      }
      return sum
    }
    let covariances = [moment([1, 2]), moment([0, 2]), moment([0, 1])].map {
      abs($0) < 1e-12 ? 1e-12 : $0
    }
    let third = moment([0, 1, 2])
    let product = abs(covariances[0] * covariances[1] * covariances[2])
    let variance = 1 / (third * third / product + 4)
    // State 1 is the rarer one; the leaves are likelier in it where the third moment is positive.
    let prior = 0.5 - max(0, 0.25 - variance).squareRoot()
    let sign = third < 0 ? -1.0 : 1
    var model = LatentClassModel(leafCount: 3)
    model.prior = min(max(prior, 1e-6), 0.5)
    for leaf in 0..<3 {
      let difference = sign * (product / variance).squareRoot() / covariances[leaf]
      let table = LatentClassModel.Table(
        means[leaf] - prior * difference, means[leaf] + (1 - prior) * difference)
      model.tables[leaf] = table.proper
    }
    self.model = model
  }
}
