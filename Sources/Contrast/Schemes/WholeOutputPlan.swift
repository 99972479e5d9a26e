internal import Confusion
public import Networks
internal import Terms

/// How a whole output is to be explained: the classes, the scheme, and its choices.
public struct WholeOutputPlan: Hashable, Sendable {
  /// Which foils each cluster and class has.
  public var scheme: Scheme
  /// How fact and foil are set against each other; the paper subtracts the map of the compound
  /// class, its code pairwise and before any ReLU. CWOX-1sB is always inverse, and SWOX has no foils.
  public var contrast: Contrast
  /// ε of equation 2.
  public var support: Support
  /// The family of scores, where one is chosen.
  public var kind: ScoreKind?
  /// The usual score of the explainer of clusters.
  public var clusterScore: ScoreKind
  /// The usual score of the explainer of classes.
  public var classScore: ScoreKind
  /// γ of the Finer-CAM score.
  public var strength: Float
  /// Cum of K = min(limit, Cum(mass)).
  public var mass: Float
  /// The most classes.
  public var limit: Int
  /// Classes that are left out of these, and that no other takes the place of.
  public var without: Set<Int>
  /// What is added where these leave nothing to set them against.
  public var rivalRule: RivalRule

  /// Describes a plan; the defaults are the paper's.
  public init(
    scheme: Scheme = .cwox2s, contrast: Contrast = .outside, support: Support = .percentile(50),
    kind: ScoreKind? = nil, clusterScore: ScoreKind = .logit, classScore: ScoreKind = .logit,
    strength: Float = 0.6, mass: Float = 0.95, limit: Int = 5, without: Set<Int> = [],
    rivalRule: RivalRule = .none
  ) {
    self.scheme = scheme
    self.contrast = contrast
    self.support = support
    self.kind = kind
    self.clusterScore = clusterScore
    self.classScore = classScore
    self.strength = strength
    self.mass = mass
    self.limit = limit
    self.without = without
    self.rivalRule = rivalRule
  }

  /// The classes that are explained, likeliest first.
  public func classes(of prediction: Prediction) -> [Int] {
    prediction.likeliest(mass: mass, limit: limit).map(\.index).filter { !without.contains($0) }
  }

  /// The inquiries of the stages.
  struct Inquiries {
    /// Of the first stage, one a cluster; none in one stage.
    let clusters: [Inquiry]
    /// Of the second or only one, those of each cluster together.
    let classes: [[Inquiry]]
  }

  /// What is asked about classes in groups.
  func inquiries(_ groups: [[Int]], of network: Network) throws -> Inquiries {
    let sets = groups.compactMap { ClassSet($0) }
    guard scheme.hasTwoStages else {
      let all = groups.flatMap(\.self)
      return Inquiries(
        clusters: [],
        classes: try groups.map { group in
          try group.map { try inquiry($0, among: all, network) }
        })
    }
    return Inquiries(
      clusters: try sets.indices.map { place in
        var others = sets
        others.remove(at: place)
        return try inquiry(sets[place], others, clusterScore, network)
      },
      classes: try groups.map { group in
        try group.map { try inquiry($0, among: group, network) }
      })
  }

  private func inquiry(_ fact: Int, among classes: [Int], _ network: Network) throws -> Inquiry {
    let others = scheme == .swox ? [] : classes.filter { $0 != fact }.map { ClassSet($0) }
    return try inquiry(ClassSet(fact), others, classScore, network)
  }

  private func inquiry(
    _ fact: ClassSet, _ others: [ClassSet], _ defaultKind: ScoreKind, _ network: Network
  ) throws -> Inquiry {
    guard let foil = ClassSet(others.flatMap(\.indices)) else {
      let isPlain = kind == .logit || kind == .probability
      return try Inquiry(
        .why(fact), kind: isPlain ? kind : nil, defaultKind: defaultKind,
        classCount: network.classCount, head: network.head)
    }
    return try Inquiry(
      .whyRatherThan(fact, foil), contrast: scheme == .cwox1sB ? .inverse : contrast, kind: kind,
      defaultKind: defaultKind, parts: others, strength: strength, classCount: network.classCount,
      head: network.head)
  }
}
