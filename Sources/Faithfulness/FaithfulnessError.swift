public import Terms

/// What can be wrong with measuring maps.
public enum FaithfulnessError: Hashable, Sendable {
  /// A map has a value that is no number.
  case notFinite
  /// A map has another number of pixels than the input.
  case featureCount(Int, input: Int)
  /// The network's answers are no classes.
  case regression
}

extension FaithfulnessError: Fault {
  /// Whose the fault is.
  public var kind: FaultKind { self == .notFinite ? .data : .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .notFinite: "a map holds a value that is not a number, so its pixels have no order"
    case .featureCount(let count, let input):
      "a map has \(count) pixels and the network's input \(input); measure maps of this network"
    case .regression:
      "the network's card says regression, and faithfulness is measured on the probabilities of "
        + "classes; name a classifier"
    }
  }
}
