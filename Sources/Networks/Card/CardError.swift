public import Terms

/// What can be wrong with a card.
public enum CardError: Hashable, Sendable {
  /// There is no card, and what the options say is not enough.
  case missing(path: String, keys: [String], template: String)
  case unreadable(String, reason: String)
  case malformed(String, detail: String)
  case unknownKey(String, in: String, nearest: [String])
  /// The card is that of a generator.
  case generator(String)
  case missingKey(String, in: String)
  case value(key: String, found: String, expected: String, in: String)
  case labelsFile(String, reason: String)
  case labelCount(Int, expected: Int, source: String)
  case inputSize([Int], network: [Int?])
  case layer(String, in: String, reason: String)
  /// One sigmoid has neither one label nor two.
  case sigmoidLabels(Int, source: String)
  /// The card calls the output something else, and a softmax makes it.
  case softmaxCalled(Card.Output, in: String, node: String)
  /// The card says that each label has a sigmoid of its own, and a softmax makes the output.
  case softmaxCalledSigmoids(String, node: String)
  /// The card calls the output something else, and sigmoids make it.
  case sigmoidsCalled(String, output: Card.Output, node: String)
  /// The card calls the output probabilities of sigmoids, and no sigmoid makes it.
  case logitsCalledSigmoids(String, node: String)
}

extension CardError: Fault {
  /// Whose the fault is.
  public var kind: FaultKind {
    switch self {
    case .missing: .usage
    default: .data
    }
  }

  /// A card to fill in.
  public var template: String? {
    if case .missing(_, _, let template) = self { template } else { nil }
  }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .missing(let path, let keys, _):
      "there is no card at \(path), so these are not known: \(keys.joined(separator: ", ")). Give "
        + "them by options (`rather explain --help`), or save this as the card and fill it in:"
    case .unreadable(let path, let reason): "the card \(path) cannot be read: \(reason)"
    case .malformed(let path, let detail): "the card \(path) cannot be understood: \(detail)"
    case .unknownKey(let key, let path, let nearest):
      "the card \(path) has an unknown key “\(key)”"
        + (nearest.first.map { "; did you mean “\($0)”?" } ?? "")
    case .generator(let path):
      "\(path) is the card of a generator, which draws pictures; --model takes a classifier, and "
        + "--generator the decoder"
    case .missingKey(let key, let path): "the card \(path) does not say “\(key)”; add it"
    case .value(let key, let found, let expected, let path):
      "in \(path), “\(key)” is \(found), and must be \(expected)"
    case .labelsFile(let path, let reason): "the labels \(path) cannot be read: \(reason)"
    case .labelCount(let found, let expected, let source):
      "\(source) has \(found) labels, but the network has \(expected) outputs; give "
        + "one label per line, in the order of the outputs"
    case .layer(_, let path, let reason): "in \(path), under “layers”: \(reason)"
    case .sigmoidLabels(let count, let source):
      "\(source) has \(Counted.text(count, "label")), and one output of a sigmoid takes one, what is there where "
        + "the output is near 1; or two, first what is there where it is near 0, then what is there where it is near 1"
    case .softmaxCalled(let output, let path, let node):
      "\(path) says that the output is \(output.rawValue), but the network ends in a softmax (“\(node)”), which "
        + "gives probabilities; write “output”: “probabilities” in the card"
    case .softmaxCalledSigmoids(let path, let node):
      "\(path) says that each label has a sigmoid of its own, but the network ends in a softmax (“\(node)”), "
        + "whose classes exclude each other; write “output”: “probabilities” in the card, or “log-probabilities” "
        + "for the logarithm of one"
    case .sigmoidsCalled(let path, let output, let node):
      "\(path) says that the output is \(output.rawValue), but the network ends in a sigmoid (“\(node)”), which "
        + "gives each label a probability of its own; write “output”: “sigmoid-probabilities” in the card"
    case .logitsCalledSigmoids(let path, let node):
      "\(path) says that the output is probabilities of sigmoids, but no sigmoid makes it: the network ends in "
        + "“\(node)”; write “output”: “sigmoid-logits” in the card"
    case .inputSize(let card, let network):
      "the card says that the input is \(card) (channels, height, width), but the network was "
        + "exported for \(network.map { $0.map(String.init) ?? "any" }.joined(separator: " × "))"
    }
  }
}
