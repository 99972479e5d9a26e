internal import Foundation
internal import Terms

/// Pieces of HTML; text is escaped, markup is not.
struct HTML: ExpressibleByStringInterpolation, Sendable {
  let markup: String

  init(markup: String) { self.markup = markup }

  init(stringLiteral value: String) { markup = value }

  init(stringInterpolation: Interpolation) { markup = stringInterpolation.markup }

  /// Inserts text escaped, and pieces as they are.
  struct Interpolation: StringInterpolationProtocol {
    var markup = ""

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { markup += literal }

    mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }

    mutating func appendInterpolation(_ piece: HTML) { markup += piece.markup }

    mutating func appendInterpolation(_ pieces: [HTML]) {
      markup += pieces.map(\.markup).joined(separator: "\n")
    }
  }

  /// A picture inside the page itself.
  static func image(
    _ bytes: [UInt8], alt: String, name: String, type: String = "png"
  ) -> HTML {
    // Base 64 holds nothing to escape, and there is much of it.
    let data = HTML(markup: Data(bytes).base64EncodedString())
    return
      "<img class=\"\(name)\" alt=\"\(alt)\" src=\"data:image/\(type);base64,\(data)\">"
  }

  private static func escaped(_ text: String) -> String {
    VisibleText.of(text, keepingLines: true)
      .replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
