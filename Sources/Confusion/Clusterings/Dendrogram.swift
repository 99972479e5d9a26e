/// Clusters joined two at a time, the most alike first.
public struct Dendrogram: Hashable, Sendable {
  /// Two clusters that become one.
  public struct Merge: Hashable, Sendable {
    /// The clusters: a place among those that there were at first, or their number plus that of an
    /// earlier merge.
    public let first: Int
    /// The other cluster, of the larger number.
    public let second: Int
    /// How alike they are: the mean over all pairs of a class of each.
    public let similarity: Double
    /// How many classes the two hold.
    public let size: Int
  }

  /// The clusters that there were at first: single classes, unless others were given.
  public let clusters: [[Int]]
  /// The merges, similarity never rising. Clusters that no pair connects are never joined, so there
  /// may be fewer than the clusters but one.
  public let merges: [Merge]

  /// Numbers clusters as merges are to name them.
  ///
  /// - Parameter pairs: One of the first clusters from each of two, in any order.
  init(_ clusters: [[Int]], pairs: [(first: Int, second: Int, similarity: Double)]) {
    let order = pairs.indices.sorted {
      (-pairs[$0].similarity, $0) < (-pairs[$1].similarity, $1)
    }
    var forest = UnionForest(count: clusters.count)
    merges = order.enumerated().map { number, place in
      let (left, right) = (
        forest.root(of: pairs[place].first), forest.root(of: pairs[place].second)
      )
      let names = (forest.names[left], forest.names[right])
      let size = forest.join(left, right, as: clusters.count + number)
      return Merge(
        first: min(names.0, names.1), second: max(names.0, names.1),
        similarity: pairs[place].similarity, size: size)
    }
    self.clusters = clusters
  }

  /// The clusters when merging stops at a number of them, or earlier, where nothing connects those
  /// that are left. Clusters and classes in order of their first class.
  ///
  /// - Throws: ``ClusteringError/clusterCount(_:of:)``.
  public func clusters(_ count: Int) throws(ClusteringError) -> [[Int]] {
    guard (1...max(clusters.count, 1)).contains(count) else {
      throw .clusterCount(count, of: clusters.count)
    }
    var members = Dictionary(uniqueKeysWithValues: clusters.enumerated().map { ($0, $1) })
    for (number, merge) in merges.prefix(clusters.count - count).enumerated() {
      members[clusters.count + number] =
        (members.removeValue(forKey: merge.first) ?? [])
        + (members.removeValue(forKey: merge.second) ?? [])
    }
    return members.values.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
  }
}

/// Sets that are joined, each by a root and a name.
private struct UnionForest {
  private var parents: [Int]
  private var sizes: [Int]
  private(set) var names: [Int]

  init(count: Int) {
    parents = Array(0..<count)
    sizes = Array(repeating: 1, count: count)
    names = parents
  }

  mutating func root(of item: Int) -> Int {
    var here = item
    while parents[here] != here {
      parents[here] = parents[parents[here]]
      here = parents[here]
    }
    return here
  }

  /// Joins two roots and returns how many items they hold.
  mutating func join(_ left: Int, _ right: Int, as name: Int) -> Int {
    parents[left] = right
    sizes[right] += sizes[left]
    names[right] = name
    return sizes[right]
  }
}
