internal import Faithfulness
internal import Foundation
internal import GRDB

// Rows are read as `Decodable` values: GRDB traps on columns of the wrong kind otherwise.

struct RunRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "run"
  var id = 1
  let identity: String

  /// The identity, whose settings can be.
  func read() throws -> EvaluationIdentity {
    let identity: EvaluationIdentity = try JSONText.read(self.identity)
    try identity.metrics.checkSettings()
    return identity
  }
}

struct ExplainerRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "explainer"
  let id: Int
  let name: String
  let description: String
}

struct MethodRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "method"
  let id: Int
  let explainer: Int
  let scheme: String
  let support: String?
}

struct PictureRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "picture"
  let id: Int
  let name: String
  let sha256: String?
  let failure: String?
  let likeliest: String
  let clusters: String
}

struct MeasuredRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "measured"
  let picture: Int
  let method: Int
}

struct CurvesRow: Codable, FetchableRecord, PersistableRecord {
  static let databaseTableName = "curves"
  let picture: Int
  let fact: Int
  let method: Int
  let salientCount: Int
  let salient: Data
  let deletion: Data?
  let insertion: Data?
}

/// Values in columns of text.
enum JSONText {
  static func of(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static func read<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) throws
    -> Value
  {
    try JSONDecoder().decode(type, from: Data(text.utf8))
  }
}
