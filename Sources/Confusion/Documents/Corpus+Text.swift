public import Files

extension Corpus {
  /// The documents as text: one a line, class indices with blanks between.
  public var text: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(tokens.count * 4 + count)
    for document in 0..<count {
      var isFirst = true
      for token in self[document] {
        if !isFirst { text.append(UInt8(ascii: " ")) }
        isFirst = false
        Self.append(token, to: &text)
      }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  /// Reads documents, one a line, plain or compressed by gzip; ``DocumentFile`` also tells its checksum.
  ///
  /// - Throws: `FileError` where the file cannot be read, ``DocumentFileError`` where it holds no documents.
  public init(contentsOf path: String) throws {
    self = try DocumentFile(contentsOf: path).corpus
  }

  /// Writes the documents, whole or not at all; compressed where the name ends in `.gz`.
  ///
  /// Equal documents give equal bytes.
  ///
  /// - Throws: `FileError` where the file cannot be written.
  public func write(to path: String) throws(FileError) {
    try WholeFile.write(path.hasSuffix(".gz") ? Gzip.compressed(text) : text, to: path)
  }

  private static func append(_ token: Int32, to text: inout [UInt8]) {
    if token >= 10 { append(token / 10, to: &text) }
    text.append(UInt8(ascii: "0") + UInt8(token % 10))
  }
}
