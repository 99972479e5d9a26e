/// What a run knows of a picture, apart from its curves.
public struct EvaluatedPicture: Hashable, Sendable {
  /// A likely class.
  public struct Class: Hashable, Sendable, Codable {
    /// Its index.
    public let index: Int
    /// Its probability, 0…1.
    public let probability: Float

    /// Describes a class.
    public init(index: Int, probability: Float) {
      (self.index, self.probability) = (index, probability)
    }
  }

  /// Two or more classes that are told apart from each other: one of a cluster, and the rest of it.
  public struct Pair: Hashable, Sendable {
    /// The place of the cluster among ``EvaluatedPicture/clusters``.
    public let cluster: Int
    /// c.
    public let fact: Int
    /// C′, likeliest first.
    public let foil: [Int]
  }

  /// What it is called, relative to the folder or the list that named it.
  public let name: String
  /// The checksum of its file; `nil` where even that could not be read.
  public let sha256: String?
  /// Why it could not be measured, in words; `nil` where it could.
  public let failure: String?
  /// The likeliest classes, K = min(top, Cum(mass)), likeliest first.
  public let likeliest: [Class]
  /// Their clusters, in order of their likeliest classes.
  public let clusters: [[Int]]
  /// By place among the run's methods: which have been measured. All of them where the picture is done.
  public let measured: [Bool]

  /// The pairs that maps are measured by: every class of each cluster of two or more, against the
  /// rest of its cluster. None where no two likely classes share a cluster.
  public var pairs: [Pair] { Self.pairs(of: clusters) }

  static func pairs(of clusters: [[Int]]) -> [Pair] {
    clusters.enumerated().filter { $1.count > 1 }.flatMap { place, cluster in
      cluster.map { fact in
        Pair(cluster: place, fact: fact, foil: cluster.filter { $0 != fact })
      }
    }
  }
}
