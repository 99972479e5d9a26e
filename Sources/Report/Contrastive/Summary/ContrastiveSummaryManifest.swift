public import Counterfactuals

/// What `rather counterfactual --summary` did and found, as `manifest.json`.
public struct ContrastiveSummaryManifest: HeadedManifest {
  /// What many nearest pictures have in common.
  public static let kinds: [ManifestKind] = [.counterfactualSummary]

  /// A square that holds more than its size explains.
  public struct Spot: Codable, Hashable, Sendable {
    /// Its upper row.
    public let top: Int
    /// Its left column.
    public let left: Int
    /// Rows, and columns.
    public let side: Int
    /// The share of the change inside, 0…1.
    public let massFraction: Double
    /// Its share of the pixels, 0…1.
    public let areaFraction: Double
    /// How surprising that is; see `Spot.logLikelihoodRatio`.
    public let surprise: Double
    /// In a sentence.
    public let sentence: String
  }

  /// What another method finds for a pair; its array is `KEY/NAME`.
  public struct Beside: Codable, Hashable, Sendable {
    /// Its name.
    public let name: String
    /// Pictures with an answer.
    public let count: Int
    /// Pictures whose answer failed.
    public let failedCount: Int
    /// Where its mass lies; `null` where there is none.
    public let spot: Spot?
  }

  /// The mean change for one pair of fact and foil.
  public struct Pair: Codable, Hashable, Sendable {
    /// What its array in `maps.npz`, `KEY/mean`, begins with; there is none where no picture had an
    /// answer.
    public let key: String
    /// The question in words.
    public let question: String
    /// P.
    public let fact: [Manifest.Class]
    /// Q.
    public let foil: [Manifest.Class]
    /// Pictures with an answer.
    public let count: Int
    /// Pictures whose search failed.
    public let failedCount: Int
    /// The largest mean change of a pixel, whichever way: the one drawn in full colour.
    public let scale: Float
    /// Where its mass lies; `null` where there is none.
    public let spot: Spot?
    /// The drawing's file; `null` where no picture had an answer.
    public let png: String?
    /// What other methods find.
    public let beside: [Beside]
  }

  /// What every manifest begins with.
  public let header: ManifestHeader
  /// The size of the maps; `nil` in schema 1.
  public let geometry: Manifest.Geometry?
  /// What was asked of the examples.
  public let method: ContrastiveMethod
  /// Where the pictures came from, as it was named.
  public let source: String
  /// How many pictures were asked about.
  public let pictureCount: Int
  /// Foils with all their facts together, the most surprising spot first.
  public let foils: [Pair]
  /// The pairs, the most surprising spot first.
  public let pairs: [Pair]

  /// Files beside it that another report would not write.
  var files: [String] {
    (foils + pairs).compactMap(\.png) + ["answers.csv", "examples.npz"]
  }
}

extension ContrastiveSummaryManifest {
  private enum Key: String, CodingKey {
    case geometry, method, source, pictureCount, foils, pairs
  }

  /// Reads a manifest of schema 1 or 2.
  public init(from decoder: any Decoder) throws {
    header = try ManifestHeader(from: decoder, of: Self.kinds)
    let values = try decoder.container(keyedBy: Key.self)
    geometry = try values.decodeIfPresent(Manifest.Geometry.self, forKey: .geometry)
    method = try values.decode(ContrastiveMethod.self, forKey: .method)
    source = try values.decode(String.self, forKey: .source)
    pictureCount = try values.decode(Int.self, forKey: .pictureCount)
    foils = try values.decode([Pair].self, forKey: .foils)
    pairs = try values.decode([Pair].self, forKey: .pairs)
  }

  /// Writes a manifest.
  public func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    var values = encoder.container(keyedBy: Key.self)
    try values.encodeIfPresent(geometry, forKey: .geometry)
    try values.encode(method, forKey: .method)
    try values.encode(source, forKey: .source)
    try values.encode(pictureCount, forKey: .pictureCount)
    try values.encode(foils, forKey: .foils)
    try values.encode(pairs, forKey: .pairs)
  }
}
