internal import Networks
internal import Terms

/// Finer-CAM: Grad-CAM of what sets a class apart from those that look like it.
///
///     s = z_P − γ · mean over r in R of y_r
///
/// with R the classes whose logits are nearest to that of P, three unless set otherwise, or the foil where one is
/// named. [Zhang et al. 2025]. Grad-CAM of any other method's score is the same question: `--score finer` asks it of all
/// of them, so this is a name for what people look for, and the reduction of one to the other is exact.
///
/// Implementations differ: γ is 0.6 in the paper's experiments and in torch-cam, 1 in pytorch-grad-cam, which weights
/// the differences by the probabilities of R besides.
///
/// - Contrast: it is one. Where a score names its foil, R is the foil: the log-odds of P against Q, and the weighted,
///   mean and highest contrast, become `z_P − γ mean y_Q`. A surprise, which names no fact, is
///   explained as it is. The values reported beside the maps are those of the scores asked about.
/// - Shapes, randomness, complexity: those of ``GradCAM``.
///
/// [Zhang et al. 2025]: https://arxiv.org/abs/2501.11309
public struct FinerCAM: Explainer, Hashable {
  /// γ, how much of the other classes is subtracted; 0 is Grad-CAM.
  public var strength: Float
  /// How many classes R has where no foil is named.
  public var references: Int

  /// Chooses the settings.
  public init(strength: Float = 0.6, references: Int = 3) {
    self.strength = strength
    self.references = references
  }

  /// One map a score; see the type.
  ///
  /// - Throws: ``SettingError/needsClasses(_:)`` for a regression, and what ``GradCAM`` throws.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    if request.network.card.task == .regression { throw SettingError.needsClasses(menuName) }
    var asked: [Score] = []
    let found = try GradCAM().maps(
      for: request.asking { prediction in
        let groups = try request.groups(prediction)
        asked = groups.flatMap(\.self)
        return groups.map { $0.map { finer($0, prediction) } }
      })
    return Explanation(
      prediction: found.prediction,
      scores: try asked.map { try $0.value(in: found.prediction) }, maps: found.maps)
  }

  /// The Finer-CAM score of the fact that a score is about.
  private func finer(_ score: Score, _ prediction: Prediction) -> Score {
    switch score {
    case .logit(let p), .probability(let p):
      guard let rivals = prediction.nearestRivals(of: p, count: references) else { return score }
      return .finerContrast(p, against: rivals, strength: strength)
    case .logOdds(let p, let q), .weightedContrast(let p, let q), .meanContrast(let p, let q),
      .maxContrast(let p, let q), .finerContrast(let p, let q, _):
      return .finerContrast(p, against: q, strength: strength)
    case .surprise, .value, .squaredError: return score
    }
  }
}

extension FinerCAM: MenuMethod {
  static let table: [MethodSetting<FinerCAM>] = [
    .number("strength", \.strength, 0...100, "how much of the other classes is subtracted"),
    .count(
      "references", \.references, 1...1000,
      "how many of the nearest classes are subtracted where no foil is named"),
  ]

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Finer-CAM on the menu.
  static let entry = ExplainerEntry(
    FinerCAM(), named: "finer-cam", title: "Finer-CAM",
    summary: "Grad-CAM of what sets a class apart from the classes nearest to it",
    source: "Zhang et al. 2025", layerUse: .always)
}
