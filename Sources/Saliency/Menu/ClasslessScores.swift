internal import Terms

/// Which scores may be asked of a method that looks at a network and not at its answer.
enum ClasslessScores {
  /// Fails where one map would stand for several answers: a contrast, or scores that differ.
  static func check(_ scores: [Score], of method: String) throws(SettingError) {
    if Set(scores).count > 1 || scores.contains(where: \.isContrast) {
      throw .hasNoClass(method)
    }
  }
}

extension Score {
  /// Whether it sets something against something else.
  var isContrast: Bool {
    switch self {
    case .logit, .probability, .value: false
    case .logOdds, .weightedContrast, .meanContrast, .finerContrast, .maxContrast, .surprise,
      .squaredError:
      true
    }
  }
}
