internal import Foundation
internal import Tensors
public import Terms

/// What a manifest describes.
public enum ManifestKind: String, Codable, Hashable, Sendable, CaseIterable {
  /// One method's answers about a picture.
  case explanation
  /// Many methods' answers to one question about a picture.
  case comparison
  /// Several pictures, a report each.
  case pictures
  /// Tests of whether maps depend on weights and question.
  case sanity
  /// The nearest pictures that are as much Q as P.
  case counterfactual
  /// What many such pictures have in common.
  case counterfactualSummary = "counterfactual-summary"
  /// Tables and curves of runs.
  case evaluation
  /// How a generator was trained.
  case training
  /// Where a new network answers differently from an old one.
  case difference
}

/// What every manifest begins with, whatever it describes: its kind and version, and where the result
/// comes from.
///
/// Its keys stand beside those of the kind, not in an object of their own. Manifests of schema 1 have
/// fewer of them: no kind, no machine, no list of files.
public struct ManifestHeader: Hashable, Sendable {
  /// The version of the format that this Rather writes.
  public static let currentSchema = 2

  /// What the manifest describes.
  public let kind: ManifestKind
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
  /// Which machine computed; `nil` in schema 1.
  public let machine: Provenance.Machine?
  /// The settings of the work as a whole; absent where there are none.
  public let settings: [String: SettingValue]
  /// The network's file; absent where there is none, or several.
  public let network: Manifest.File?
  /// The generator's files; absent where there is none.
  public let generator: [Manifest.File]
  /// The picture's file; absent where there is none, or several.
  public let input: Manifest.File?
  /// The other files of the report, in order of their names; empty in schema 1.
  public let files: [String]

  init(_ kind: ManifestKind, _ provenance: Provenance, files: [String]) {
    let shown = provenance.shown
    (self.kind, schema, self.files) = (kind, Self.currentSchema, files)
    (command, created, seed) = (shown.command, shown.created, shown.seed)
    versions = .init(rather: shown.version, libtorch: LibTorch.version)
    (machine, settings) = (shown.machine, shown.settings)
    (network, generator, input) = (shown.network, shown.generator, shown.input)
  }
}

extension ManifestHeader: Encodable {
  private enum Key: String, CodingKey {
    case kind, schema, command, created, seed, versions, machine, settings, network, generator
    case input, files
  }

  /// Reads the header of a manifest.
  ///
  /// - Parameter kinds: Those that may be read; where a manifest of schema 1 does not say its kind, the
  ///   first.
  /// - Throws: ``ManifestError``, `DecodingError`.
  init(from decoder: any Decoder, of kinds: [ManifestKind]) throws {
    let values = try decoder.container(keyedBy: Key.self)
    schema = try values.decode(Int.self, forKey: .schema)
    guard (1...Self.currentSchema).contains(schema) else { throw ManifestError.schema(schema) }
    let name = try values.decodeIfPresent(String.self, forKey: .kind)
    let found = name.flatMap(ManifestKind.init) ?? (schema == 1 ? kinds.first : nil)
    guard let found, kinds.contains(found) else {
      throw ManifestError.kind(name ?? "", expected: kinds)
    }
    kind = found
    command = try values.decode(String.self, forKey: .command)
    created = try values.decode(String.self, forKey: .created)
    seed = try values.decode(UInt64.self, forKey: .seed)
    versions = try values.decode(Manifest.Versions.self, forKey: .versions)
    machine = try values.decodeIfPresent(Provenance.Machine.self, forKey: .machine)
    settings =
      try values.decodeIfPresent([String: SettingValue].self, forKey: .settings) ?? [:]
    network = try values.decodeIfPresent(Manifest.File.self, forKey: .network)
    generator = try values.decodeIfPresent([Manifest.File].self, forKey: .generator) ?? []
    input = try values.decodeIfPresent(Manifest.File.self, forKey: .input)
    files = try values.decodeIfPresent([String].self, forKey: .files) ?? []
  }

  /// Writes the header's keys beside those of the manifest.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(kind, forKey: .kind)
    try values.encode(schema, forKey: .schema)
    try values.encode(command, forKey: .command)
    try values.encode(created, forKey: .created)
    try values.encode(seed, forKey: .seed)
    try values.encode(versions, forKey: .versions)
    try values.encodeIfPresent(machine, forKey: .machine)
    if !settings.isEmpty { try values.encode(settings, forKey: .settings) }
    try values.encodeIfPresent(network, forKey: .network)
    if !generator.isEmpty { try values.encode(generator, forKey: .generator) }
    try values.encodeIfPresent(input, forKey: .input)
    try values.encode(files, forKey: .files)
  }
}

/// Why a manifest cannot be read.
public enum ManifestError: Fault, Hashable {
  /// A version of the format that this Rather does not know.
  case schema(Int)
  /// It describes something else.
  case kind(String, expected: [ManifestKind])

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .schema(let schema):
      "the manifest has schema \(schema), and this Rather reads 1 to "
        + "\(ManifestHeader.currentSchema); a newer one may read it"
    case .kind(let found, let expected):
      "the manifest describes \(found.isEmpty ? "nothing that it names" : "“\(found)”"), not "
        + expected.map { "“\($0.rawValue)”" }.joined(separator: " or ")
    }
  }
}
