public import Networks
public import Terms

/// What an explaining command did and found, as `manifest.json`.
public struct Manifest: HeadedManifest {
  /// One method's answers, or those of many.
  public static let kinds: [ManifestKind] = [.explanation, .comparison]

  /// A class in a question.
  public struct Class: Codable, Hashable, Sendable {
    /// Its index.
    public let index: Int
    /// Its name.
    public let label: String

    /// Names a class.
    public init(index: Int, label: String) {
      self.index = index
      self.label = label
    }
  }

  /// A file that was read.
  public struct File: Codable, Hashable, Sendable {
    /// Its name, or its whole path where that was asked for; in schema 1 its path as it was typed.
    public let path: String
    /// Its SHA-256.
    public let sha256: String
    /// For a picture, its size in pixels.
    public let size: Size?
    /// For a network that returns several outputs, the one that was explained.
    public let output: String?
    /// For a network, what the call said in place of its card, by the card's keys; absent where it said nothing.
    public let overridden: [String: String]?

    /// Describes a file.
    public init(
      path: String, sha256: String, size: Size? = nil, output: String? = nil,
      overridden: [String: String]? = nil
    ) {
      self.path = path
      self.sha256 = sha256
      self.size = size
      self.output = output
      self.overridden = overridden
    }
  }

  /// A size in pixels.
  public struct Size: Codable, Hashable, Sendable {
    /// Columns.
    public let width: Int
    /// Rows.
    public let height: Int

    /// Makes a size.
    public init(width: Int, height: Int) {
      self.width = width
      self.height = height
    }
  }

  /// Versions of what computed.
  public struct Versions: Codable, Hashable, Sendable {
    /// Rather's own.
    public let rather: String
    /// libtorch's.
    public let libtorch: String

    /// Names versions.
    public init(rather: String, libtorch: String) {
      self.rather = rather
      self.libtorch = libtorch
    }
  }

  /// How a whole output was explained.
  public struct Scheme: Codable, Hashable, Sendable {
    /// Its name in commands, such as `cwox-2s`.
    public let name: String
    /// How fact and foil were set against each other.
    public let contrast: String?
    /// Which places of a cluster's map its classes were kept to; `null` in one stage.
    public let support: String?
    /// Cum of K = min(limit, Cum(mass)).
    public let mass: Float
    /// The most classes.
    public let limit: Int
    /// Where the clusters come from, in words; `null` where nothing put classes in clusters.
    public let source: String?
    /// The file of the latent tree, where there was one.
    public let tree: File?
    /// Classes that the source did not know, each a cluster of its own.
    public let strangers: [Class]
    /// Likely classes that were left out; absent where there were none.
    public let without: [Class]?
    /// Improbable classes that were added, because the likeliest left nothing to set them against; absent where there
    /// were none.
    public let rivals: [Rival]?

    /// Describes an explanation.
    public init(
      name: String, contrast: String?, support: String?, mass: Float, limit: Int, source: String?,
      tree: File?, strangers: [Class], without: [Class]? = nil, rivals: [Rival]? = nil
    ) {
      self.name = name
      self.contrast = contrast
      self.support = support
      self.mass = mass
      self.limit = limit
      self.source = source
      self.tree = tree
      self.strangers = strangers
      self.without = without
      self.rivals = rivals
    }
  }

  /// One saliency map.
  public struct Map: Codable, Sendable {
    /// Its array in `maps.npz`; `key + "/layer"` is the signed map at the layer's resolution,
    /// `key + "/input"` the signed attribution of each channel of the input, where there is one,
    /// `key + "/support"` 1 where the map was kept, where it was.
    public let key: String
    /// The question in words.
    public let question: String
    /// P; `null` for a regression.
    public let fact: [Class]?
    /// Q; `null` where there is none.
    public let foil: [Class]?
    /// For contrast pairwise, the parts of the foil that have a map each; absent otherwise.
    public let foilParts: [[Class]]?
    /// The family of scores.
    public let score: String
    /// The values of the score, or of the fact's and then of the foil's or of each of its parts.
    public let scoreValues: [Float]
    /// `inside`, `outside`, `pairwise`, either with `-raw`, `inverse`, or `null` where there is no foil.
    public let contrast: String?
    /// `cluster` or `class`: the stage of a scheme of two stages; `null` otherwise.
    public let stage: String?
    /// The place of its cluster among the manifest's clusters; `null` where there are none.
    public let cluster: Int?
    /// The base method.
    public let explainer: String
    /// The layer that it explained at, or `input`.
    public let layer: String
    /// All its settings, as they came to hold: what was to be chosen by itself, as it was chosen.
    public let settings: [String: SettingValue]
    /// The smallest value of the array.
    public let minimum: Float
    /// The largest value of the array.
    public let maximum: Float
    /// The value of a place that does not matter, such as the mean score; absent where it is 0.
    public let neutral: Float?
    /// What the method knows of its own error and effort.
    public let measurements: [String: Float]
    /// The overlay's file; `null` where only numbers are written.
    public let png: String?
    /// What its check found; absent where none was asked for.
    public let check: Check?

    /// Writes every key but the optional ones; what there is none of as `null`.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(key, forKey: .key)
      try container.encode(question, forKey: .question)
      try container.encode(fact, forKey: .fact)
      try container.encode(foil, forKey: .foil)
      try container.encodeIfPresent(foilParts, forKey: .foilParts)
      try container.encode(score, forKey: .score)
      try container.encode(scoreValues, forKey: .scoreValues)
      try container.encode(contrast, forKey: .contrast)
      try container.encode(stage, forKey: .stage)
      try container.encode(cluster, forKey: .cluster)
      try container.encode(explainer, forKey: .explainer)
      try container.encode(layer, forKey: .layer)
      try container.encode(settings, forKey: .settings)
      try container.encode(minimum, forKey: .minimum)
      try container.encode(maximum, forKey: .maximum)
      try container.encodeIfPresent(neutral, forKey: .neutral)
      try container.encode(measurements, forKey: .measurements)
      try container.encode(png, forKey: .png)
      try container.encodeIfPresent(check, forKey: .check)
    }
  }

  /// What every manifest begins with. The picture is the first, where there are several.
  public let header: ManifestHeader
  /// The picture and what the network saw of it; `nil` in schema 1.
  public let geometry: Geometry?
  /// The likeliest classes, likeliest first.
  public let prediction: [Prediction.Class]
  /// The logits of all classes, in the order of their indices, `null` for one that is infinite; empty for a
  /// regression and in schema 1.
  public let logits: [Float?]
  /// What a regression answered.
  public let value: Float?
  /// All values of a regression that has several, or how alike the picture and each reference are, the nearest first;
  /// empty for others.
  public let values: [Prediction.Value]
  /// Where the network was asked, if it answers for each place; absent where it answers once.
  public let places: Places?
  /// How the whole output was explained; absent where one question was asked.
  public let scheme: Scheme?
  /// The confusion clusters of the likeliest classes; absent where there are none.
  public let clusters: [[Class]]?
  /// The maps.
  public let maps: [Map]
  /// Of a comparison, how alike the maps of any two methods are that answer the same question.
  public let agreement: [Agreement]?

  /// How alike two maps are.
  public struct Agreement: Codable, Hashable, Sendable {
    /// The key of one.
    public let first: String
    /// The key of the other.
    public let second: String
    /// Spearman's ρ of their values; this and what follows are absent where a map has the same value everywhere.
    public let rankCorrelation: Double?
    /// Spearman's ρ of the magnitudes of their values; also absent where those of one map are all equal.
    public let magnitudeCorrelation: Double?
    /// Their structural similarity as they are drawn.
    public let ssim: Double?
    /// How many places are among the strongest tenth of both, as a part of those that are of either; absent where a map
    /// is above zero nowhere.
    public let overlap: Double?
  }
}
