public import Contrast
internal import Networks
package import Terms

/// What is asked, in people's words.
public struct QuestionChoice: Defaulted {
  /// The fact: one or more classes with commas between, each by its label, the beginning of its label, or its
  /// index; `@3` is index 3 where labels are numbers themselves.
  public var why: String?
  /// The foil: one or more classes; for a regression, a value.
  public var ratherThan: String?
  /// How fact and foil meet; inside where nothing is said, outside where a scheme is used.
  public var contrast: Contrast?
  /// The score; log-odds inside, the explainer's usual one outside and without a foil.
  public var score: ScoreKind?
  /// The pixel of the photo that is asked about, of a network that answers for each place.
  public var at: PicturePoint?
  /// A picture of the photo's size, bright where such a network is asked about.
  public var within: String?
  /// γ of the Finer-CAM score: how much of the foil it subtracts.
  public var finerStrength: Float = 0.6

  /// Asks why the network answers as it does.
  public init() {}

  /// Asks why one, rather than the other.
  public init(why: String?, ratherThan: String? = nil) {
    (self.why, self.ratherThan) = (why, ratherThan)
  }

  package func validate() throws {
    if at != nil, within != nil {
      throw RequestFault.unfit("--at and --within both say where; give one of them")
    }
    if !finerStrength.isFinite { throw RequestFault.unfit("--finer-strength must be a number") }
  }

  /// What the words ask of a network, once it has answered.
  ///
  /// - Parameter defaultKind: The score of a class where nothing else is chosen.
  func asked(of network: Network, defaultKind: ScoreKind = .logit) throws -> QuestionPlan {
    if network.card.task == .regression { return try regression(of: network) }
    let fact = try why.map { try Self.classes($0, network.labels) }
    let foil = try ratherThan.map { try Self.classes($0, network.labels) }
    return QuestionPlan(
      fact: fact, foil: foil, value: nil, isRegression: false, contrast: contrast ?? .inside,
      kind: score, defaultKind: defaultKind, strength: finerStrength,
      classCount: network.classCount, head: network.head)
  }

  /// The network that is asked: of several values the one that the fact names.
  func askedNetwork(_ network: Network) throws -> Network {
    let names = network.valueNames
    if names.isEmpty { return network }
    guard let why else { throw NetworkError.severalValues(names) }
    return network.asked(aboutValue: try ClassLabels(names).index(of: why))
  }

  /// Where in a picture is asked.
  func places(of network: Network) throws -> QuestionPlaces {
    let isChoice = network.card.task == .classification
    return QuestionPlaces(
      at: at, within: within,
      fact: isChoice ? try why.map { try Self.classes($0, network.labels) } : nil)
  }

  private func regression(of network: Network) throws -> QuestionPlan {
    if why != nil, network.valueNames.isEmpty { throw InquiryError.factOfRegression }
    let value = try ratherThan.map { text in
      guard let value = Float(text), value.isFinite else { throw InquiryError.value(text) }
      return value
    }
    return QuestionPlan(
      fact: nil, foil: nil, value: value, isRegression: true, contrast: contrast ?? .inside,
      kind: score, classCount: 1)
  }

  /// Classes by their names with commas between; a label that holds a comma itself is found first.
  package static func classes(
    _ text: String, _ labels: ClassLabels
  ) throws(LabelError) -> ClassSet {
    if let whole = (try? labels.indexIfKnown(of: text)) ?? nil { return ClassSet(whole) }
    let words = text.split(separator: ",").map { part in
      String(part.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
    return try labels.set(of: words)
  }
}
