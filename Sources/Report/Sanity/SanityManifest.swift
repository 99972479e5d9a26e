public import Faithfulness
public import Networks
public import Terms

/// What `rather sanity` did and found, as `manifest.json`.
public struct SanityManifest: HeadedManifest {
  /// Tests of whether maps depend on weights and question.
  public static let kinds: [ManifestKind] = [.sanity]

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
    /// All its settings, as they came to hold.
    public let settings: [String: SettingValue]
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

  /// What every manifest begins with.
  public let header: ManifestHeader
  /// The picture and what the network saw of it; `nil` in schema 1.
  public let geometry: Manifest.Geometry?
  /// The likeliest classes, likeliest first.
  public let prediction: [Prediction.Class]
  /// The logits of all classes, in the order of their indices, `null` for one that is infinite; empty in
  /// schema 1.
  public let logits: [Float?]
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
}

extension SanityManifest {
  private enum Key: String, CodingKey {
    case geometry, prediction, logits, question, fact, foil, stages, maps, methods, leftOut
  }

  /// Reads a manifest of schema 1 or 2.
  public init(from decoder: any Decoder) throws {
    header = try ManifestHeader(from: decoder, of: Self.kinds)
    let values = try decoder.container(keyedBy: Key.self)
    geometry = try values.decodeIfPresent(Manifest.Geometry.self, forKey: .geometry)
    prediction = try values.decode([Prediction.Class].self, forKey: .prediction)
    logits = try values.decodeIfPresent([Float?].self, forKey: .logits) ?? []
    question = try values.decode(String.self, forKey: .question)
    fact = try values.decode([Manifest.Class].self, forKey: .fact)
    foil = try values.decode([Manifest.Class].self, forKey: .foil)
    stages = try values.decode([Stage].self, forKey: .stages)
    maps = try values.decode(SanityMaps.self, forKey: .maps)
    methods = try values.decode([Method].self, forKey: .methods)
    leftOut = try values.decode([Omission].self, forKey: .leftOut)
  }

  /// Writes a manifest.
  public func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    var values = encoder.container(keyedBy: Key.self)
    try values.encodeIfPresent(geometry, forKey: .geometry)
    try values.encode(prediction, forKey: .prediction)
    try values.encode(logits, forKey: .logits)
    try values.encode(question, forKey: .question)
    try values.encode(fact, forKey: .fact)
    try values.encode(foil, forKey: .foil)
    try values.encode(stages, forKey: .stages)
    try values.encode(maps, forKey: .maps)
    try values.encode(methods, forKey: .methods)
    try values.encode(leftOut, forKey: .leftOut)
  }
}
