internal import Files
internal import Foundation
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
    text =
      String(
        decoding: try encoder.encode(
          Mark(
            kind: type(of: request).name, rather: Release.version, network: networkSHA256,
            request: JSONValue(request))), as: UTF8.self) + "\n"
  }

  private struct Mark: Encodable {
    let kind: String
    let rather: String
    let network: String
    let request: JSONValue
  }

  /// What a folder says that it belongs to.
  enum Standing {
    case none, same, other
  }

  /// What the folder holds.
  func standing(of folder: String) -> Standing {
    let path = "\(folder)/\(Self.fileName)"
    guard WholeFile.exists(path) else { return .none }
    let found = try? String(contentsOfFile: path, encoding: .utf8)
    return found == text ? .same : .other
  }

  func write(to folder: String) throws {
    try WholeFile.write(Array(text.utf8), to: "\(folder)/\(Self.fileName)")
  }
}
