import Confusion
import Terms
import TestSupport
import Testing

/// Known answers, planted clusters, invariants and bad input.
@Suite struct LouvainTests {
  /// Documents of two classes: each an edge.
  private func graph(_ edges: [[Int]]) throws -> ConfusionGraph {
    ConfusionGraph(CoOccurrence(try Corpus(edges)))
  }

  private static let triangles = [[0, 1], [1, 2], [0, 2], [3, 4], [4, 5], [3, 5], [2, 3]]

  /// Ten cliques of five, each joined to the next by an edge.
  private static let ring: [[Int]] = (0..<10).flatMap { clique in
    let nodes = (0..<5).map { 5 * clique + $0 }
    let inside = nodes.flatMap { a in nodes.filter { $0 > a }.map { [a, $0] } }
    return inside + [[nodes[4], (5 * clique + 5) % 50]]
  }

  @Test func `the modularity of two triangles with an edge between is 5/14`() throws {
    let graph = try graph(Self.triangles)
    // 2 · (3/7 − (7/14)²); all in one cluster: 7/7 − 1; each alone: −Σ (k/14)².
    let halves = try Partition([[0, 1, 2], [3, 4, 5]])
    #expect(abs(graph.modularity(of: halves) - 5.0 / 14) < 1e-15)
    #expect(abs(graph.modularity(of: try Partition([Array(0..<6)]))) < 1e-15)
    #expect(abs(graph.modularity(of: try Partition([])) + 34.0 / 196) < 1e-15)
    #expect(abs(graph.modularity(of: halves, resolution: 2) + 1.0 / 7) < 1e-15)
  }

  @Test(arguments: 0..<5)
  func `two triangles are two clusters, ten cliques ten`(seed: UInt64) throws {
    let two = try Louvain(seed: Seed(seed)).partitions(of: graph(Self.triangles))
    #expect(two.map(\.clusters.count) == [2])
    let graph = try graph(Self.ring)
    let ten = try #require(Louvain(seed: Seed(seed)).partitions(of: graph).last)
    #expect(Set(ten.clusters.map(Set.init)) == Set((0..<10).map { Set(5 * $0..<5 * $0 + 5) }))
    // 10 · (10/110 − (22/220)²).
    #expect(abs(graph.modularity(of: ten) - (10.0 / 11 - 0.1)) < 1e-14)
  }

  @Test(arguments: [1, 2, 3] as [UInt64], Association.allCases)
  func `planted clusters are found`(seed: UInt64, association: Association) throws {
    let tree = try Louvain(by: association, seed: 0).tree(of: PlantedClusters.corpus(seed: seed))
    #expect(PlantedClusters.isRecovered(try tree.partition(atLevel: tree.height)))
  }

  @Test(arguments: 0..<4)
  func `every round gains, and its clusters join those of the round before`(seed: UInt64) throws {
    // Few documents: a rough graph, on which several rounds are needed.
    let graph = ConfusionGraph(CoOccurrence(try PlantedClusters.corpus(documents: 150, seed: seed)))
    let partitions = try Louvain(seed: Seed(seed)).partitions(of: graph)
    #expect(partitions.count > 1)
    var before = graph.modularity(of: try Partition([]))
    for partition in partitions {
      let own = graph.modularity(of: partition)
      #expect(own > before)
      before = own
    }
    for (finer, coarser) in try neighbours(partitions) {
      for cluster in finer.clusters {
        #expect(Set(cluster.map { coarser.cluster(of: $0) }).count == 1)
      }
    }
  }

  @Test func `the first round leaves no class that gains by moving`() throws {
    let graph = ConfusionGraph(CoOccurrence(try PlantedClusters.corpus(documents: 150, seed: 9)))
    let first = try Louvain(seed: 9).partitions(of: graph)[0].clusters
    let best = graph.modularity(of: try Partition(first))
    for (from, cluster) in first.enumerated() {
      for index in cluster {
        for to in first.indices where to != from {
          var moved = first
          moved[from].removeAll { $0 == index }
          moved[to].append(index)
          #expect(graph.modularity(of: try Partition(moved.filter { !$0.isEmpty })) < best + 1e-12)
        }
      }
    }
  }

  @Test func `the same seed gives the same tree, and resolution smaller clusters`() throws {
    // So few documents that the order of moves matters.
    let corpus = try PlantedClusters.corpus(documents: 50, seed: 7)
    let tree = try Louvain(seed: 5).tree(of: corpus)
    #expect(try Louvain(seed: 5).tree(of: corpus) == tree)
    let others = try (6..<12).map { try Louvain(seed: Seed($0)).tree(of: corpus) }
    #expect(others.contains { $0 != tree })
    let finer = try Louvain(resolution: 8, seed: 5).tree(of: corpus)
    #expect(try finer.partition().clusters.count > tree.partition().clusters.count)
  }

  @Test func `classes without company end alone`() throws {
    let tree = try Louvain(seed: 0).tree(of: Corpus([[0, 1], [1, 0], [7], [2, 3], [9]]))
    #expect(try tree.partition().clusters == [[0, 1], [2, 3], [7], [9]])
  }

  @Test func `more classes than are counted in one pass lose no pair`() throws {
    let corpus = try Corpus((0..<2100).map { [$0, $0 + 2100] })
    let counts = CoOccurrence(corpus)
    #expect(counts.pairCount == 2100)
    let clusters = try Louvain(seed: 0).partitions(of: ConfusionGraph(counts))[0].clusters
    #expect(Set(clusters) == Set((0..<2100).map { [$0, $0 + 2100] }))
  }

  @Test func `no company at all and a resolution of nothing are refused`() throws {
    #expect(throws: ClusteringError.nothingTogether(documents: 2)) {
      try Louvain(seed: 0).tree(of: Corpus([[1], [2]]))
    }
    for resolution in [0, -1, .infinity] {
      #expect(throws: ClusteringError.resolution(resolution)) {
        try Louvain(resolution: resolution, seed: 0).tree(of: Corpus([[1, 2]]))
      }
    }
  }
}
