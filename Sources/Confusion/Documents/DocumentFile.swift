internal import Files
public import Terms

/// Documents as a file holds them: one a line, class indices with blanks between, likeliest first.
///
/// The file may be compressed by gzip. Tabs and commas between indices count as blanks. A line without an
/// index is a document of no class; it is dropped and counted.
public struct DocumentFile: Hashable, Sendable {
  /// Where it lies.
  public let path: String
  /// The checksum of its bytes as they lie there.
  public let sha256: String
  /// The documents.
  public let corpus: Corpus
  /// How many lines held no class.
  public let emptyLineCount: Int

  /// The most bytes of text: the documents of some twenty million pictures.
  public static let limit = 256 << 20

  /// Reads a file, a piece at a time.
  ///
  /// - Parameter classCount: How many classes there are, where that is known.
  /// - Complexity: linear in the file's size.
  /// - Throws: `FileError` where it cannot be read, is a damaged gzip file or has more than ``limit``; ``DocumentFileError``
  ///   where its text is not documents.
  public init(contentsOf path: String, classCount: Int? = nil) throws {
    var reading = DocumentReading(path: path, classCount: classCount)
    let sum = RunningSHA256()
    try ByteStream.readContents(path, atMost: Self.limit, asItIs: sum.add) { try reading.take($0) }
    try reading.end()
    self.path = path
    sha256 = sum.hex()
    corpus = Corpus(tokens: reading.tokens, starts: reading.starts)
    emptyLineCount = reading.emptyLineCount
  }
}

/// What can be wrong with a file of documents; lines are counted from 1.
public enum DocumentFileError: Fault, Hashable {
  case empty(String)
  case notText(String)
  case notAnIndex(String, path: String, line: Int)
  case repeatedClass(Int, path: String, line: Int)
  case unknownClass(String, count: Int, path: String, line: Int)
  case tooLarge(String, path: String, line: Int)

  /// Whose the fault is.
  public var kind: FaultKind { .data }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .empty(let path):
      "\(path) holds no documents; a document is a line of class indices separated by blanks"
    case .notText(let path):
      "\(path) is not a file of documents, which is text with one line of class "
        + "indices per example, plain or compressed by gzip"
    case .notAnIndex(let word, let path, let line):
      "\(path), line \(line): “\(word)” is not a class index; write classes as "
        + "numbers counted from 0"
    case .repeatedClass(let index, let path, let line):
      "\(path), line \(line): class \(index) is named twice; each class counts once in a document"
    case .unknownClass(let index, let count, let path, let line):
      "\(path), line \(line): there is no class \(index); the \(count) labels are counted from 0"
    case .tooLarge(let index, let path, let line):
      "\(path), line \(line): class \(index) is more than any network has"
    }
  }
}
