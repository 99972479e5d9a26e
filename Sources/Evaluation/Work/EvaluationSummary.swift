/// What is in a run, and what the last work on it took.
public struct EvaluationSummary: Hashable, Sendable, Encodable {
  /// The path of the run's folder.
  public let path: String
  /// How many pictures it holds.
  public let pictures: Int
  /// How many of those asked for could not be read.
  public let failed: Int
  /// How many pictures have no two likely classes in one cluster.
  public let pairless: Int
  /// How many pairs of a class and the rest of its cluster the others have.
  public let pairs: Int
  /// How many methods it holds.
  public let methods: Int
  /// How many altered pictures the network was asked about by the last work.
  public let alteredPictures: Int
  /// How many more it would have been asked about had maps not shared them.
  public let sharedPictures: Int
}
