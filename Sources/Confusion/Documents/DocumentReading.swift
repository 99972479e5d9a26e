/// A walk over the text of documents, byte by byte: there may be millions of lines.
struct DocumentReading {
  let path: String
  let text: UnsafeBufferPointer<UInt8>
  /// Indices are below it.
  let limit: Int

  private(set) var tokens: [Int32] = []
  private(set) var starts: [Int] = [0]
  private(set) var emptyLineCount = 0

  /// The line that named each class last.
  private var lastLines: [Int] = []
  private var place = 0
  private var line = 1

  init(path: String, text: UnsafeBufferPointer<UInt8>, limit: Int) {
    (self.path, self.text, self.limit) = (path, text, limit)
    tokens.reserveCapacity(text.count / 4)
    // Some editors begin a text with the mark of UTF-8.
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  mutating func readAll(classCount: Int?) throws(DocumentFileError) {
    while place < text.count {
      let byte = text[place]
      if Self.isDigit(byte) {
        try readIndex(classCount)
      } else if byte == Self.newline {
        endLine()
        line += 1
        place += 1
      } else if Self.isBlank(byte) {
        place += 1
      } else {
        throw fault(at: place)
      }
    }
    if let last = text.last, last != Self.newline { endLine() }
    if starts.count == 1 { throw .empty(path) }
  }

  private mutating func readIndex(_ classCount: Int?) throws(DocumentFileError) {
    let start = place
    var index = 0
    while place < text.count, Self.isDigit(text[place]) {
      index = min(index * 10 + Int(text[place] - Self.zero), Int(Int32.max))
      place += 1
    }
    if place < text.count, text[place] != Self.newline, !Self.isBlank(text[place]) {
      throw fault(at: start)
    }
    guard index < limit else {
      let word = word(at: start) ?? "\(index)"
      if let classCount { throw .unknownClass(word, count: classCount, path: path, line: line) }
      throw .tooLarge(word, path: path, line: line)
    }
    if index >= lastLines.count {
      lastLines += repeatElement(0, count: index + 1 - lastLines.count)
    }
    if lastLines[index] == line { throw .repeatedClass(index, path: path, line: line) }
    lastLines[index] = line
    tokens.append(Int32(index))
  }

  private mutating func endLine() {
    if tokens.count == starts[starts.count - 1] {
      emptyLineCount += 1
    } else {
      starts.append(tokens.count)
    }
  }

  /// What to say of a word that is no index: text is quoted, anything else is another kind of file.
  private func fault(at start: Int) -> DocumentFileError {
    guard let word = word(at: start) else { return .notText(path) }
    return .notAnIndex(word, path: path, line: line)
  }

  /// The beginning of the word at a place; `nil` where it is not text.
  private func word(at start: Int) -> String? {
    let bytes = text[start...].prefix(2000).prefix { $0 != Self.newline && !Self.isBlank($0) }
    guard let word = String(validating: bytes, as: UTF8.self),
      !word.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { return nil }
    return word.count > 40 ? word.prefix(40) + "…" : word
  }

  private static let newline = UInt8(ascii: "\n")
  private static let zero = UInt8(ascii: "0")

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- zero < 10 }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: ",")
      || byte == UInt8(ascii: "\r")
  }
}
