public import Terms

/// Why no latent tree can be learnt.
public enum TreeLearningError: Fault, Hashable {
  case nothingTogether(documents: Int)
  case tooFewClasses(Int, documents: Int)
  case setting(TreeLearning.Setting)

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .nothingTogether(1):
      "the only document names one class, so it says nothing of confusion"
    case .nothingTogether(let documents):
      "none of the \(documents) documents names two classes, so they say nothing about confusion"
    case .tooFewClasses(let count, let documents):
      "the documents of two classes or more, \(documents), name only \(count) classes; a tree needs "
        + "three"
    case .setting(let setting): "\(setting.rawValue) must be \(setting.range)"
    }
  }
}
