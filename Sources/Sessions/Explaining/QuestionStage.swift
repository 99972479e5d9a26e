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

  func explain(_ draft: inout ExplanationDraft, telling: Telling) throws {
    let progress = telling.stage(chosen.entry.title)
    let before = draft
    let answered = try asked.answered(
      by: chosen, about: draft.network, at: draft.input, prefix: prefix, within: draft.resources,
      progress: progress
    ) { soFar in
      try telling.partial { try before.adding(soFar()).partial() }
    }
    draft = before.adding(answered)
    draft.title = title(answered, draft.network.labels)
    if let note = note(answered) { draft.notes.append(note) }
  }

  /// Why a whole output is explained without clusters.
  private func note(_ answered: QuestionPlan.Answered) -> String? {
    guard asked.isWholeOutput, (answered.groups.first?.answers.count ?? 0) > 2 else { return nil }
    return "No tree says which of these classes the network confuses (--tree), so each is set "
      + "against all others."
  }

  private func title(_ answered: QuestionPlan.Answered, _ labels: ClassLabels) -> String {
    let prediction = answered.prediction
    guard let question = answered.groups.first?.answers.first?.inquiry.question else {
      return "No answer"
    }
    if asked.isWholeOutput, let rivals = question.foil?.indices.count, rivals > 1 {
      return "Why \(prediction.classes[0].label), rather than its \(rivals) closest rivals?"
    }
    return question.text(labels, value: prediction.value)
  }
}
