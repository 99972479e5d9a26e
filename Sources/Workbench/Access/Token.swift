internal import Files
internal import Foundation
package import Terms

/// The secret by which people and scripts show that they may ask.
package struct Token: Sendable {
  /// What is typed.
  package let text: String

  /// The fewest characters of a token that a person chose.
  package static let fewest = 16

  /// One of 192 bits that nobody can foresee.
  package static func made() throws -> Token {
    let text = Data(try Secrets.random(24)).base64EncodedString()
    return Token(text: text.replacing("+", with: "-").replacing("/", with: "_"))
  }

  private init(text: String) { self.text = text }

  /// Reads one from the only line of a file that nobody else may read.
  ///
  /// - Throws: ``TokenFault``, or what is wrong with the file.
  package init(file path: String) throws {
    let bytes = try ByteStream.bytes(path, atMost: 4096)
    let facts = try? FileManager.default.attributesOfItem(
      atPath: URL(filePath: path).resolvingSymlinksInPath().path)
    guard let mode = facts?[.posixPermissions] as? Int, mode & 0o077 == 0 else {
      throw TokenFault.readable(path)
    }
    text = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { throw TokenFault.signs(path) }
    guard text.utf8.count >= Self.fewest else { throw TokenFault.short(path) }
  }
}

/// What can be wrong with a token's file.
package enum TokenFault: Fault, Hashable {
  case readable(String)
  case signs(String)
  case short(String)

  package var kind: FaultKind { .data }

  package var description: String {
    switch self {
    case .readable(let path):
      "\(path) may be read by others than its owner, so the token in it is no secret; `chmod 600 \(path)` "
        + "makes it one"
    case .signs(let path):
      "the token in \(path) must be one line of letters, digits and signs without blanks"
    case .short(let path):
      "the token in \(path) is shorter than \(Token.fewest) characters, so it can be guessed; "
        + "`openssl rand -hex 24 > \(path)` makes a longer one"
    }
  }
}
