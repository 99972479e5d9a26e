/// The mutual information of every two variables, in nats.
///
///     I(i; j) = Σ_ab p_ij(a, b) ln(p_ij(a, b) / (p_i(a) p_j(b)))
///
/// Strong negative association counts as much as positive.
///
/// - Complexity: `Σ t²` over cases of `t` variables, and the square of the number of variables.
struct MutualInformation {
  let count: Int
  private let values: [Double]

  /// Of the variables of cases.
  init(of cases: Cases) {
    let count = cases.variableCount
    var together = [Double](repeating: 0, count: count * count)
    for place in 0..<cases.count {
      let (row, weight) = (cases[place], cases.weights[place])
      for i in row.indices {
        let offset = Int(row[i]) * count
        for j in row.indices { together[offset + Int(row[j])] += weight }
      }
    }
    let total = cases.total
    let single = (0..<count).map { together[$0 * count + $0] }
    for i in 0..<count {
      for j in i + 1..<max(count, i + 1) {
        let value = Self.between(
          single[i], single[j], together: together[i * count + j], total: total)
        together[i * count + j] = value
        together[j * count + i] = value
      }
      together[i * count + i] = 0
    }
    self.count = count
    values = together
  }

  /// Of two variables.
  subscript(_ i: Int, _ j: Int) -> Double { values[i * count + j] }

  /// Of two binary variables that are 1 `first` and `second` times, both at once `together` times.
  static func between(
    _ first: Double, _ second: Double, together: Double, total: Double
  ) -> Double {
    let (p, q, both) = (first / total, second / total, together / total)
    func cell(_ joint: Double, _ product: Double) -> Double {
      joint > 0 && product > 0 ? joint * logarithm(joint / product) : 0
    }
    return max(
      0,
      cell(both, p * q) + cell(p - both, p * (1 - q)) + cell(q - both, (1 - p) * q)
        + cell(1 - p - q + both, (1 - p) * (1 - q)))
  }
}
