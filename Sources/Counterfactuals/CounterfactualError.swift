public import Terms

/// What can be wrong with a search for a contrastive example.
public enum CounterfactualError: Hashable, Sendable {
  /// The network has no classes to set against each other.
  case regression
  /// Its labels do not exclude each other.
  case labels
  /// P and Q have a class in common.
  case overlap(String)
  /// The network has one class, or P is all of them.
  case noFoil
  /// The network's answer does not depend on the code.
  case codeDoesNotMatter
}

extension CounterfactualError: Fault {
  /// Whose the fault is.
  public var kind: FaultKind { self == .codeDoesNotMatter ? .data : .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .regression:
      "a contrastive example is as much Q as P, and this network is a regression, without classes"
    case .labels:
      "a contrastive example is as much Q as P, and the labels of this network are each there or not, so that "
        + "both may be; `rather explain` answers why one rather than another"
    case .overlap(let label): "fact and foil have a class in common: \(label)"
    case .noFoil: "there is no other class that the fact could be set against"
    case .codeDoesNotMatter:
      "the network's answer does not depend on the generator's code, so nothing can "
        + "be found; check that the generator was exported with its weights, in "
        + "evaluation mode, and that neither it nor the network runs without gradients "
        + "(torch.no_grad)"
    }
  }
}
