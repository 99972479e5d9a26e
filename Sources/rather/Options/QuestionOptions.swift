public import ArgumentParser
public import Contrast
import Networks
import Terms

extension Contrast: ExpressibleByArgument {}
extension ScoreKind: ExpressibleByArgument {}

/// What is asked.
struct QuestionOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The fact: one or more classes, each by its label, the beginning of its label, "
        + "or its index; write @3 for index 3 where labels are numbers themselves.",
      valueName: "class,…"))
  var why: String?

  @Option(
    help: ArgumentHelp(
      "The foil: one or more classes; for a regression, a value.", valueName: "class,…"))
  var ratherThan: String?

  @Option(
    help: ArgumentHelp(
      "How fact and foil meet: in one score (inside), as two maps subtracted "
        + "(outside), as one map for each foil (pairwise), or as the fact's map where the "
        + "foil's is low (inverse). (default: inside; outside when a scheme is used)",
      valueName: "how"))
  var contrast: Contrast?

  @Option(
    help: ArgumentHelp(
      "The score. (default: log-odds inside, logit outside and without a foil)", valueName: "kind"))
  var score: ScoreKind?

  @Option(
    help: ArgumentHelp(
      "How much of the foil the finer score subtracts: 0…1, or more.", valueName: "γ"))
  var finerStrength: Float = 0.6

  func validate() throws {
    if !finerStrength.isFinite { throw ValidationError("--finer-strength must be a number") }
  }

  /// What the words ask of a network, once it has answered.
  ///
  /// - Parameter usual: The score of a class where nothing else is chosen.
  func asked(of network: Network, usual: ScoreKind = .logit) throws -> AskedQuestion {
    if network.card.task == .regression { return try regression() }
    let fact = try why.map { try Self.classes($0, network.labels) }
    let foil = try ratherThan.map { try Self.classes($0, network.labels) }
    return AskedQuestion(
      fact: fact, foil: foil, value: nil, isRegression: false, contrast: contrast ?? .inside,
      kind: score,
      usual: usual, strength: finerStrength, classCount: network.classCount)
  }

  private func regression() throws -> AskedQuestion {
    if why != nil {
      throw InquiryError.factOfRegression
    }
    let value = try ratherThan.map { text in
      guard let value = Float(text), value.isFinite else { throw InquiryError.value(text) }
      return value
    }
    return AskedQuestion(
      fact: nil, foil: nil, value: value, isRegression: true, contrast: contrast ?? .inside,
      kind: score, classCount: 1)
  }

  /// Classes by their names with commas between; a label that holds a comma itself is found first.
  static func classes(_ text: String, _ labels: ClassLabels) throws(LabelError) -> ClassSet {
    if let whole = try? labels.index(of: text) { return ClassSet(whole) }
    let words = text.split(separator: ",").map { part in
      String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    return try labels.set(of: words)
  }
}

/// What can be wrong with the words of a question.
enum InquiryError: Fault {
  case factOfRegression
  case regression(String)
  case value(String)
  case factIsAnswer(String)

  var kind: FaultKind { .usage }

  var description: String {
    switch self {
    case .factOfRegression:
      "this network is a regression: its fact is the value it gives, so leave --why out"
    case .regression(let reason): "this network is a regression: \(reason)"
    case .value(let text):
      "“\(text)” is not a number; this network is a regression, name a value after --rather-than"
    case .factIsAnswer(let label):
      "the network's answer is \(label) itself; name the fact with --why"
    }
  }
}
