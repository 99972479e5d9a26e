package import Contrast
package import Networks
package import Saliency
package import Tensors
package import Terms

/// Sets the maps of fact and foil against each other by the weights that change the answer.
///
///     d_w = w Q̂ − P̂                              for w = 0.005, 0.010, …, 2
///     kept = those w at which p_P(x + d_w) < p_P(x) and p_Q(x + d_w) > p_Q(x)
///     d = mean of d_w over the kept w = w̄ Q̂ − P̂
///
/// What Feghahati (Deep Contrastive Explanation, 2020, section 3.2.1) makes of methods that answer
/// “why P?” alone, to compare them with contrastive examples. The text leaves open in what units a map is imposed on a picture. Here
///
/// - P̂ and Q̂ are the explainer's maps `[H, W]`, each divided by its largest magnitude (a map of 0
///   stays 0), so that a weight of 1 moves a picture of 0…1 by its whole range where the map is
///   largest;
/// - the map is added to every channel, and the picture clipped to 0…1: beyond it there are no
///   pictures. `d` itself is not clipped;
/// - a probability counts as lower or higher where its log-odds `log p / (1 − p)` changed by more than
///   1e-4, so that neither rounding nor a picture that clipping left as it was decides.
///
/// - Range: d lies in −1 − w̄ … 1 + w̄. What is to be added is positive, what is to be taken away
///   negative, as in ``ContrastiveExample/difference``.
/// - Randomness: the explainer's.
/// - Complexity: the explainer's, for two scores, and a forward pass a weight.
package struct WeightedSubtraction: Sendable {
  /// What makes the maps of fact and foil.
  package let explainer: any Explainer
  /// The score of P and of Q that it explains: the logit or the probability.
  package let kind: ScoreKind
  /// The weights of the foil's map, in the order in which they are tried.
  package let weights: [Float]

  /// The weights of Feghahati 2020: 0.005, 0.010, …, 2.
  package static let publishedWeights = (1...400).map { Float(Double($0) * 0.005) }

  /// Subtracts an explainer's maps.
  package init(
    of explainer: any Explainer, explaining kind: ScoreKind = .logit,
    weights: [Float] = publishedWeights
  ) {
    self.explainer = explainer
    self.kind = kind
    self.weights = weights
  }

  /// Fails where there are no weights, or one is no number.
  package func checkSettings() throws(SettingFault) {
    if weights.isEmpty || !weights.allSatisfy(\.isFinite) {
      throw SettingFault("weights", "\(weights)", expected: "one finite number or more")
    }
    try explainer.checkSettings()
  }

  /// Subtracts the maps of fact and foil for one picture.
  ///
  /// - Parameter input: One preprocessed picture, `[1, C, H, W]`.
  /// - Throws: ``QuestionError`` where fact and foil share a class or the score holds both, and what
  ///   the explainer and the network throw.
  package func difference(
    why fact: ClassSet, ratherThan foil: ClassSet, by network: Network, at input: Tensor,
    within resources: Resources = Resources(), progress: ProgressHandler = { _ in }
  ) throws -> SubtractedMaps {
    try checkSettings()
    let inquiry = try Inquiry(
      .whyRatherThan(fact, foil), contrast: .outside, kind: kind, classCount: network.classCount,
      head: network.head)
    let explanation = try explainer.maps(
      of: inquiry.scores, in: network, at: input, within: resources
    ) { try progress(.init(completed: $0.completed, total: 2 * $0.total, note: $0.note)) }
    let maps = try explanation.maps.map { try Self.scaled($0.values.on(.cpu)) }
    let trial = try ImposedMaps(
      fact: maps[0], foil: maps[1], scores: Self.odds(of: [fact, foil], network), network, input,
      resources, count: weights.count)
    let kept = try trial.kept(of: weights) { done in
      try progress(.init(completed: weights.count + done, total: 2 * weights.count))
    }
    guard !kept.isEmpty else {
      return SubtractedMaps(map: nil, keptWeights: [], weightCount: weights.count)
    }
    let mean = kept.reduce(0) { $0 + Double($1) } / Double(kept.count)
    return SubtractedMaps(
      map: try maps[1] * Float(mean) - maps[0], keptWeights: kept, weightCount: weights.count)
  }

  /// A map with 1 as its largest magnitude.
  private static func scaled(_ map: Tensor) throws(TensorError) -> Tensor {
    let range = try map.extremes()
    let largest = max(abs(range.lowerBound), abs(range.upperBound))
    return largest > 0 ? try map * (1 / largest) : map
  }

  /// `log p_C / (1 − p_C)` of each set.
  private static func odds(
    of sets: [ClassSet], _ network: Network
  ) throws(QuestionError) -> [Score] {
    try sets.map { set throws(QuestionError) in
      guard let rest = network.head.rival(of: set, among: network.classCount) else {
        throw .everyClass
      }
      return .logOdds(set, against: rest)
    }
  }
}

/// What weighted subtraction found.
package struct SubtractedMaps: Sendable {
  /// The mean of the differences that were kept, `[H, W]`; `nil` where none was: then the method has
  /// failed.
  package let map: Tensor?
  /// The weights that were kept, in the order in which they were tried.
  package let keptWeights: [Float]
  /// How many were tried.
  package let weightCount: Int
}
