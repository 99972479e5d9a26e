internal import Counterfactuals
internal import Foundation
internal import Networks
internal import Terms

/// Answers as lines of text.
struct CounterfactualText {
  let labels: ClassLabels

  /// - Parameter failure: Why it failed, if it did, in the manifest's words.
  func line(_ answer: ContrastiveAnswer, failure: String?) -> String {
    let question = "\(labels.text(answer.fact)) rather than \(labels.text(answer.foil))"
    guard let example = answer.example else {
      return "\(question): FAILED. \(failure ?? "")"
    }
    let attempt = answer.attempts[example.attempt]
    let found = attempt.likelihoods
    var parts = [
      String(format: "distance %.2f", attempt.distance),
      "\(labels.text(answer.fact)) \(Self.percent(found.fact))",
      "\(labels.text(answer.foil)) \(Self.percent(found.foil))",
    ]
    if let other = found.other {
      parts.append("next \(labels[other.index]) \(Self.percent(other.logLikelihood))")
    }
    parts.append("\(attempt.iterations) iterations")
    let note =
      found.excess > 0 ? "; another class is likelier here, so this is no answer" : ""
    return "\(question): " + parts.joined(separator: ", ") + note
  }

  /// A verdict in one word.
  func verdict(_ verdict: ContrastiveAttempt.Verdict) -> String {
    switch verdict {
    case .converged: "converged"
    case .unequal: "unequal"
    case .otherAbove: "other-above"
    case .unsettled: "unsettled"
    }
  }

  private static func percent(_ logarithm: Float) -> String {
    String(format: "%.1f %%", exp(logarithm) * 100)
  }
}
