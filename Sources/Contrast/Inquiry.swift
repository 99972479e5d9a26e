public import Terms

/// A question together with how it is to be answered.
public struct Inquiry: Hashable, Sendable {
  /// What is asked.
  public let question: Question
  /// How fact and foil are set against each other; `nil` where there is no foil.
  public let contrast: Contrast?
  /// What the foil consists of where each part has a map of its own; else empty.
  public let foilParts: [ClassSet]
  /// The family of scores.
  public let kind: ScoreKind
  /// The scores to explain: one, or the fact's and then the foil's where maps are set against each
  /// other.
  public let scores: [Score]

  /// Turns a question into scores.
  ///
  /// Without a kind, a question with a foil is answered by the log-odds inside or by the usual
  /// score of fact and foil otherwise, one without a foil by the usual score, and a regression by its
  /// value or squared error.
  ///
  /// - Parameters:
  ///   - contrast: For a question with a foil.
  ///   - defaultKind: The score of a class where nothing else is chosen: the logit or the probability.
  ///   - parts: What the foil consists of, for contrast by its parts; its classes where nothing is said.
  ///   - strength: γ of the Finer-CAM score.
  ///   - classCount: The number of classes; those not in the fact are the foil of a contrast score
  ///     asked for without one.
  ///   - head: How the classes belong together; the foil of a label without one is its absence.
  /// - Throws: ``QuestionError`` when question, contrast and kind do not go together.
  public init(
    _ question: Question, contrast: Contrast = .inside, kind: ScoreKind? = nil,
    defaultKind: ScoreKind = .logit, parts: [ClassSet]? = nil, strength: Float = 0.6,
    classCount: Int, head: Head = .choice
  ) throws(QuestionError) {
    self.question = question
    for set in [question.fact, question.foil] {
      guard let set, head.isMixed(set) else { continue }
      throw set.indices.count < classCount || head != .labels(1) ? .mixed(set) : .everyClass
    }
    if head == .similarities, let kind, !kind.isOfSimilarities {
      throw .kind(
        kind, asked: "of an embedding, whose similarities are no probabilities; take logit or mean")
    }
    let inside: ScoreKind = head == .similarities ? .mean : .logOdds
    let defaultKind = head == .similarities ? .logit : defaultKind
    var foilParts: [ClassSet] = []
    if case .whyRatherThan(_, let foil) = question, contrast.isByParts {
      foilParts = parts ?? foil.indices.map { ClassSet($0) }
    }
    self.foilParts = foilParts
    switch question {
    case .why(let p):
      self.kind = kind ?? defaultKind
      self.contrast = nil
      scores = [try Self.score(of: p, self.kind, strength, head.rival(of: p, among: classCount))]
    case .whyRatherThan(let p, let q):
      if p.overlaps(q) { throw .factIsFoil(p, q) }
      self.contrast = contrast
      self.kind = kind ?? (contrast == .inside ? inside : defaultKind)
      scores =
        switch contrast {
        case .inside: [try Self.score(of: p, against: q, self.kind, strength)]
        case .outside, .outsideRaw, .inverse: try Self.each(of: [p, q], self.kind, contrast)
        case .pairwise, .pairwiseRaw:
          try Self.each(of: [p] + foilParts, self.kind, contrast)
        }
    case .whyValue(let q):
      self.kind = kind ?? (q == nil ? .value : .squaredError)
      self.contrast = q == nil ? nil : .inside
      scores = [try Self.score(of: q, self.kind)]
    }
  }

  private static func score(of q: Float?, _ kind: ScoreKind) throws(QuestionError) -> Score {
    switch (q, kind) {
    case (nil, .value): return .value
    case (let q?, .squaredError): return .squaredError(from: q)
    case (nil, _): throw .kind(kind, asked: "of a regression, whose score is value")
    default:
      throw .kind(kind, asked: "of a regression with a foil, whose score is squared-error")
    }
  }

  private static func score(
    of p: ClassSet, _ kind: ScoreKind, _ strength: Float, _ rival: ClassSet?
  ) throws(QuestionError) -> Score {
    switch kind {
    case .logit: return .logit(p)
    case .probability: return .probability(p)
    case .logOdds, .weighted, .mean, .max, .finer:
      guard let rival else { throw .everyClass }
      return try score(of: p, against: rival, kind, strength)
    case .surprise: throw .kind(kind, asked: "without a foil (--rather-than)")
    case .value, .squaredError: throw .kind(kind, asked: "of a classifier")
    }
  }

  private static func score(
    of p: ClassSet, against q: ClassSet, _ kind: ScoreKind, _ strength: Float
  ) throws(QuestionError) -> Score {
    switch kind {
    case .logOdds: return .logOdds(p, against: q)
    case .weighted: return .weightedContrast(p, against: q)
    case .mean: return .meanContrast(p, against: q)
    case .finer: return .finerContrast(p, against: q, strength: strength)
    case .max: return .maxContrast(p, against: q)
    case .surprise: return .surprise(at: q)
    case .logit, .probability:
      throw .holdsNoFoil(kind)
    case .value, .squaredError: throw .kind(kind, asked: "of a classifier")
    }
  }

  private static func each(
    of sets: [ClassSet], _ kind: ScoreKind, _ contrast: Contrast
  ) throws(QuestionError) -> [Score] {
    switch kind {
    case .logit: return sets.map { .logit($0) }
    case .probability: return sets.map { .probability($0) }
    default:
      throw .kind(
        kind, asked: "with contrast \(contrast.rawValue), which takes logit or probability")
    }
  }
}

/// What can be wrong with a question.
public enum QuestionError: Fault, Hashable {
  case factIsFoil(ClassSet, ClassSet)
  case kind(ScoreKind, asked: String)
  case holdsNoFoil(ScoreKind)
  case everyClass
  /// A set of labels and of absences of labels.
  case mixed(ClassSet)
  case notFinite(ScoreKind)

  /// Whose the fault is.
  public var kind: FaultKind { .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .factIsFoil:
      "the fact and the foil share a class, so there is nothing to contrast; "
        + "name other classes after --rather-than"
    case .kind(let kind, let asked):
      "the score “\(kind.rawValue)” cannot be asked \(asked)"
        + "; choose another --score"
    case .holdsNoFoil(let kind):
      "the score “\(kind.rawValue)” holds no foil, so contrast inside cannot be asked of it; "
        + "add --contrast outside, or choose another --score"
    case .notFinite(let kind):
      "the score “\(kind.rawValue)” is too large to be a number here; ask about something nearer"
    case .mixed:
      "labels and “not …” do not go together in one set, for nobody could say whether all are meant or any; ask "
        + "of labels that are there, or of labels that are not"
    case .everyClass: "the fact holds every class, so no class is left to contrast it with"
    }
  }
}
