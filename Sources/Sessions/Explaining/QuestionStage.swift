internal import Contrast
internal import Networks
internal import Report
internal import Saliency
internal import Terms

/// Asks a question, or about the whole output where there is none, by one explainer.
struct QuestionStage: ExplanationStage {
  let asked: QuestionPlan
  let chosen: ChosenExplainer
  /// What stands before the keys of the maps.
  var prefix = ""
  /// The network whose answer is the foil.
  var rival: Rival?

  func explain(_ draft: inout ExplanationDraft, telling: Telling) throws {
    let asked = try question(against: rival, &draft)
    let progress = telling.stage(chosen.entry.title)
    let before = draft
    let answered = try asked.answered(
      by: chosen, about: draft.network, at: draft.input, prefix: prefix, within: draft.resources,
      progress: progress
    ) { soFar in
      try telling.partial { try before.adding(soFar()).partial() }
    }
    draft = before.adding(answered)
    draft.title = title(answered, isWhole: asked.isWholeOutput, draft.network.labels)
    if asked.isWholeOutput, let note = note(answered) { draft.notes.append(note) }
  }

  /// The question with what the rival answers for its foil.
  private func question(
    against rival: Rival?, _ draft: inout ExplanationDraft
  ) throws -> QuestionPlan {
    guard let rival else { return asked }
    let (network, picture) = (draft.network, draft.picture)
    var asked = self.asked
    let fact =
      try asked.fact ?? asked.answer(network.prediction(for: draft.input), network.labels)
    let found = try rival.foil(besides: fact, about: picture, in: network.labels)
    (asked.fact, asked.foil) = (fact, ClassSet(found.index))
    draft.notes.append(found.note)
    return asked
  }

  /// Why a whole output is explained without clusters.
  private func note(_ answered: QuestionPlan.Answered) -> String? {
    guard (answered.groups.first?.answers.count ?? 0) > 2 else { return nil }
    return "No tree says which of these classes the network confuses (--tree), so each is set "
      + "against all others."
  }

  private func title(
    _ answered: QuestionPlan.Answered, isWhole: Bool, _ labels: ClassLabels
  ) -> String {
    let prediction = answered.prediction
    guard let question = answered.groups.first?.answers.first?.inquiry.question else {
      return "No answer"
    }
    if isWhole, let rivals = question.foil?.indices.count, rivals > 1 {
      return "Why \(prediction.classes[0].label), rather than its \(rivals) closest rivals?"
    }
    return question.text(labels, value: prediction.value)
  }
}
