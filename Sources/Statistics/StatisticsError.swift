public import Terms

/// What can be wrong with numbers and settings of statistics.
public enum StatisticsError: Fault, Hashable {
  /// There are fewer numbers than the method needs.
  case tooFew(Int, needed: Int)
  /// A number is infinite or NaN.
  case notFinite(Double, at: Int)
  /// Two lists that belong together differ in length.
  case differentCounts(Int, Int)
  /// The numbers are so large that their spread cannot be said.
  case tooLarge
  /// A mean or deviation that no list of numbers can have.
  case impossibleSummary(Summary)
  /// A level of confidence outside of 0 … 1.
  case levelOutOfRange(Double)
  /// Counts that make no proportion.
  case impossibleProportion(successes: Int, trials: Int)
  /// A bootstrap without replicates.
  case replicateCountOutOfRange(Int)
  /// A statistic of resampled units is infinite or NaN.
  case statisticNotFinite(Double, replicate: Int)

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .tooFew(let count, let needed):
      "\(count) number\(count == 1 ? " is" : "s are") too few; at least \(needed) are needed"
    case .notFinite(let value, let place): "number \(place) is \(value); leave it out"
    case .differentCounts(let one, let other):
      "lists of \(one) and \(other) numbers cannot be compared; both must be of the same units"
    case .tooLarge: "the numbers are too large for their spread to be computed; scale them down"
    case .impossibleSummary(let summary):
      "no \(summary.count) numbers have the mean \(summary.mean) and the deviation "
        + "\(summary.standardDeviation.map { "\($0)" } ?? "nil")"
    case .levelOutOfRange(let level):
      "a level lies between 0 and 1, as 0.95 does; \(level) does not"
    case .impossibleProportion(let successes, let trials):
      "\(successes) of \(trials) is not a proportion"
    case .replicateCountOutOfRange(let count):
      "a bootstrap has at least 1 replicate; \(count) is none"
    case .statisticNotFinite(let value, let replicate):
      "the statistic is \(value) for replicate \(replicate); it must be finite for every sample"
    }
  }
}
