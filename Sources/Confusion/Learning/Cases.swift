/// Documents as weighted sets of binary variables that are 1, equal ones merged, with the cases of
/// each variable beside them.
struct Cases {
  /// How many variables there are.
  let variableCount: Int
  /// The documents that each case stands for.
  let weights: [Double]
  /// The sum of ``weights``.
  let total: Double
  /// The variables of all cases, rising within a case.
  let variables: [Int32]
  /// Where each case starts among ``variables``; one more than there are cases.
  let starts: [Int]
  /// The cases of all variables, rising within a variable.
  let postings: [Int32]
  /// Where each variable starts among ``postings``.
  let postingStarts: [Int]

  /// The number of distinct cases.
  var count: Int { weights.count }

  /// The variables of a case.
  subscript(_ place: Int) -> ArraySlice<Int32> { variables[starts[place]..<starts[place + 1]] }

  /// The cases that hold a variable.
  func cases(of variable: Int) -> ArraySlice<Int32> {
    postings[postingStarts[variable]..<postingStarts[variable + 1]]
  }

  /// The fraction of documents that hold each variable.
  var shares: [Double] {
    (0..<variableCount).map { variable in
      cases(of: variable).reduce(0) { $0 + weights[Int($1)] } / total
    }
  }

  /// Merges equal rows, whose variables rise, and lists them by variable.
  ///
  /// `total` counts rows without variables too, which need not be written.
  init(variableCount: Int, rows: SparseRows, total: Double) {
    let merged = rows.merged()
    self.variableCount = variableCount
    self.total = total
    (variables, starts, weights) = (merged.variables, merged.starts, merged.weights)
    var ends = [Int](repeating: 0, count: variableCount + 1)
    for variable in merged.variables { ends[Int(variable) + 1] += 1 }
    for variable in 0..<variableCount { ends[variable + 1] += ends[variable] }
    postingStarts = ends
    var postings = [Int32](repeating: 0, count: merged.variables.count)
    for place in 0..<merged.weights.count {
      for variable in merged.variables[merged.starts[place]..<merged.starts[place + 1]] {
        postings[ends[Int(variable)]] = Int32(place)
        ends[Int(variable)] += 1
      }
    }
    self.postings = postings
  }
}
