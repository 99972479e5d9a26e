public import Terms

/// Why documents give no clusters.
public enum ClusteringError: Fault, Hashable {
  case nothingTogether(documents: Int)
  case tooFewDocuments(Int)
  case clusterCount(Int, of: Int)
  case levels([Int])
  case resolution(Double)
  case meanSize(Double)
  case heldOutFraction(Double)

  /// Whose the fault is.
  public var kind: FaultKind {
    switch self {
    case .nothingTogether, .tooFewDocuments: .data
    default: .usage
    }
  }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .nothingTogether(1):
      "the only document names one class, so it says nothing of confusion"
    case .nothingTogether(let documents):
      "none of the \(documents) documents names two classes, so they say nothing about confusion"
    case .tooFewDocuments(let count):
      "\(Counted.text(count, "document")) of two classes or more \(count == 1 ? "is" : "are") too few to choose the number of clusters by; "
        + "give the number for each level with --clusters"
    case .clusterCount(let count, let limit):
      "there can be 1 to \(limit) clusters, not \(count)"
    case .levels([]): "no number of clusters is given; give one for each level"
    case .levels(let counts):
      "the clusters of the levels are \(counts.map(String.init).joined(separator: ", ")); there "
        + "must be fewer on each level than on the one below"
    case .meanSize(let value): "clusters cannot have \(value) classes on average; 1 is the least"
    case .heldOutFraction(let value):
      "the fraction of documents to judge by is \(value); it must lie between 0 and 1"
    case .resolution(let value): "the resolution \(value) is not above 0"
    }
  }
}
