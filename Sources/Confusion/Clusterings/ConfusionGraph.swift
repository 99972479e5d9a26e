/// Classes joined by how much they are confused.
public struct ConfusionGraph: Hashable, Sendable {
  /// The classes, by index.
  public let classes: [Int]
  let network: WeightedNetwork

  /// Weighs the pairs of classes that some document names together.
  public init(_ counts: CoOccurrence, by association: Association = .count) {
    classes = counts.classes
    var weights: [Double] = []
    weights.reserveCapacity(counts.others.count)
    for place in counts.classes.indices {
      for index in counts.starts[place]..<counts.starts[place + 1] {
        let other = Int(counts.others[index])
        weights.append(
          association.value(
            counts.counts[place], counts.counts[other], together: Int(counts.together[index]),
            of: counts.documents))
      }
    }
    network = WeightedNetwork(
      starts: counts.starts, others: counts.others, weights: weights,
      loops: Array(repeating: 0, count: classes.count))
  }

  /// How much more weight lies within clusters than chance would put there.
  ///
  ///     Q = Σ_clusters [ W_c / m − γ (k_c / 2m)² ]
  ///
  /// with `W_c` the weight within cluster c, `k_c` the sum of its classes' degrees, m all weight.
  /// Newman and Girvan 2004, γ after Reichardt and Bornholdt 2006. Classes of no cluster count as
  /// clusters of their own. 0 for a graph without edges.
  public func modularity(of partition: Partition, resolution: Double = 1) -> Double {
    let own = partition.clusters.count
    return network.modularity(
      of: classes.enumerated().map { partition.cluster(of: $1) ?? own + $0 },
      resolution: resolution)
  }
}

/// Nodes with weighted edges, each edge with both of its ends, and loops.
struct WeightedNetwork: Hashable, Sendable {
  let starts: [Int]
  let others: [Int32]
  let weights: [Double]
  /// The weight of each node's edge to itself.
  let loops: [Double]
  /// The sum of the weights at each node, loops twice.
  let degrees: [Double]
  /// The sum of all edges' weights, m.
  let total: Double

  init(starts: [Int], others: [Int32], weights: [Double], loops: [Double]) {
    (self.starts, self.others, self.weights, self.loops) = (starts, others, weights, loops)
    degrees = loops.indices.map { node in
      weights[starts[node]..<starts[node + 1]].reduce(2 * loops[node], +)
    }
    total = degrees.reduce(0, +) / 2
  }

  var count: Int { loops.count }

  func modularity(of communities: [Int], resolution: Double) -> Double {
    guard total > 0 else { return 0 }
    let count = (communities.max() ?? -1) + 1
    var inside = [Double](repeating: 0, count: count)
    var ends = inside
    for node in 0..<self.count {
      let own = communities[node]
      ends[own] += degrees[node]
      inside[own] += loops[node]
      for index in starts[node]..<starts[node + 1]
      where communities[Int(others[index])] == own {
        inside[own] += weights[index] / 2
      }
    }
    return zip(inside, ends).reduce(0) { sum, cluster in
      let share = cluster.1 / (2 * total)
      return sum + cluster.0 / total - resolution * share * share
    }
  }

  /// The network whose nodes are communities, 0 ..< count.
  func aggregated(_ communities: [Int], count: Int) -> WeightedNetwork {
    var members = [[Int]](repeating: [], count: count)
    for (node, community) in communities.enumerated() { members[community].append(node) }
    var (starts, others, weights): ([Int], [Int32], [Double]) = ([0], [], [])
    var loops = [Double](repeating: 0, count: count)
    var row = [Double](repeating: 0, count: count)
    for community in 0..<count {
      var touched: Set<Int> = []
      for node in members[community] {
        loops[community] += self.loops[node]
        for index in self.starts[node]..<self.starts[node + 1] {
          let other = communities[Int(self.others[index])]
          if other == community {
            loops[community] += self.weights[index] / 2
          } else {
            touched.insert(other)
            row[other] += self.weights[index]
          }
        }
      }
      for other in touched.sorted() {
        others.append(Int32(other))
        weights.append(row[other])
        row[other] = 0
      }
      starts.append(others.count)
    }
    return WeightedNetwork(starts: starts, others: others, weights: weights, loops: loops)
  }
}
