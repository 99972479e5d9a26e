internal import Confusion
public import Files

/// The joining of files of documents.
///
/// Parts of one set of documents are put in the order of their numbers, whatever order they are named
/// in, and the result equals the undivided set byte for byte; all parts must be there. Other files are
/// joined in the order in which they are named.
public struct DocumentMerge: Sendable {
  /// How files follow each other.
  public enum Order: Sendable {
    /// By the numbers of the parts.
    case shards
    /// As they were named.
    case given
  }

  /// How they follow each other here.
  public let order: Order
  private let text: [UInt8]
  private let mark: DocumentMark?
  private let inputs: [String]

  private struct Part {
    let path: String
    let text: [UInt8]
    let mark: DocumentMark?
  }

  /// Reads the files.
  ///
  /// - Throws: `FileError`, `DocumentFileError` for what is no file of documents,
  ///   ``DocumentsError/otherDocuments(_:_:differences:)``, ``DocumentsError/sameShard(_:_:shard:)``,
  ///   ``DocumentsError/missingShards(_:of:)``, ``DocumentsError/sameDocuments(_:_:)``.
  public init(of paths: [String]) throws {
    inputs = paths
    let parts = try paths.map { try Self.part($0) }
    guard let first = parts.first(where: { ($0.mark?.origin.shardCount ?? 1) > 1 }),
      let origin = first.mark?.origin
    else {
      try Self.checkOnce(parts)
      order = .given
      text = parts.flatMap(\.text)
      mark = nil
      return
    }
    let ordered = try Self.ordered(parts, like: first, origin)
    order = .shards
    text = ordered.flatMap(\.text)
    mark = DocumentMark(
      origin: origin.whole, failed: ordered.reduce(0) { $0 + ($1.mark?.failed ?? 0) })
  }

  /// Writes the joined documents, compressed where the name ends in `.gz`.
  public func write(to path: String, existing: ExistingFiles = .refuse) throws -> DocumentSummary {
    try WholeFile.check(path, existing: existing, beside: inputs)
    if text.isEmpty { throw DocumentsError.noDocuments(of: mark?.failed ?? 0) }
    return try DocumentSummary.writing(text, mark, to: path)
  }

  /// Reads a file and checks what it holds; a part may have no document, where no picture could be read.
  private static func part(_ path: String) throws -> Part {
    let bytes = try ByteStream.bytes(path, atMost: DocumentFile.limit)
    let mark = Gzip.comment(of: bytes).flatMap { DocumentMark(line: $0) }
    do {
      return Part(path: path, text: try DocumentFile(contentsOf: path).corpus.text, mark: mark)
    } catch DocumentFileError.empty where mark != nil {
      return Part(path: path, text: [], mark: mark)
    }
  }

  /// Fails where two names lead to one file, or two files hold the documents of one run.
  private static func checkOnce(_ parts: [Part]) throws {
    for (place, part) in parts.enumerated() {
      let same = parts[..<place].first { other in
        WholeFile.isSame(part.path, other.path)
          || part.mark.map { $0.origin == other.mark?.origin } ?? false
      }
      if let same { throw DocumentsError.sameDocuments(same.path, part.path) }
    }
  }

  private static func ordered(
    _ parts: [Part], like first: Part, _ origin: DocumentOrigin
  ) throws -> [Part] {
    var byNumber: [Int: Part] = [:]
    for part in parts {
      guard let own = part.mark?.origin else {
        throw DocumentsError.otherDocuments(
          part.path, first.path, differences: ["the one does not say what it was made of"])
      }
      var same = own
      same.shard = origin.shard
      let differences = same.differences(from: origin)
      if !differences.isEmpty {
        throw DocumentsError.otherDocuments(part.path, first.path, differences: differences)
      }
      if let other = byNumber.updateValue(part, forKey: own.shard) {
        throw DocumentsError.sameShard(
          other.path, part.path, shard: "\(own.shard)/\(own.shardCount)")
      }
    }
    let missing = (1...origin.shardCount).filter { byNumber[$0] == nil }
    if !missing.isEmpty { throw DocumentsError.missingShards(missing, of: origin.shardCount) }
    return (1...origin.shardCount).compactMap { byNumber[$0] }
  }
}
