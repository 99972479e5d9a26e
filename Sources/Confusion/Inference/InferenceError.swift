public import Terms

/// What can be wrong with a tree or with documents that are to be judged by it.
public enum InferenceError: Fault, Hashable {
  case noDistribution
  case noDocuments(dropped: Int)
  case impossible(documents: Int)
  case otherTree
  case pseudoCount(Double)

  /// Whose the fault is.
  public var kind: FaultKind {
    switch self {
    case .pseudoCount: .usage
    default: .data
    }
  }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .noDistribution:
      "the tree has a structure but no probabilities, as published trees do; fit them "
        + "to documents first, with --fit"
    case .noDocuments(let dropped):
      "no document names two classes of the tree or more; \(dropped) were dropped"
    case .otherTree:
      "the documents were read for a tree of another structure; read them again for this one"
    case .pseudoCount(let value): "the pseudo-count \(value) is not 0 or more"
    case .impossible(let documents):
      "the tree's probabilities make \(documents) of the documents impossible; fit "
        + "them to documents with --fit, and with a pseudo-count above 0"
    }
  }
}
