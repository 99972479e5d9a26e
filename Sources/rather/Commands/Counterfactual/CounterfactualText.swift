import Counterfactuals
import Foundation
import Networks
import Terms

/// Answers as lines of text.
struct CounterfactualText {
  let labels: ClassLabels

  func line(_ answer: ContrastiveAnswer) -> String {
    let question = "\(labels.text(answer.fact)) rather than \(labels.text(answer.foil))"
    guard let example = answer.example else {
      return "\(question): FAILED, \(failure(answer))"
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

  /// Why the search that came nearest failed.
  private func failure(_ answer: ContrastiveAnswer) -> String {
    let nearest = answer.attempts.min {
      abs($0.likelihoods.difference) < abs($1.likelihoods.difference)
    }
    guard let nearest else { return "nothing was tried" }
    let (fact, foil) = (labels.text(answer.fact), labels.text(answer.foil))
    let reason =
      switch nearest.verdict {
      case .unequal(let difference):
        String(format: "log p(%@)/p(%@) stayed at %.2f", fact, foil, difference)
      case .otherAbove(let index, let excess):
        String(format: "%@ stayed likelier, by a factor of %.2f", labels[index], exp(excess))
      case .unsettled: "the search was still moving"
      case .converged: "nothing"
      }
    return "\(reason), after \(nearest.iterations) iterations"
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
