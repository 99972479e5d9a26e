internal import Files

/// A pass over the text of documents, byte by byte, a piece at a time: there may be millions of lines.
struct DocumentReading {
  let path: String
  /// How many classes there are, where that is known.
  let classCount: Int?
  /// Indices are below it.
  private let limit: Int

  private(set) var tokens: [Int32] = []
  private(set) var starts: [Int] = [0]
  private(set) var emptyLineCount = 0

  /// The line that named each class last.
  private var lastLines: [Int] = []
  private var line = 1
  /// The bytes of the word that is being read.
  private var word: [UInt8] = []
  private var isAtStart = true
  /// Whether something stands in the line that has not ended.
  private var isInLine = false
  private var endsInReturn = false

  init(path: String, classCount: Int?) {
    (self.path, self.classCount) = (path, classCount)
    limit = min(classCount ?? Corpus.classLimit, Corpus.classLimit)
  }

  /// Reads a piece of the text.
  mutating func take(_ piece: UnsafeRawBufferPointer) throws(DocumentFileError) {
    // Some editors begin a text with the mark of UTF-8.
    let hasMark = isAtStart && piece.starts(with: TextFile.mark)
    isAtStart = false
    var place = hasMark ? TextFile.mark.count : 0
    while place < piece.count {
      if word.isEmpty, try takeIndex(of: piece, at: &place) { continue }
      let byte = piece[place]
      place += 1
      let followsReturn = endsInReturn
      endsInReturn = byte == Self.carriageReturn
      switch byte {
      case Self.newline where followsReturn: break
      case Self.newline, Self.carriageReturn: try endLine()
      case _ where Self.partsWords(byte):
        try endWord()
        isInLine = true
      default:
        word.append(byte)
        isInLine = true
        if word.count == Self.longestWord { try endWord() }
      }
    }
  }

  /// Takes a usual word at once: some digits and what parts them from the next, all in this piece.
  private mutating func takeIndex(
    of piece: UnsafeRawBufferPointer, at place: inout Int
  ) throws(DocumentFileError) -> Bool {
    var (end, index) = (place, 0)
    while end < piece.count, end - place < 9, piece[end] &- UInt8(ascii: "0") < 10 {
      index = index * 10 + Int(piece[end] - UInt8(ascii: "0"))
      end += 1
    }
    guard end > place, end < piece.count, index < limit, Self.partsWords(piece[end]) else {
      return false
    }
    try add(index)
    (place, isInLine, endsInReturn) = (end, true, false)
    return true
  }

  /// Says that there are no more pieces.
  mutating func end() throws(DocumentFileError) {
    if isInLine { try endLine() }
    if starts.count == 1 { throw .empty(path) }
  }

  private mutating func endWord() throws(DocumentFileError) {
    if word.isEmpty { return }
    var index = 0
    for byte in word {
      guard byte &- UInt8(ascii: "0") < 10 else { throw wordFault() }
      index = min(index * 10 + Int(byte - UInt8(ascii: "0")), Int(Int32.max))
    }
    guard index < limit else {
      let text = wordText() ?? "\(index)"
      if let classCount { throw .unknownClass(text, count: classCount, path: path, line: line) }
      throw .tooLarge(text, path: path, line: line)
    }
    try add(index)
    word.removeAll(keepingCapacity: true)
  }

  private mutating func add(_ index: Int) throws(DocumentFileError) {
    if index >= lastLines.count {
      lastLines += repeatElement(0, count: index + 1 - lastLines.count)
    }
    if lastLines[index] == line { throw .repeatedClass(index, path: path, line: line) }
    lastLines[index] = line
    tokens.append(Int32(index))
  }

  private mutating func endLine() throws(DocumentFileError) {
    try endWord()
    if tokens.count == starts[starts.count - 1] {
      emptyLineCount += 1
    } else {
      starts.append(tokens.count)
    }
    line += 1
    isInLine = false
  }

  /// What to say of a word that is no index: text is quoted, anything else is another kind of file.
  private func wordFault() -> DocumentFileError {
    guard let text = wordText() else { return .notText(path) }
    return .notAnIndex(text, path: path, line: line)
  }

  /// The beginning of the word; `nil` where it is not text.
  private func wordText() -> String? {
    guard let text = String(validating: word, as: UTF8.self),
      !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { return nil }
    return text.count > 40 ? text.prefix(40) + "…" : text
  }

  /// Whether a byte stands between words, or ends a line.
  private static func partsWords(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == newline || byte == UInt8(ascii: "\t")
      || byte == UInt8(ascii: ",") || byte == carriageReturn
  }

  /// More bytes than any index has.
  private static let longestWord = 2000
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")
}
