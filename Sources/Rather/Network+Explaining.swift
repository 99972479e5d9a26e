public import Contrast
public import Foundation
public import Networks
public import Saliency
public import Tensors
public import Terms

extension Network {
  /// Reads a network and the card beside it.
  public init(contentsOf url: URL) throws {
    try self.init(contentsOf: url.path(percentEncoded: false))
  }

  /// Where its weights are, and its inputs must be.
  public var device: Device { program.parameters.values.first?.device ?? .cpu }

  /// A question in people's words.
  ///
  /// - Parameters:
  ///   - fact: A class by its label, the beginning of one, or an index; see `ClassLabels/index(of:)`.
  ///   - foil: Another, or `nil` to ask why the fact alone.
  /// - Throws: `LabelError` for a word that is no class, or could be several.
  public func question(why fact: String, ratherThan foil: String? = nil) throws -> Question {
    let p = ClassSet(try labels.index(of: fact))
    guard let foil else { return .why(p) }
    return .whyRatherThan(p, ClassSet(try labels.index(of: foil)))
  }

  /// Answers one question about a photo.
  ///
  /// - Parameters:
  ///   - photo: The photo, which is resized and cut as the card says.
  ///   - fact: P, as ``question(why:ratherThan:)`` takes it.
  ///   - foil: Q, or `nil` to ask why P alone.
  ///   - explainer: The method that makes maps of scores.
  ///   - contrast: How fact and foil are set against each other.
  ///   - seed: What the explainer's random choices follow from.
  /// - Throws: `LabelError`, `QuestionError`, and what the explainer throws.
  public func explain(
    _ photo: Photo, why fact: String, ratherThan foil: String? = nil,
    by explainer: ExplainerChoice = .gradCAM, contrast: Contrast = .inside, seed: Seed = 0
  ) throws -> PhotoAnswer {
    try explain(
      photo, asking: [question(why: fact, ratherThan: foil)], by: explainer, contrast: contrast,
      seed: seed)
  }

  /// Answers questions about a photo, all of them by one forward pass, or one set of samples.
  ///
  /// - Parameters:
  ///   - photo: The photo, which is resized and cut as the card says.
  ///   - questions: One or more, from ``question(why:ratherThan:)`` or made of classes; a regression is
  ///     asked `Question.whyValue(ratherThan:)`.
  ///   - explainer: The method that makes maps of scores.
  ///   - contrast: How fact and foil are set against each other.
  ///   - resources: What may be used; maps do not depend on it beyond rounding.
  ///   - seed: What the explainer's random choices follow from.
  ///   - progress: Called after each step; throwing stops the computation.
  /// - Throws: ``NothingAsked``, `QuestionError` and `LabelError` for a question that cannot be asked of this
  ///   network, and what the explainer throws.
  public func explain(
    _ photo: Photo, asking questions: [Question], by explainer: ExplainerChoice = .gradCAM,
    contrast: Contrast = .inside, within resources: Resources = Resources(), seed: Seed = 0,
    progress: ProgressHandler = { _ in }
  ) throws -> PhotoAnswer {
    guard !questions.isEmpty else { throw NothingAsked() }
    let chosen = try explainer.made(for: self, seed: seed)
    let inquiries = try questions.map { question in
      try check(question)
      return try Inquiry(
        question, contrast: contrast, defaultKind: chosen.defaultScore, classCount: classCount,
        head: head)
    }
    let answers = try chosen.explainer.answers(
      about: self, at: input(of: photo), within: resources, progress: progress
    ) { _ in inquiries }
    return PhotoAnswer(
      network: self, photo: photo, method: chosen.method, seed: seed,
      prediction: answers.prediction, answers: answers.all)
  }

  /// What the network answers for a photo.
  public func prediction(for photo: Photo) throws -> Prediction {
    try prediction(for: input(of: photo))
  }

  /// Fails for a question of a kind, or about a class, that the network does not answer.
  private func check(_ question: Question) throws {
    switch (question, card.task) {
    case (.whyValue(let value), .classification):
      throw QuestionError.kind(value == nil ? .value : .squaredError, asked: "of a classifier")
    case (.why, .regression), (.whyRatherThan, .regression):
      throw QuestionError.kind(.logit, asked: "of a regression; ask Question.whyValue(ratherThan:)")
    default: break
    }
    let classes = [question.fact, question.foil].compactMap(\.self).flatMap(\.indices)
    let count = if case .labels(let labels) = head { 2 * labels } else { classCount }
    if let strange = classes.first(where: { $0 >= count }) {
      throw LabelError.index(strange, count: classCount)
    }
  }

  func input(of photo: Photo) throws -> Input { try input(from: photo.picture, on: device) }
}

/// No question was asked.
public struct NothingAsked: Fault, Hashable {
  /// Whose the fault is.
  public var kind: FaultKind { .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    "no question was asked; ask at least one, such as Network.question(why:ratherThan:) gives"
  }
}
