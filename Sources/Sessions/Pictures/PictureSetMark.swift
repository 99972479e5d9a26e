internal import Files
internal import Foundation
internal import Report
internal import Terms

/// What the reports in a folder belong to: the request, the network and the version, but not which pictures.
struct PictureSetMark {
  static let fileName = "request.json"
  private let text: String

  init(_ request: some PictureRequest, networkSHA256: String) throws {
    var request = request
    (request.pictures, request.place.folder, request.place.force) = ([], nil, false)
    (request.memory, request.network.threads) = (nil, nil)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    // Where files lie is nobody else's concern, but tells requests apart.
    let whole = try JSONValue(request)
    let mark = Mark(
      kind: type(of: request).name, rather: Release.version, network: networkSHA256,
      sha256: SHA256.hex(of: Array(try encoder.encode(whole))),
      request: whole.shown(request.place.paths))
    text = String(decoding: try encoder.encode(mark), as: UTF8.self) + "\n"
  }

  private struct Mark: Encodable {
    let kind: String
    let rather: String
    let network: String
    /// Of the request with its whole paths.
    let sha256: String
    let request: JSONValue
  }

  /// What a folder says that it belongs to.
  enum Standing {
    case none, same, other
  }

  /// Whether a folder holds reports of several pictures.
  static func isThere(in folder: String) -> Bool { WholeFile.exists("\(folder)/\(fileName)") }

  /// What the folder holds.
  func standing(of folder: String) -> Standing {
    guard Self.isThere(in: folder) else { return .none }
    let path = "\(folder)/\(Self.fileName)"
    let found = try? String(contentsOfFile: path, encoding: .utf8)
    return found == text ? .same : .other
  }

  func write(to folder: String) throws {
    try WholeFile.write(Array(text.utf8), to: "\(folder)/\(Self.fileName)")
  }
}

extension JSONValue {
  /// The same with files named as they are shown.
  fileprivate func shown(_ paths: ShownPaths) -> JSONValue {
    switch self {
    case .text(let text): .text(text.hasPrefix("/") ? paths.path(text) : paths.text(text))
    case .list(let list): .list(list.map { $0.shown(paths) })
    case .object(let object): .object(object.mapValues { $0.shown(paths) })
    case .null, .bool, .whole, .large, .number: self
    }
  }
}
