extension Card {
  /// What the numbers of the output are.
  public enum Output: String, Hashable, Sendable, Codable, CaseIterable {
    /// Unnormalised logarithms of the probabilities of classes that exclude each other, `y`.
    case logits
    /// Probabilities of classes that exclude each other; the logits are their logarithms.
    case probabilities
    /// The logarithms of such probabilities, which are logits that a softmax leaves as they are.
    case logProbabilities = "log-probabilities"
    /// What a sigmoid makes the probability of a label of; each label is there or not by itself.
    case sigmoidLogits = "sigmoid-logits"
    /// Probabilities that sigmoids made, each of its own label.
    case sigmoidProbabilities = "sigmoid-probabilities"
    /// The value of a regression.
    case value
    /// Several values of a regression, which the labels name.
    case values
    /// A vector, whose cosines with those of references say what a picture is like; the references are the classes.
    case embedding

    /// Whether each label has a sigmoid of its own.
    public var isOfSigmoids: Bool { self == .sigmoidLogits || self == .sigmoidProbabilities }
    /// Whether the numbers are values of a regression.
    public var isOfValues: Bool { self == .value || self == .values }
    /// Whether labels name its numbers.
    public var hasLabels: Bool { self != .value && self != .embedding }
  }
}
