internal import Counterfactuals

/// An example before and after it was put into 256 levels.
struct SavedPicture {
  private let optimum: Likelihoods
  private let saved: Likelihoods

  init(_ optimum: Likelihoods, _ saved: Likelihoods) {
    (self.optimum, self.saved) = (optimum, saved)
  }

  /// Whether the levels leave the answer as it was.
  var holds: Bool { !isUnequal && !isOtherwise }

  /// Whether P and Q have come apart, by more than 0.1 in log-odds.
  var isUnequal: Bool { !(abs(saved.difference) <= max(0.1, abs(optimum.difference))) }

  /// Whether another class came to the top, or went from it.
  var isOtherwise: Bool { saved.winner?.index != optimum.winner?.index }
}

extension Likelihoods {
  /// A class that was not asked about and is likelier than both P and Q.
  var winner: Other? {
    guard let other, other.logLikelihood > max(fact, foil) else { return nil }
    return other
  }
}
