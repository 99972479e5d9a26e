internal import Contrast
internal import Foundation
internal import Networks
internal import Report
internal import Saliency
internal import Tensors
internal import Terms

/// Asks one question by many explainers; one that fails is left out and named.
struct CompareStage: ExplanationStage {
  let list: MethodList
  let methods: MethodsChoice
  let question: QuestionChoice
  let device: Device
  let seed: Seed

  func explain(_ draft: inout ExplanationDraft, telling: Telling) throws {
    // What no method could answer ends the command before any of them works.
    let prediction = try draft.network.prediction(for: draft.input)
    draft.prediction = prediction
    var failures: [(name: String, error: any Error)] = []
    for entry in list.entries {
      do {
        draft.groups += try groups(by: entry, draft, prediction, telling)
      } catch let failure as MethodFailure {
        telling.note("\(entry.name) is left out: \(failure.reason)")
        failures.append((entry.name, failure.reason))
      }
    }
    if draft.groups.isEmpty, let first = failures.first { throw first.error }
    draft.notes += failures.map { "Left out: \($0.name), because \($0.error)." }
    draft.title =
      draft.groups.first?.answers.first?.inquiry.question
      .text(draft.network.labels, value: prediction.value) ?? "No answer"
  }

  /// What one method answers.
  ///
  /// - Throws: ``MethodFailure`` where it does not fit this network or fails on this picture, whatever
  ///   the reason: hours of other methods' work are worth keeping.
  private func groups(
    by entry: ExplainerEntry, _ draft: ExplanationDraft, _ prediction: Prediction,
    _ telling: Telling
  ) throws -> [ExplainedPicture.Group] {
    let network = draft.network
    let chosen: ChosenExplainer
    do {
      chosen = try methods.chosen(entry, of: list, for: network, on: device, seed: seed)
    } catch  where MethodFailure.isOfMethod(error) {
      throw MethodFailure(reason: error)
    }
    var asked = try question.asked(of: network, defaultKind: chosen.defaultScore)
    asked.isBare = true
    _ = try asked.groups(prediction, network.labels)
    let progress = telling.stage(chosen.entry.title)
    let start = Date()
    let answered: QuestionPlan.Answered
    do {
      answered = try asked.answered(
        by: chosen, about: network, at: draft.input, prefix: chosen.entry.name + "/",
        within: draft.resources, progress: progress)
    } catch let cancelled as JobCancelled {
      throw cancelled
    } catch { throw MethodFailure(reason: error) }
    let seconds = String(format: "%.1f", Date().timeIntervalSince(start))
    telling.note("\(chosen.entry.name)  \(seconds) s")
    return answered.groups.map { group in
      .init(
        title: chosen.entry.title, caption: chosen.entry.summary, method: group.method,
        prefix: group.prefix, answers: group.answers)
    }
  }
}
