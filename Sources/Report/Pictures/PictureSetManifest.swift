public import Networks

/// What a request about several pictures did, as `manifest.json` of the folder that holds their reports.
public struct PictureSetManifest: HeadedManifest {
  /// Several pictures' reports.
  public static let kinds: [ManifestKind] = [.pictures]

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

  /// What every manifest begins with; its files are those beside the folders of the reports.
  public let header: ManifestHeader
  /// The pictures in the order in which they were named.
  public let pictures: [Row]
}

extension PictureSetManifest {
  private enum Key: String, CodingKey {
    case pictures
  }

  /// Reads a manifest.
  public init(from decoder: any Decoder) throws {
    header = try ManifestHeader(from: decoder, of: Self.kinds)
    pictures = try decoder.container(keyedBy: Key.self).decode([Row].self, forKey: .pictures)
  }

  /// Writes a manifest.
  public func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(pictures, forKey: .pictures)
  }
}

extension PictureSetManifest.Row {
  /// The same with files named as they are shown; where a picture lies in the folder that was named still
  /// tells it apart.
  func shown(_ paths: ShownPaths) -> Self {
    .init(
      name: paths.relative(name), folder: folder,
      sha256: sha256, prediction: prediction, value: value, failure: failure.map(paths.text))
  }
}
