internal import Networks
package import Terms

/// What can be wrong with the words of a question.
package enum InquiryError: Fault {
  case factOfRegression
  case regression(String)
  case value(String)
  case factIsAnswer(String)
  /// Something that follows probabilities was asked of an embedding.
  case noProbabilities(String)
  /// Every reference is the foil.
  case noReferenceLeft
  case nothingLeft
  case foreignClass(String, of: String)
  /// No label's probability is above the threshold; the likeliest and its probability.
  case noneAbove(threshold: Float, label: String, probability: Float)

  /// Of what a network answered about labels.
  static func noneAbove(_ prediction: Prediction) -> InquiryError {
    let first = prediction.classes.first
    return .noneAbove(
      threshold: prediction.threshold ?? 0, label: first?.label ?? "",
      probability: first?.probability ?? 0)
  }

  package var kind: FaultKind { .usage }

  package var description: String {
    switch self {
    case .factOfRegression:
      "this network is a regression: its fact is the value it gives, so leave --why out"
    case .regression(let reason): "this network is a regression: \(reason)"
    case .value(let text):
      "“\(text)” is not a number; this network is a regression, name a value after --rather-than"
    case .factIsAnswer(let label):
      "the network's answer is \(label) itself; name the fact with --why"
    case .foreignClass(let label, let name):
      "\(name) says “\(label)”, and this network has no class of that name"
    case .noneAbove(let threshold, let label, let probability):
      "the network finds none of its labels above \(threshold); the likeliest is \(label), at "
        + "\(Percentage.text(probability).drop { $0 == " " }): name it with --why, or lower --threshold"
    case .noProbabilities(let what):
      "\(what) follows probabilities, and the similarities of an embedding are none; explain, compare and predict ask "
        + "an embedding"
    case .noReferenceLeft:
      "the foil holds every reference, so that none is left to be more like; name another by --references"
    case .nothingLeft: "--without leaves none of the classes that the network finds likeliest"
    }
  }
}
