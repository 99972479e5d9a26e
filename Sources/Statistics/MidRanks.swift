/// Ranks from 1 in rising order; equal numbers share the mean of theirs.
public struct MidRanks: Sendable {
  /// The rank of each number, a whole or a half.
  public let ranks: [Double]
  /// How many numbers each group of equal ones holds, where more than one.
  let ties: [Int]

  /// Ranks numbers, none of which may be NaN.
  public init(of numbers: [Double]) {
    let sorted = numbers.enumerated().sorted { $0.element < $1.element }
    var ranks = [Double](repeating: 0, count: numbers.count)
    var ties: [Int] = []
    var start = 0
    while start < sorted.count {
      var end = start + 1
      while end < sorted.count, sorted[end].element == sorted[start].element { end += 1 }
      for place in start..<end { ranks[sorted[place].offset] = Double(start + 1 + end) / 2 }
      if end - start > 1 { ties.append(end - start) }
      start = end
    }
    self.ranks = ranks
    self.ties = ties
  }

  /// Σ (t³ − t) over groups of t equal numbers, by which ties narrow the distribution of rank sums.
  var tieCorrection: Double {
    ties.reduce(0) { $0 + Double($1) * (Double($1) * Double($1) - 1) }
  }
}
