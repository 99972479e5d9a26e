/// Text from outside, made safe to show: what cannot be seen, or changes what else is seen, is spelt.
///
/// Control characters move a terminal's cursor, clear it or fake further lines; marks of direction
/// show text in another order than it has. Files may hold either in any name.
package enum VisibleText {
  /// A text in which every control character and mark of direction is written `\n`, `\t` or
  /// `\u{1B}`.
  ///
  /// - Parameter keepingLines: Whether line breaks and tabs stay, where they do no harm.
  package static func of(_ text: String, keepingLines: Bool = false) -> String {
    let isKept = { (scalar: Unicode.Scalar) in keepingLines && (scalar == "\n" || scalar == "\t") }
    guard text.unicodeScalars.contains(where: { isHidden($0) && !isKept($0) }) else { return text }
    return text.unicodeScalars.reduce(into: "") { shown, scalar in
      if isHidden(scalar) && !isKept(scalar) {
        shown += spelt(scalar)
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
  }

  /// What is shown of an error: a line that can be read, whatever it quotes from a file.
  ///
  /// Of what has more than 2,000 Unicode scalars the beginning and the end stay.
  package static func sentence(_ text: String) -> String { shortened(of(shortened(text))) }

  private static let longest = 2000

  private static func shortened(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard text.utf8.count > longest, scalars.count > longest else { return text }
    return String(scalars.prefix(longest * 3 / 4)) + " … " + String(scalars.suffix(longest / 4 - 3))
  }

  /// JSON text in which strings hold these characters as JSON's own escapes.
  ///
  /// Encoders escape the first 32 only. Outside of strings JSON has none but line breaks, which stay.
  package static func ofJSON(_ text: String) -> String {
    let isMeant = { (scalar: Unicode.Scalar) in isHidden(scalar) && scalar.value >= 0x7f }
    guard text.unicodeScalars.contains(where: isMeant) else { return text }
    return text.unicodeScalars.reduce(into: "") { shown, scalar in
      if isMeant(scalar) {
        let digits = String(scalar.value, radix: 16)
        shown += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        shown.unicodeScalars.append(scalar)
      }
    }
  }

  /// Control characters, separators of lines, marks of direction and the marks that take no place.
  ///
  /// Joiners are not among them: letters of many scripts, and emoji, are made with them.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1f, 0x7f...0x9f, 0x61c, 0x200b, 0x200e...0x200f, 0x2028...0x202e, 0x2060...0x206f,
      0xfeff, 0xfff9...0xfffb:
      true
    default: false
    }
  }

  private static func spelt(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    }
  }
}
