internal import Confusion
internal import Files

/// What is in a file of documents.
public struct DocumentSummary: Hashable, Sendable, Encodable {
  /// Where it lies.
  public let path: String
  /// How many documents it holds.
  public let documents: Int
  /// How many pictures could not be read.
  public let failed: Int
  /// How many classes some document names.
  public let labels: Int
  /// The mean number of classes of a document.
  public let meanLength: Double
  /// The checksum of the file.
  public let sha256: String

  /// Writes documents and counts them.
  static func writing(
    _ text: [UInt8], _ mark: DocumentMark?, to path: String
  ) throws -> DocumentSummary {
    let comment = try mark?.line()
    try WholeFile.write(
      path.hasSuffix(".gz") ? Gzip.compressed(text, comment: comment) : text, to: path)
    if text.isEmpty {
      return DocumentSummary(
        path: path, documents: 0, failed: mark?.failed ?? 0, labels: 0, meanLength: 0,
        sha256: try SHA256.hex(ofFile: path))
    }
    let file = try DocumentFile(contentsOf: path)
    return DocumentSummary(
      path: path, documents: file.corpus.count, failed: mark?.failed ?? 0,
      labels: file.corpus.classes.count,
      meanLength: Double(file.corpus.tokens.count) / Double(file.corpus.count),
      sha256: file.sha256)
  }
}
