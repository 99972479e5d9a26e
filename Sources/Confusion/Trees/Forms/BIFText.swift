/// The words and marks of a Bayesian network's text, with their lines; comments are left out.
struct BIFText {
  /// A piece of the text.
  enum Piece: Hashable {
    case word(String)
    case mark(Character)
    /// The rest of the text, behind a mark that nothing closes.
    case unclosed(String)
    case end

    var text: String {
      switch self {
      case .word(let word): "“\(word.count > 40 ? word.prefix(40) + "…" : word[...])”"
      case .mark(let mark): "“\(mark)”"
      case .unclosed(let mark): "a “\(mark)” that nothing closes"
      case .end: "the end of the file"
      }
    }
  }

  let path: String
  private let text: [UInt8]
  private var place = 0
  private(set) var line = 1
  /// The piece that comes next.
  private(set) var next: Piece = .end

  init(_ text: [UInt8], _ path: String) {
    (self.text, self.path) = (text, path)
    advance()
  }

  /// Whether text begins as a Bayesian network does.
  static func begins(_ text: [UInt8]) -> Bool {
    guard case .word(let word) = BIFText(text, "").next else { return false }
    return ["network", "variable", "probability"].contains(word)
  }

  /// Takes the next piece.
  mutating func take() -> Piece {
    let piece = next
    advance()
    return piece
  }

  /// Takes a word; says what it should be where there is none.
  mutating func takeWord(_ what: String) throws(TreeFileError) -> String {
    guard case .word(let word) = next else { throw fault(what) }
    advance()
    return word
  }

  /// Takes a mark or a word that must be there.
  mutating func expect(_ piece: Piece) throws(TreeFileError) {
    if next != piece { throw fault(piece.text) }
    advance()
  }

  /// Takes a piece if it is there.
  mutating func skip(_ piece: Piece) -> Bool {
    if next != piece { return false }
    advance()
    return true
  }

  func fault(_ expected: String) -> TreeFileError {
    .syntax(expected: expected, found: next.text, line: line, path)
  }

  private mutating func advance() {
    if !skipBlanks() { return next = .unclosed("/*") }
    guard place < text.count else { return next = .end }
    let byte = text[place]
    if Self.marks.contains(byte) {
      place += 1
      next = .mark(Character(UnicodeScalar(byte)))
    } else if byte == Self.quote {
      let start = place + 1
      let end = text[start...].firstIndex { $0 == Self.quote || $0.endsLine } ?? text.count
      let isClosed = end < text.count && text[end] == Self.quote
      next =
        isClosed ? .word(String(decoding: text[start..<end], as: UTF8.self)) : .unclosed("\"")
      place = isClosed ? end + 1 : end
    } else {
      let rest = text[place...]
      let end =
        rest.firstIndex { $0.isBlank || Self.marks.contains($0) || $0 == Self.quote } ?? text.count
      next = .word(String(decoding: text[place..<end], as: UTF8.self))
      place = end
    }
  }

  /// Passes over blanks and comments; `false` where a comment does not end.
  private mutating func skipBlanks() -> Bool {
    while place < text.count {
      if text[place].isBlank {
        stepOver()
      } else if text[place...].starts(with: "//".utf8) {
        place = text[place...].firstIndex { $0.endsLine } ?? text.count
      } else if text[place...].starts(with: "/*".utf8) {
        place += 2
        while place < text.count, !text[place...].starts(with: "*/".utf8) { stepOver() }
        if place == text.count { return false }
        place += 2
      } else {
        return true
      }
    }
    return true
  }

  /// Passes over a byte and counts lines, which end in a line feed, a carriage return or both.
  private mutating func stepOver() {
    let isPair = text[place] == 10 && place > 0 && text[place - 1] == 13
    if text[place].endsLine, !isPair { line += 1 }
    place += 1
  }

  private static let quote = UInt8(ascii: "\"")
  private static let marks = Set("{}()[]|;,".utf8)
}

extension UInt8 {
  /// Whether it is a line feed or a carriage return.
  fileprivate var endsLine: Bool { self == 10 || self == 13 }
}
