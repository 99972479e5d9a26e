internal import Contrast
internal import Networks
internal import Terms

/// A question as typed, turned into inquiries once the network has answered.
struct QuestionPlan {
  var fact: ClassSet?
  var foil: ClassSet?
  let value: Float?
  let isRegression: Bool
  let contrast: Contrast
  let kind: ScoreKind?
  var defaultKind: ScoreKind = .logit
  var strength: Float = 0.6
  let classCount: Int
  var head = Head.choice
  /// K = min(limit, Cum(mass)) of a whole output.
  var mass: Float = 0.95
  var limit = 5
  /// Whether only what was asked is answered, without its reverse and each class alone.
  var isBare = false

  /// Whether nothing was asked of a classifier, so that its whole answer is explained.
  var isWholeOutput: Bool { !isRegression && fact == nil && foil == nil }

  /// Inquiries that are shown side by side.
  struct Group {
    let title: String
    let inquiries: [Inquiry]
  }

  /// The inquiries in groups; what was asked comes first.
  func groups(_ prediction: Prediction, _ labels: ClassLabels) throws -> [Group] {
    let groups = try allGroups(prediction, labels)
    guard isBare, let first = groups.first else { return groups }
    return [Group(title: first.title, inquiries: Array(first.inquiries.prefix(1)))]
  }

  private func allGroups(_ prediction: Prediction, _ labels: ClassLabels) throws -> [Group] {
    if isRegression { return try regression() }
    if head == .similarities { return try similarity(prediction) }
    if isWholeOutput { return try wholeOutput(prediction) }
    let fact = try fact ?? answer(prediction, labels)
    return try facing(fact, foil ?? closest(to: fact, in: prediction))
  }

  private func facing(_ fact: ClassSet, _ foil: ClassSet?) throws -> [Group] {
    guard let foil else {
      return [Group(title: "The answer", inquiries: [try inquiry(.why(fact))])]
    }
    var facing = [try inquiry(.whyRatherThan(fact, foil))]
    // The surprise at P says nothing of Q, so it is no answer to the reverse question.
    if kind != .surprise { facing.append(try inquiry(.whyRatherThan(foil, fact))) }
    return [
      Group(title: "The answer, and the reverse", inquiries: facing),
      Group(title: "Each alone", inquiries: try [fact, foil].map { try alone(.why($0)) }),
    ]
  }

  /// The nearest reference, rather than the next one, where nothing else is asked.
  private func similarity(_ prediction: Prediction) throws -> [Group] {
    let nearest = prediction.values.map { ClassSet($0.index) }
    let chosen = fact ?? nearest.first { foil?.overlaps($0) != true }
    guard let chosen else { throw InquiryError.noReferenceLeft }
    let rival = foil ?? (fact == nil ? nearest.first { !$0.overlaps(chosen) } : nil)
    return try facing(chosen, rival)
  }

  private func wholeOutput(_ prediction: Prediction) throws -> [Group] {
    let whole = WholeOutput(of: prediction, mass: mass, limit: limit)
    if whole.classes.isEmpty { throw InquiryError.noneAbove(prediction) }
    if contrast == .inside, kind == .logit || kind == .probability {
      return [
        Group(title: "The likeliest classes", inquiries: try whole.plain.map { try alone($0) })
      ]
    }
    if whole.contrasts.isEmpty {
      return [Group(title: "The answer", inquiries: try whole.plain.map { try alone($0) })]
    }
    return [
      Group(
        title: "The likeliest classes, each against the others",
        inquiries: try whole.contrasts.map { try inquiry($0) }),
      Group(title: "Each alone", inquiries: try whole.plain.map { try alone($0) }),
    ]
  }

  private func regression() throws -> [Group] {
    if contrast != .inside {
      throw InquiryError.regression(
        "--contrast \(contrast.rawValue) needs classes to set against each other")
    }
    let answer = Group(title: "The answer", inquiries: [try inquiry(.whyValue(ratherThan: value))])
    if value == nil { return [answer] }
    let alone = try Inquiry(.whyValue(ratherThan: nil), classCount: classCount)
    return [answer, Group(title: "The value alone", inquiries: [alone])]
  }

  /// How a question with the foil of this one, or without one, is asked.
  func inquiry(_ question: Question) throws -> Inquiry {
    try Inquiry(
      question, contrast: contrast, kind: kind, defaultKind: defaultKind, strength: strength,
      classCount: classCount, head: head)
  }

  /// A question without a foil is asked of the usual score, unless logit or probability was chosen.
  func alone(_ question: Question) throws -> Inquiry {
    let isPlain = kind == .probability || kind == .logit
    return try Inquiry(
      question, kind: isPlain ? kind : nil, defaultKind: defaultKind, classCount: classCount,
      head: head)
  }

  /// The foil that Finer-CAM takes where none is named: the three classes whose logits are nearest.
  private func closest(to fact: ClassSet, in prediction: Prediction) -> ClassSet? {
    guard kind == .finer else { return nil }
    return prediction.nearestRivals(of: fact, count: 3)
  }

  func answer(_ prediction: Prediction, _ labels: ClassLabels) throws -> ClassSet {
    let likeliest = ClassSet(prediction.classes.first?.index ?? 0)
    if let foil, foil.overlaps(likeliest) {
      throw InquiryError.factIsAnswer(labels.text(likeliest))
    }
    return likeliest
  }
}
