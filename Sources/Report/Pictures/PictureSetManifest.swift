public import Networks

/// What a request about several pictures did, as `manifest.json` of the folder that holds their reports.
public struct PictureSetManifest: Codable, Sendable {
  /// What is said of one picture.
  public struct Row: Codable, Hashable, Sendable {
    /// What it was called.
    public let name: String
    /// The folder of its report, below this one; `null` where it failed.
    public let folder: String?
    /// Its SHA-256; `null` where it failed.
    public let sha256: String?
    /// The likeliest classes, likeliest first.
    public let prediction: [Prediction.Class]
    /// What a regression answered.
    public let value: Float?
    /// Why there is no report; `null` where there is one.
    public let failure: String?

    /// The probability of the runner-up as a part of the answer's, 0…1; 0 where there is none.
    public var indecision: Float {
      guard prediction.count > 1, prediction[0].probability > 0 else { return 0 }
      return prediction[1].probability / prediction[0].probability
    }

    /// Says what became of a picture.
    public init(
      name: String, folder: String?, sha256: String?, prediction: [Prediction.Class] = [],
      value: Float? = nil, failure: String? = nil
    ) {
      self.name = name
      self.folder = folder
      self.sha256 = sha256
      self.prediction = prediction
      self.value = value
      self.failure = failure
    }
  }

  /// What this describes.
  public let kind: String
  /// The version of the format.
  public let schema: Int
  /// The command as typed; empty where a program called the library.
  public let command: String
  /// When, in ISO 8601.
  public let created: String
  /// What randomness followed from.
  public let seed: UInt64
  /// What computed.
  public let versions: Manifest.Versions
  /// The network's file.
  public let network: Manifest.File
  /// The pictures in the order in which they were named.
  public let pictures: [Row]

  /// The manifest as JSON text, keys in order.
  public func json() throws -> String { try Manifest.json(self) }
}
