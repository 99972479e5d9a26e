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
  /// The documents that it was learnt from.
  public let documents: Documents
  /// Held-out log-likelihood per document of each attempt, where several were made.
  public let attempts: [Double]
  /// Log-likelihood per document of ``documents``; `nil` where the learner gives no probabilities.
  public let logLikelihood: Double?
  private let earlier: Earlier?

  private enum CodingKeys: String, CodingKey {
    case learner, settings, seed, documents, attempts, logLikelihood
    case earlier = "structure"
  }

  /// How the tree was found whose structure this one kept; `nil` where nothing was before.
  public var structure: TreeOrigin? { earlier?.origin }

  /// Joins what is known.
  public init(
    learner: String, settings: [String: String], seed: UInt64?, documents: Documents,
    attempts: [Double] = [], logLikelihood: Double? = nil, structure: TreeOrigin? = nil
  ) {
    earlier = structure.map { Earlier($0) }
    (self.learner, self.settings, self.seed) = (learner, settings, seed)
    (self.documents, self.attempts, self.logLikelihood) = (documents, attempts, logLikelihood)
  }
}

/// An origin inside another, written as it is.
private final class Earlier: Hashable, Sendable, Codable {
  let origin: TreeOrigin

  init(_ origin: TreeOrigin) { self.origin = origin }

  init(from decoder: any Decoder) throws { origin = try TreeOrigin(from: decoder) }

  func encode(to encoder: any Encoder) throws { try origin.encode(to: encoder) }

  static func == (one: Earlier, other: Earlier) -> Bool { one.origin == other.origin }

  func hash(into hasher: inout Hasher) { hasher.combine(origin) }
}
