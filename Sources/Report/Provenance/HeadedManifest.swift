internal import Foundation
public import Terms

/// A manifest of any kind: a header and what the kind adds to it.
public protocol HeadedManifest: Codable, Sendable {
  /// What manifests of this type describe.
  static var kinds: [ManifestKind] { get }
  /// What every manifest begins with.
  var header: ManifestHeader { get }
}

extension HeadedManifest {
  /// The version of the format that is written.
  public static var currentSchema: Int { ManifestHeader.currentSchema }

  /// The version of the format.
  public var schema: Int { header.schema }

  /// The command as typed; empty where a program called the library.
  public var command: String { header.command }

  /// When, in ISO 8601.
  public var created: String { header.created }

  /// What randomness followed from.
  public var seed: UInt64 { header.seed }

  /// What computed.
  public var versions: Manifest.Versions { header.versions }

  /// The settings of the work as a whole; empty where there are none.
  public var settings: [String: SettingValue] { header.settings }

  /// The network's file; `nil` where there is none, or several.
  public var network: Manifest.File? { header.network }

  /// The generator's files; empty where there is none.
  public var generator: [Manifest.File] { header.generator }

  /// The picture's file; `nil` where there is none, or several.
  public var input: Manifest.File? { header.input }

  /// The manifest as JSON text, keys in order.
  ///
  /// - Throws: `EncodingError` when a number is infinite or not a number.
  public func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self) + "\n"
  }
}
