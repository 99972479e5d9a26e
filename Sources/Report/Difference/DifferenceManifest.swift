/// Where two networks answer differently, and why, as `manifest.json`.
public struct DifferenceManifest: HeadedManifest {
  /// Where a new network differs from an old one.
  public static let kinds: [ManifestKind] = [.difference]

  /// One of the two networks.
  public enum Side: String, Codable, Hashable, Sendable {
    /// The earlier one.
    case old
    /// The later one.
    case new
  }

  /// What a network answered about a picture.
  public struct Answer: Codable, Hashable, Sendable {
    /// The likeliest class.
    public let label: String
    /// How likely the network finds it, 0…1.
    public let probability: Float

    /// Describes an answer.
    public init(label: String, probability: Float) {
      (self.label, self.probability) = (label, probability)
    }
  }

  /// A picture that the networks answer differently.
  public struct Picture: Codable, Hashable, Sendable {
    /// What it was called.
    public let name: String
    /// Its SHA-256.
    public let sha256: String
    /// What the old network said.
    public let old: Answer
    /// What the new network says.
    public let new: Answer
    /// How much further the new network leans to its own answer P against the old one's Q,
    /// `log p_P/p_Q` of the new network less that of the old; absent where a network does not know both.
    public let shift: Float?
    /// The class that the picture's folder names; absent where it names none.
    public let truth: String?

    /// Describes a picture.
    public init(
      name: String, sha256: String, old: Answer, new: Answer, shift: Float?, truth: String?
    ) {
      (self.name, self.sha256, self.old, self.new) = (name, sha256, old, new)
      (self.shift, self.truth) = (shift, truth)
    }
  }

  /// A map of one of the networks.
  public struct Map: Codable, Sendable {
    /// Whose it is.
    public let network: Side
    /// The picture that it is about, by its name.
    public let picture: String
    /// Where it lies on the picture.
    public let geometry: Manifest.Geometry
    /// The question, the method and the values.
    public let map: Manifest.Map
  }

  /// A kind of change: what the old network said, and what the new one says in its place.
  public struct Change: Codable, Sendable {
    /// Q.
    public let old: String
    /// P.
    public let new: String
    /// How many pictures.
    public let count: Int
    /// The mean of their shifts; absent where there are none.
    public let meanShift: Float?
    /// How many of them the new network answers rightly and the old one did not; absent where no truth is known.
    public let fixed: Int?
    /// How many of them the old network answered rightly and the new one does not; absent where no truth is known.
    public let broken: Int?
    /// The pictures, the clearest change first.
    public let pictures: [Picture]
    /// The maps of the clearest, those of a picture together, the new network's first; empty where none were made.
    public let maps: [Map]
  }

  /// What holds of the pictures whose folder names their class.
  public struct Truth: Codable, Hashable, Sendable {
    /// How many there are.
    public let pictureCount: Int
    /// How many the old network answered rightly.
    public let oldRight: Int
    /// How many the new network answers rightly.
    public let newRight: Int
    /// How many the new network alone answers rightly.
    public let fixed: Int
    /// How many the old network alone answered rightly.
    public let broken: Int

    /// Counts pictures.
    public init(pictureCount: Int, oldRight: Int, newRight: Int, fixed: Int, broken: Int) {
      (self.pictureCount, self.oldRight, self.newRight) = (pictureCount, oldRight, newRight)
      (self.fixed, self.broken) = (fixed, broken)
    }
  }

  /// A picture that could not be asked about.
  public struct Failure: Codable, Hashable, Sendable {
    /// What it was called.
    public let name: String
    /// Why.
    public let failure: String

    /// Says what was wrong.
    public init(name: String, failure: String) { (self.name, self.failure) = (name, failure) }
  }

  /// What every manifest begins with.
  public let header: ManifestHeader
  /// The old network's file.
  public let oldNetwork: Manifest.File
  /// The new network's file.
  public let newNetwork: Manifest.File
  /// How many pictures both networks answered about.
  public let pictureCount: Int
  /// How many of them the networks answer differently.
  public let changedCount: Int
  /// The part of the pictures that they answer alike, 0…1.
  public let agreement: Double
  /// Classes that the new network does not know by that name.
  public let onlyOld: [String]
  /// Classes that the old network does not know by that name.
  public let onlyNew: [String]
  /// What is known of right and wrong; absent where no picture's folder names a class.
  public let truth: Truth?
  /// The kinds of change, the commonest first.
  public let changes: [Change]
  /// Pictures that could not be asked about.
  public let failures: [Failure]
}

extension DifferenceManifest {
  private enum Key: String, CodingKey {
    case oldNetwork, newNetwork, pictureCount, changedCount, agreement, onlyOld, onlyNew, truth
    case changes, failures
  }

  /// Reads a manifest.
  public init(from decoder: any Decoder) throws {
    header = try ManifestHeader(from: decoder, of: Self.kinds)
    let values = try decoder.container(keyedBy: Key.self)
    oldNetwork = try values.decode(Manifest.File.self, forKey: .oldNetwork)
    newNetwork = try values.decode(Manifest.File.self, forKey: .newNetwork)
    pictureCount = try values.decode(Int.self, forKey: .pictureCount)
    changedCount = try values.decode(Int.self, forKey: .changedCount)
    agreement = try values.decode(Double.self, forKey: .agreement)
    onlyOld = try values.decode([String].self, forKey: .onlyOld)
    onlyNew = try values.decode([String].self, forKey: .onlyNew)
    truth = try values.decodeIfPresent(Truth.self, forKey: .truth)
    changes = try values.decode([Change].self, forKey: .changes)
    failures = try values.decode([Failure].self, forKey: .failures)
  }

  /// Writes a manifest.
  public func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(oldNetwork, forKey: .oldNetwork)
    try values.encode(newNetwork, forKey: .newNetwork)
    try values.encode(pictureCount, forKey: .pictureCount)
    try values.encode(changedCount, forKey: .changedCount)
    try values.encode(agreement, forKey: .agreement)
    try values.encode(onlyOld, forKey: .onlyOld)
    try values.encode(onlyNew, forKey: .onlyNew)
    try values.encodeIfPresent(truth, forKey: .truth)
    try values.encode(changes, forKey: .changes)
    try values.encode(failures, forKey: .failures)
  }
}
