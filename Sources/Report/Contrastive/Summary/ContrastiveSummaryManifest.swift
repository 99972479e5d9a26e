public import Counterfactuals

/// What `rather counterfactual --summary` did and found, as `manifest.json`.
public struct ContrastiveSummaryManifest: Codable, Sendable {
  /// The version of this format.
  public static let currentSchema = 1

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
  /// What was asked of the examples.
  public let method: ContrastiveMethod
  /// All settings of the search.
  public let settings: [String: String]
  /// The network's file.
  public let network: Manifest.File
  /// The generator's files.
  public let generator: [Manifest.File]
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

  /// The manifest as JSON text, keys in order.
  public func json() throws -> String { try Manifest.json(self) }
}
