public import Terms

/// Clusters of classes by modularity on the graph of what is confused (Blondel et al. 2008).
///
/// Classes move, in random order, to the neighbouring cluster where modularity gains most, until none
/// gains; then clusters become the nodes of a smaller graph, and so on. What each round leaves is a
/// level of the tree, the first round's level 1. For comparison with learnt latent trees. Classes
/// that no document connects end in clusters of their own.
///
/// - Randomness: the order of nodes in each round follows from `seed`; the same seed gives the same
///   tree, another seed may give another.
/// - Complexity: O(pairs) a sweep, and a few sweeps a round.
public struct Louvain: Hashable, Sendable {
  /// What the edges weigh.
  public var association: Association
  /// γ in ``ConfusionGraph/modularity(of:resolution:)``; above 1 for smaller clusters.
  public var resolution: Double
  /// What random choices follow from.
  public var seed: Seed

  /// Collects settings.
  public init(by association: Association = .count, resolution: Double = 1, seed: Seed) {
    (self.association, self.resolution, self.seed) = (association, resolution, seed)
  }

  /// Makes a tree of documents.
  ///
  /// - Parameters:
  ///   - corpus: The documents.
  ///   - labels: Names of classes, by index.
  /// - Throws: ``ClusteringError``.
  public func tree(of corpus: Corpus, labels: [Int: String] = [:]) throws -> LatentTree {
    let counts = CoOccurrence(corpus)
    guard counts.documents > 0 else {
      throw ClusteringError.nothingTogether(documents: corpus.count)
    }
    let partitions = try partitions(of: ConfusionGraph(counts, by: association))
    return try NestedClusters(levels: partitions.map(\.clusters)).tree(labels: labels)
  }

  /// The clusters after each round, finest first; one division at least.
  ///
  /// - Throws: ``ClusteringError/resolution(_:)``.
  public func partitions(of graph: ConfusionGraph) throws -> [Partition] {
    guard resolution > 0, resolution.isFinite else { throw ClusteringError.resolution(resolution) }
    var network = graph.network
    var homes = Array(graph.classes.indices)
    var partitions: [Partition] = []
    while true {
      var round = LouvainRound(network, resolution: resolution)
      let order = RandomStream(seed).stream(for: partitions.count)
      let communities = round.communities(order: order)
      let count = (communities.max() ?? -1) + 1
      if count == network.count, !partitions.isEmpty { break }
      homes = homes.map { communities[$0] }
      partitions.append(try Partition(clusters(graph.classes, homes, count: count)))
      if count == network.count { break }
      network = network.aggregated(communities, count: count)
    }
    return partitions
  }

  private func clusters(_ classes: [Int], _ homes: [Int], count: Int) -> [[Int]] {
    var clusters = [[Int]](repeating: [], count: count)
    for (index, home) in zip(classes, homes) { clusters[home].append(index) }
    return clusters
  }
}

/// One round: nodes move until no move gains.
struct LouvainRound {
  private let network: WeightedNetwork
  private let resolution: Double
  private var communities: [Int]
  /// The sum of degrees in each community.
  private var degrees: [Double]
  /// The weight between the node at hand and each community.
  private var links: [Double]

  init(_ network: WeightedNetwork, resolution: Double) {
    (self.network, self.resolution) = (network, resolution)
    communities = Array(0..<network.count)
    degrees = network.degrees
    links = Array(repeating: 0, count: network.count)
  }

  /// The community of each node, numbered in order of first appearance.
  mutating func communities(order stream: RandomStream) -> [Int] {
    var stream = stream
    let order = stream.permutation(of: network.count)
    var hasMoved = network.total > 0
    while hasMoved {
      hasMoved = false
      for node in order where move(node) { hasMoved = true }
    }
    var numbers: [Int: Int] = [:]
    return communities.map { community in
      if let number = numbers[community] { return number }
      numbers[community] = numbers.count
      return numbers.count - 1
    }
  }

  /// Moves a node to where modularity is largest; says whether it went anywhere.
  ///
  /// Up to what is the same for every community, m times the gain of joining c is
  /// `k_{i,c} − γ k_i k_c / 2m`.
  private mutating func move(_ node: Int) -> Bool {
    let own = communities[node]
    let degree = network.degrees[node]
    var touched: [Int] = []
    for index in network.starts[node]..<network.starts[node + 1] {
      let community = communities[Int(network.others[index])]
      if links[community] == 0 { touched.append(community) }
      links[community] += network.weights[index]
    }
    degrees[own] -= degree
    let factor = resolution * degree / (2 * network.total)
    var (best, gain) = (own, links[own] - factor * degrees[own])
    // Rounding must not send a node to and fro.
    let least = 1e-12 * network.total
    for community in touched.sorted() {
      let other = links[community] - factor * degrees[community]
      if other > gain + least { (best, gain) = (community, other) }
    }
    for community in touched { links[community] = 0 }
    degrees[best] += degree
    communities[node] = best
    return best != own
  }
}
