/// A latent tree and how it was found.
public struct LearntTree: Hashable, Sendable {
  /// The tree, with probabilities.
  public let tree: LatentTree
  /// Documents of two classes or more: those that it was learnt from.
  public let documentCount: Int
  /// Documents of fewer than two classes, which say nothing of confusion.
  public let droppedCount: Int
  /// The number of latents of each level, level 1 first.
  public let levelSizes: [Int]
  /// Held-out log-likelihood per document of each attempt; empty where there was only one.
  public let attempts: [Double]
  /// Log-likelihood per document before each iteration of the final EM, and after the last.
  public let logLikelihoods: [Double]
}
