internal import Contrast
internal import Evaluation
internal import Networks
public import Terms

/// What a page of runs was made of, as `manifest.json`; the numbers themselves are in the page and in what
/// `--csv`, `--parquet` and `--json` give.
public struct EvaluationManifest: HeadedManifest {
  /// Tables and curves of runs.
  public static let kinds: [ManifestKind] = [.evaluation]

  /// A run.
  public struct Run: Codable, Hashable, Sendable {
    /// What it is called.
    public let title: String
    /// Its folder.
    public let folder: String
    /// The SHA-256 of the network's file.
    public let network: String
    /// What the randomness of explainers followed from.
    public let seed: UInt64
    /// Where tensors lay.
    public let device: String
    /// Pictures that were named for it.
    public let pictures: Int
    /// Those that are not measured yet.
    public let unfinished: Int
    /// Those that could not be read.
    public let unreadable: Int
    /// Pairs of a class and its foil.
    public let pairs: Int
    /// The explainers.
    public let explainers: [Explainer]
    /// The schemes' names in commands.
    public let schemes: [String]
  }

  /// An explainer of a run.
  public struct Explainer: Codable, Hashable, Sendable {
    /// Its name in commands.
    public let name: String
    /// The layer of clusters, or `input`.
    public let clusterLayer: String
    /// The layer of classes, or `input`.
    public let classLayer: String
    /// All its settings.
    public let settings: [String: SettingValue]
  }

  /// What every manifest begins with; its seed is what the tables' intervals follow from.
  public let header: ManifestHeader
  /// How often pictures were drawn anew for the intervals.
  public let replicates: Int
  /// The runs, in the order of the tables.
  public let runs: [Run]
}

extension EvaluationManifest {
  private enum Key: String, CodingKey {
    case replicates, runs
  }

  /// Reads a manifest.
  public init(from decoder: any Decoder) throws {
    header = try ManifestHeader(from: decoder, of: Self.kinds)
    let values = try decoder.container(keyedBy: Key.self)
    replicates = try values.decode(Int.self, forKey: .replicates)
    runs = try values.decode([Run].self, forKey: .runs)
  }

  /// Writes a manifest.
  public func encode(to encoder: any Encoder) throws {
    try header.encode(to: encoder)
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(replicates, forKey: .replicates)
    try values.encode(runs, forKey: .runs)
  }
}

extension EvaluationManifest.Run {
  init(_ source: EvaluationReport.Source, _ paths: ShownPaths) {
    let (identity, counts) = (source.run.identity, source.tabled.counts)
    self.init(
      title: paths.text(source.tabled.title), folder: paths.path(source.run.folder),
      network: identity.network, seed: identity.seed.value, device: identity.device,
      pictures: counts.named, unfinished: counts.unfinished, unreadable: counts.unreadable,
      pairs: counts.pairs,
      explainers: source.tabled.explainers.map { explainer in
        let method = Method(
          explainer: explainer.name, title: explainer.title, place: .input,
          settings: explainer.settings)
        return .init(
          name: explainer.name, clusterLayer: explainer.clusterPlace,
          classLayer: explainer.classPlace,
          settings: method.effectiveSettings(of: identity.card.form).mapValues(paths.value))
      }, schemes: source.tabled.schemes.map(\.rawValue))
  }
}
