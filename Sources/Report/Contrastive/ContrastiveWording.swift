internal import Contrast
internal import Counterfactuals
internal import Foundation
internal import Terms

/// What an answer says, in sentences for the person who looks at it.
struct ContrastiveWording {
  private let answer: ContrastiveAnswer
  private let labels: ClassLabels
  let fact: String
  let foil: String

  init(_ answer: ContrastiveAnswer, _ labels: ClassLabels) {
    self.answer = answer
    self.labels = labels
    fact = labels.text(answer.fact)
    foil = labels.text(answer.foil)
  }

  var question: String { Question.whyRatherThan(answer.fact, answer.foil).text(labels) }

  var attempts: [ContrastiveAttempt] { answer.attempts }

  func name(_ index: Int) -> String { labels[index] }

  /// What the example and its colours say.
  func meaning(_ drawing: DrawnContrast.Drawing) -> String {
    let example =
      "The nearest picture found that the network calls \(foil) as readily as \(fact). "
      + "Red is what was added to the input, blue what was taken away."
    if third(drawing.attempt.likelihoods) != nil { return example }
    if answer.likelihoods.difference < 0 {
      return example + " For the input itself the network finds \(foil) likelier than \(fact), so "
        + "this is what would bring \(fact) level, not what speaks for it."
    }
    return example + " So it is \(fact), rather than \(foil), because the red is missing and the "
      + "blue is there."
  }

  /// Where a class that was not asked about wins, that this is no answer.
  ///
  /// The search of CDeepEx has seen to it that none does.
  func third(_ likelihoods: Likelihoods) -> String? {
    guard answer.method == .xgems, let winner = likelihoods.winner else { return nil }
    return "A third class, \(labels[winner.index]), is likelier here "
      + "(\(Self.probability(winner.logLikelihood))): this is not an answer to the question."
  }

  /// Where levels change what the network answers.
  func saved(_ drawing: DrawnContrast.Drawing) -> String? {
    let saved = drawing.example.saved
    let check = SavedPicture(drawing.attempt.likelihoods, saved)
    if check.holds { return nil }
    let other = check.isOtherwise ? saved.other.map { ", " + text($0) } : nil
    let now = both(saved) + (other ?? "")
    return "The picture as saved, in 256 levels, is answered differently from the numbers "
      + "before rounding: \(now)."
  }

  /// Where much of the input is none of the generator's.
  func residual(_ fraction: Float?) -> String? {
    guard let fraction, fraction >= 0.1 else { return nil }
    let copied =
      "The generator cannot draw \(Self.percent(min(1, fraction))) of this picture’s variation; "
      + "that part is taken over from the input unchanged"
    return copied
      + (fraction < 0.5
        ? "."
        : ". So the example is mostly the input itself, and the difference shows only what the "
          + "generator can change.")
  }

  /// “4: 0.47, 9: 0.47”.
  func both(_ likelihoods: Likelihoods) -> String {
    "\(fact): \(Self.probability(likelihoods.fact)), \(foil): \(Self.probability(likelihoods.foil))"
  }

  func text(_ other: Likelihoods.Other) -> String {
    "\(labels[other.index]): \(Self.probability(other.logLikelihood))"
  }

  /// A number of 0…1 in as many decimals as tell it from both ends.
  static func probability(_ logLikelihood: Float) -> String {
    let value = exp(Double(logLikelihood))
    guard value.isFinite else { return "no number" }
    if value < 0.001 { return "under 0.001" }
    if value > 0.999 { return "over 0.999" }
    return String(format: value < 0.01 || value > 0.99 ? "%.3f" : "%.2f", value)
  }

  static func percent(_ fraction: Float) -> String {
    let percent = Double(fraction) * 100
    return percent > 0 && percent < 1 ? "less than 1 %" : String(format: "%.0f %%", percent)
  }
}
