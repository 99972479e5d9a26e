/// The free variables, and for each the free one that it has most mutual information with.
///
/// - Complexity: taking a variable looks only at the rows whose nearest partner it was.
struct NearestPartners {
  private let information: MutualInformation
  private var partners: [Int]
  private(set) var free: [Int]

  init(_ information: MutualInformation) {
    self.information = information
    free = Array(0..<information.count)
    partners = []
    partners = free.map { nearest(to: $0) ?? $0 }
  }

  /// The two free variables with most mutual information; ties by index.
  var closestPair: (Int, Int)? {
    var best: (Int, Int)?
    var most: Double = -1
    for variable in free where partners[variable] != variable {
      let value = information[variable, partners[variable]]
      if value > most { (most, best) = (value, (variable, partners[variable])) }
    }
    return best
  }

  /// Takes variables away.
  mutating func remove(_ taken: [Int]) {
    let gone = Set(taken)
    free.removeAll { gone.contains($0) }
    for variable in free where gone.contains(partners[variable]) {
      partners[variable] = nearest(to: variable) ?? variable
    }
  }

  private func nearest(to variable: Int) -> Int? {
    var best: Int?
    var most: Double = -1
    for other in free where other != variable && information[variable, other] > most {
      (most, best) = (information[variable, other], other)
    }
    return best
  }
}
