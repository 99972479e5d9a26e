/// The ways to find a tree.
public enum TreeMethod: String, CaseIterable, Codable, Hashable, Sendable {
  /// Hierarchical latent tree analysis.
  case hlta
  /// Agglomeration by average linkage.
  case agglomerative
  /// Modularity of the graph of what is confused.
  case louvain
}
