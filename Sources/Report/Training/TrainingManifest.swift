public import Terms

/// How a generator was trained and what came of it, as `manifest.json`.
public struct TrainingManifest: HeadedManifest {
  /// How a generator was trained.
  public static let kinds: [ManifestKind] = [.training]

  /// A number that was followed over the run.
  public struct Curve: Codable, Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// The steps at which it was taken.
    public let steps: [Int]
    /// Its values there, `null` for one that is infinite or no number.
    public let values: [Double?]
  }

  /// A number that was measured at the end.
  public struct Measured: Codable, Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// Its value.
    public let value: SettingValue
  }

  /// What every manifest begins with; its files of a generator are what was made.
  public let header: ManifestHeader
  /// What was trained on what.
  public let title: String
  /// The curves.
  public let curves: [Curve]
  /// What was measured.
  public let measured: [Measured]
}

extension TrainingManifest {
  private enum Key: String, CodingKey {
    case title, curves, measured
  }

  /// Reads a manifest.
  public init(from decoder: any Decoder) throws {
    header = try ManifestHeader(from: decoder, of: Self.kinds)
    let values = try decoder.container(keyedBy: Key.self)
    title = try values.decode(String.self, forKey: .title)
    curves = try values.decode([Curve].self, forKey: .curves)
    measured = try values.decode([Measured].self, forKey: .measured)
  }

  /// Writes a manifest.
  public func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(title, forKey: .title)
    try values.encode(curves, forKey: .curves)
    try values.encode(measured, forKey: .measured)
  }
}

extension TrainingManifest.Curve {
  init(_ curve: TrainingReport.Curve) {
    self.init(
      name: curve.name, steps: curve.points.map(\.step),
      values: curve.points.map { $0.value.isFinite ? $0.value : nil })
  }
}
