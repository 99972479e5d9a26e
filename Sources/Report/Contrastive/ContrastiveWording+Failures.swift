internal import Counterfactuals
internal import Foundation
internal import Terms

extension ContrastiveWording {
  /// How a search failed, by numbers; `nil` where it converged.
  func failure(of attempt: ContrastiveAttempt) -> String? {
    let likelihoods = attempt.likelihoods
    let both = both(likelihoods)
    switch attempt.verdict {
    case .converged: return nil
    case .unequal(let odds):
      return "it did not make \(foil) as likely as \(fact) (\(both); log-odds \(Page.number(odds)))"
    case .otherAbove(let index, let by):
      return
        "another class, \(name(index)), stayed likelier (\(other(in: likelihoods, index))\(both); "
        + "above by \(Page.number(by)) in log-likelihood)"
    case .unsettled:
      return "it had not settled after \(attempt.iterations) iterations (\(both))"
    }
  }

  /// How all searches failed: the one that came nearest, and how many there were.
  var failure: String {
    guard let best = nearest, let reason = failure(of: best) else {
      return "No search was made."
    }
    return attempts.count == 1
      ? "The search failed: \(reason)."
      : "\(attempts.count == 2 ? "Both" : "All \(attempts.count)") searches failed. In the one that came nearest, \(reason)."
  }

  /// The search that misses its constraints by least.
  private var nearest: ContrastiveAttempt? {
    attempts.min { Self.miss($0) < Self.miss($1) }
  }

  private static func miss(_ attempt: ContrastiveAttempt) -> Float {
    switch attempt.verdict {
    case .converged, .unsettled: 0
    case .unequal(let odds): odds.isFinite ? abs(odds) : .infinity
    case .otherAbove(_, let by): by.isFinite ? by : .infinity
    }
  }

  private func other(in likelihoods: Likelihoods, _ index: Int) -> String {
    guard let other = likelihoods.other, other.index == index else { return "" }
    return "\(Self.probability(other.logLikelihood)) beside "
  }
}
