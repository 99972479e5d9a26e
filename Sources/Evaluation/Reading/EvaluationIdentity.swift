public import Contrast
public import Faithfulness
public import Networks
public import Terms

/// What the numbers of a run follow from, apart from its pictures and methods: one run, one identity.
public struct EvaluationIdentity: Hashable, Sendable, Codable {
  /// What put the likeliest classes in clusters.
  public enum Clusters: Hashable, Sendable, Codable {
    /// A latent tree, by the checksum of its file, cut at a level.
    case tree(sha256: String, level: Int)
    /// Clusters named by hand.
    case byHand([[Int]])
  }

  /// Pixels that are altered become these; as commands write it, with a checksum where it is a file.
  public struct Fills: Hashable, Sendable, Codable {
    /// What a deleted pixel becomes.
    public let deleted: String
    /// What insertion starts from.
    public let ground: String

    /// Names both.
    public init(deleted: String, ground: String) { (self.deleted, self.ground) = (deleted, ground) }
  }

  /// The meaning of recorded numbers; rises when Rather measures otherwise.
  public let version: Int
  /// The checksum of the network's file.
  public let network: String
  /// The network's card, with labels by name and without layers, which are settings of explainers.
  public let card: Card
  /// What put classes in clusters.
  public let clusters: Clusters
  /// Cum of K = min(top, Cum(mass)).
  public let mass: Float
  /// The most classes.
  public let top: Int
  /// How fact and foil are set against each other in schemes that leave it open.
  public let contrast: Contrast
  /// How maps are measured.
  public let metrics: MetricSettings
  /// What altered pixels become.
  public let fills: Fills
  /// What every random choice follows from.
  public let seed: Seed
  /// The kind of device that computed: `cpu` or `cuda`.
  public let device: String

  /// The version that this Rather writes.
  public static let currentVersion = 1

  /// What another identity has otherwise, in words: “this, not that”; empty where it is the same.
  public func differences(from other: EvaluationIdentity) -> [String] {
    func unlike<Value: Equatable>(
      _ name: String, _ value: KeyPath<EvaluationIdentity, Value>
    ) -> String? {
      let (own, others) = (self[keyPath: value], other[keyPath: value])
      return own == others ? nil : "\(name) \(own), not \(others)"
    }
    return [
      version == other.version ? nil : "numbers of another version of Rather",
      network == other.network ? nil : "another network",
      card == other.card ? nil : "another card or other labels",
      clusterDifference(from: other),
      unlike("--mass", \.mass), unlike("--top", \.top),
      contrast == other.contrast
        ? nil : "--contrast \(contrast.rawValue), not \(other.contrast.rawValue)",
      metrics.arithmetic == other.metrics.arithmetic
        ? nil : "--preset \(metrics.arithmetic.preset), not \(other.metrics.arithmetic.preset)",
      unlike("--delta", \.metrics.salience), unlike("--step", \.metrics.step),
      unlike("--whole-steps", \.metrics.wholeSteps),
      metrics.areas == other.metrics.areas
        ? nil : "--areas \(Self.list(metrics.areas)), not \(Self.list(other.metrics.areas))",
      metrics.penaltyFraction == other.metrics.penaltyFraction ? nil : "another penalty fraction",
      unlike("--fill", \.fills.deleted), unlike("--insert-from", \.fills.ground),
      unlike("--seed", \.seed.value), unlike("--device", \.device),
    ].compactMap(\.self)
  }

  private func clusterDifference(from other: EvaluationIdentity) -> String? {
    switch (clusters, other.clusters) {
    case (.tree(let file, let level), .tree(let otherFile, let otherLevel)):
      if file != otherFile { return "another tree" }
      return level == otherLevel ? nil : "--level \(level), not \(otherLevel)"
    case (.byHand(let sets), .byHand(let others)): return sets == others ? nil : "other --clusters"
    case (.tree, .byHand): return "clusters of a tree, not by hand"
    case (.byHand, .tree): return "clusters by hand, not of a tree"
    }
  }

  private static func list(_ numbers: [Double]) -> String {
    numbers.map { "\($0)" }.joined(separator: ",")
  }
}

extension MetricSettings.Arithmetic {
  /// What commands call it: `paper` or `published`.
  public var preset: String { self == .equations ? "paper" : "published" }
}
