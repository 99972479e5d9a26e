public import Confusion
public import Contrast
public import Faithfulness
public import Saliency
public import Terms

/// What is measured, and how, apart from pictures and methods.
public struct EvaluationSettings: Sendable {
  /// A baseline and what the records call it.
  public struct Fill: Sendable {
    /// As commands write it, with a checksum where it is a file.
    public let text: String
    /// What altered pixels become.
    public let baseline: Baseline

    /// Joins both.
    public init(_ text: String, _ baseline: Baseline) {
      (self.text, self.baseline) = (text, baseline)
    }
  }

  /// The clusters of classes.
  public var partition: Partition
  /// Where they come from.
  public var clusters: EvaluationIdentity.Clusters
  /// Cum of K = min(top, Cum(mass)).
  public var mass: Float
  /// The most classes.
  public var top: Int
  /// How fact and foil are set against each other in schemes that leave it open.
  public var contrast: Contrast
  /// How maps are measured.
  public var metrics: MetricSettings
  /// What a deleted pixel becomes.
  public var deleted: Fill
  /// What insertion starts from.
  public var ground: Fill
  /// What the random choices of explainers follow from; recorded, not used.
  public var seed: Seed

  /// Chooses settings; the defaults are the paper's.
  public init(
    partition: Partition, from clusters: EvaluationIdentity.Clusters, mass: Float = 0.95,
    top: Int = 5, contrast: Contrast = .outside, metrics: MetricSettings = MetricSettings(),
    deleted: Fill = Fill("mean", .mean), ground: Fill = Fill("blur:5", .blur(sigma: 5)),
    seed: Seed = 0
  ) {
    self.partition = partition
    self.clusters = clusters
    self.mass = mass
    self.top = top
    self.contrast = contrast
    self.metrics = metrics
    self.deleted = deleted
    self.ground = ground
    self.seed = seed
  }

  /// Fails where a setting cannot be.
  public func checkSettings() throws(SettingFault) {
    try SettingFault.check("mass", mass, in: 0...1)
    try SettingFault.check("top", top)
    try metrics.checkSettings()
  }
}

/// An explainer that is to be measured.
public struct ExplainerCandidate: Sendable {
  /// What the records say of it.
  public let explainer: EvaluatedExplainer
  /// What explains: a method for clusters and one for the classes within them.
  public let stages: StageExplainers
  /// The usual score of the stage of clusters.
  public let clusterScore: ScoreKind
  /// The usual score of classes.
  public let classScore: ScoreKind
  /// Where classes are explained, in schemes of two stages.
  public let support: Support

  /// Describes a candidate.
  public init(
    _ explainer: EvaluatedExplainer, stages: StageExplainers, clusterScore: ScoreKind,
    classScore: ScoreKind, support: Support
  ) {
    self.explainer = explainer
    self.stages = stages
    self.clusterScore = clusterScore
    self.classScore = classScore
    self.support = support
  }
}
