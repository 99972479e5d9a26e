/// How a tree was found, as far as its file says.
public struct TreeOrigin: Hashable, Sendable, Codable {
  /// The documents that it was learnt from.
  public struct Documents: Hashable, Sendable, Codable {
    /// The file's name.
    public let file: String
    /// The checksum of its bytes.
    public let sha256: String
    /// Documents learnt from.
    public let count: Int
    /// Documents of fewer than two classes, left out.
    public let dropped: Int

    /// Describes documents.
    public init(file: String, sha256: String, count: Int, dropped: Int) {
      (self.file, self.sha256, self.count, self.dropped) = (file, sha256, count, dropped)
    }
  }

  /// What found it, such as `hlta`.
  public let learner: String
  /// The learner's settings by name.
  public let settings: [String: String]
  /// What all randomness followed from; `nil` where there is none.
  public let seed: UInt64?
  /// The documents.
  public let documents: Documents
  /// Held-out log-likelihood per document of each attempt, where several were made.
  public let attempts: [Double]
  /// Log-likelihood per document of ``documents``; `nil` where the learner gives no probabilities.
  public let logLikelihood: Double?

  /// Joins what is known.
  public init(
    learner: String, settings: [String: String], seed: UInt64?, documents: Documents,
    attempts: [Double] = [], logLikelihood: Double? = nil
  ) {
    (self.learner, self.settings, self.seed) = (learner, settings, seed)
    (self.documents, self.attempts, self.logLikelihood) = (documents, attempts, logLikelihood)
  }
}
