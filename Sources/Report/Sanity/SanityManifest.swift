public import Faithfulness
public import Networks

/// What `rather sanity` did and found, as `manifest.json`.
public struct SanityManifest: Codable, Sendable {
  /// The version of this format.
  public static let currentSchema = 1

  /// Layers whose weights are randomised together.
  public struct Stage: Codable, Hashable, Sendable {
    /// Its place, counted from 1 at the output.
    public let number: Int
    /// The paths of its modules, from the output down.
    public let modules: [String]
    /// How many learnt numbers it holds.
    public let parameterCount: Int
  }

  /// A change, and how alike the map is that came of it.
  public struct Step: Codable, Sendable {
    /// The map's array in `maps.npz`; `null` where there are no numbers.
    public let key: String?
    /// The numbers of the stages whose weights were random; empty where the question changed.
    public let stages: [Int]
    /// What was asked instead; `null` where weights were changed.
    public let question: String?
    /// `varied`, `constant` (the same value everywhere) or `not finite`.
    public let condition: String
    /// How alike it is to the original; `null` where either has the same value everywhere.
    public let similarity: MapSimilarity?
    /// How much of the likeness is more than chance.
    public let kept: Double?

    /// Writes every key; what there is none of as `null`.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(key, forKey: .key)
      try container.encode(stages, forKey: .stages)
      try container.encode(question, forKey: .question)
      try container.encode(condition, forKey: .condition)
      try container.encode(similarity, forKey: .similarity)
      try container.encode(kept, forKey: .kept)
    }
  }

  /// One test of one method.
  public struct Test: Codable, Sendable {
    /// `cascade`, `independent`, `logit`, `fact` or `foil`.
    public let test: SanityTest
    /// What the original map answers.
    public let question: String
    /// The original's array in `maps.npz`.
    public let original: String
    /// What unrelated maps reach; `null` where the original has the same value everywhere.
    public let chance: ChanceLevel?
    /// `changes`, `partly`, `stays` or `untested`.
    public let verdict: SanityVerdict
    /// The verdict in a sentence.
    public let sentence: String
    /// The steps.
    public let steps: [Step]
  }

  /// One method.
  public struct Method: Codable, Sendable {
    /// Its name in commands.
    public let explainer: String
    /// The layer that it explained at, or `input`.
    public let layer: String
    /// All its settings.
    public let settings: [String: String]
    /// The family of scores.
    public let score: String
    /// How fact and foil were set against each other; `null` where there is no foil.
    public let contrast: String?
    /// Its tests.
    public let tests: [Test]
  }

  /// A method that could not explain this network.
  public struct Omission: Codable, Hashable, Sendable {
    /// Its name in commands.
    public let explainer: String
    /// Why, in a sentence.
    public let reason: String

    /// Names a method and why it is left out.
    public init(explainer: String, reason: String) {
      (self.explainer, self.reason) = (explainer, reason)
    }
  }

  /// The version of the format.
  public let schema: Int
  /// The command as typed.
  public let command: String
  /// When, in ISO 8601.
  public let created: String
  /// What randomness followed from.
  public let seed: UInt64
  /// What computed.
  public let versions: Manifest.Versions
  /// The network's file.
  public let network: Manifest.File
  /// The picture's file.
  public let input: Manifest.File
  /// The likeliest classes, likeliest first.
  public let prediction: [Prediction.Class]
  /// The question in words.
  public let question: String
  /// P.
  public let fact: [Manifest.Class]
  /// Q; empty where there is none.
  public let foil: [Manifest.Class]
  /// The weights in stages, from the output down; empty where no test changed them.
  public let stages: [Stage]
  /// Whether the maps were compared as shown, or signed.
  public let maps: SanityMaps
  /// The methods.
  public let methods: [Method]
  /// The methods that could not explain this network.
  public let leftOut: [Omission]

  /// The manifest as JSON text, keys in order.
  public func json() throws -> String { try Manifest.json(self) }
}
