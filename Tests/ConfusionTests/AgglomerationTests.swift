import Confusion
import Foundation
import Terms
import TestSupport
import Testing

/// Known answers, planted clusters, invariance and bad input.
@Suite struct AgglomerationTests {
  /// {0, 1} four times, {1, 2} twice, {0, 2} once, {3, 4} three times, {0, 3} once; 5 alone.
  static func toy() throws -> Corpus {
    try Corpus(
      Array(repeating: [0, 1], count: 4) + Array(repeating: [1, 2], count: 2) + [[0, 2]]
        + Array(repeating: [3, 4], count: 3) + [[3, 0], [5], [5]])
  }

  @Test func `companies are counted, and documents of one class are not`() throws {
    let counts = CoOccurrence(try Self.toy())
    #expect(counts.classes == [0, 1, 2, 3, 4, 5])
    #expect(counts.documents == 11)
    #expect(counts.counts == [6, 6, 3, 4, 3, 0])
    #expect(counts.pairCount == 5)
  }

  @Test func `average linkage by counts is what hand reckoning gives`() throws {
    // 0–1 at 4; 3–4 at 3; 2 to {0, 1} at (1 + 2)/2; {0, 1, 2} to {3, 4} at 1/6; 5 never.
    let dendrogram = try Agglomeration(by: .count, seed: 0).dendrogram(of: Self.toy())
    #expect(dendrogram.merges.map(\.first) == [0, 3, 2, 7])
    #expect(dendrogram.merges.map(\.second) == [1, 4, 6, 8])
    #expect(dendrogram.merges.map(\.size) == [2, 2, 3, 5])
    expectRelativelyClose(
      dendrogram.merges.map(\.similarity), [4, 3, 1.5, 1.0 / 6], within: 1e-15)
  }

  @Test func `Jaccard and normalised information are what hand reckoning gives`() throws {
    func first(_ association: Association) throws -> Double {
      try Agglomeration(by: association, seed: 0)
        .dendrogram(of: Corpus([[0, 1], [0, 1], [0, 2], [3, 4]])).merges[1].similarity
    }
    // 3–4 is 1 in both. 0–1: two documents with both of three with either; ln(2·4/(3·2))/−ln(2/4).
    #expect(abs(try first(.jaccard) - 2.0 / 3) < 1e-15)
    #expect(abs(try first(.pmi) - log(4.0 / 3) / log(2)) < 1e-15)
    // Always together, in every document: as alike as can be.
    let always = try Agglomeration(by: .pmi, seed: 0).dendrogram(of: Corpus([[0, 1], [1, 0]]))
    #expect(always.merges.map(\.similarity) == [1])
    // Together less often than by chance is 0, which joins nothing: 4/6 of 6/6.
    let never = try Agglomeration(by: .pmi, seed: 0).dendrogram(
      of: Corpus(
        Array(repeating: [0, 2], count: 3) + Array(repeating: [1, 3], count: 3) + [[0, 1]]))
    #expect(Set(try never.clusters(1)) == [[0, 2], [1, 3]])
  }

  @Test func `clusters that no document connects stay apart`() throws {
    let tree = try Agglomeration(by: .jaccard, clusterCounts: [4, 1], seed: 0).tree(of: Self.toy())
    #expect(try tree.partition(atLevel: 2).clusters == [[0, 1, 2, 3, 4], [5]])
    #expect(tree.roots.count == 2)
    #expect(try tree.joined().roots.count == 1)
  }

  @Test func `cuts become levels, each with its clusters`() throws {
    // By counts: planted clusters share documents less often than by chance, which is 0 otherwise.
    let settings = Agglomeration(by: .count, clusterCounts: [30, 12, 5, 2], seed: 0)
    let corpus = try PlantedClusters.corpus(seed: 1)
    let tree = try settings.tree(of: corpus, labels: [3: "three"])
    let dendrogram = try settings.dendrogram(of: corpus)
    for (level, count) in [30, 12, 5, 2].enumerated() {
      let found = try tree.partition(atLevel: level + 1).clusters
      #expect(Set(found.map(Set.init)) == Set(try dendrogram.clusters(count).map(Set.init)))
      #expect(found.count == count)
    }
    #expect(tree.leaves.map(\.label).filter { !$0.isEmpty } == ["three"])
  }

  @Test func `levels grow on clusters that are given`() throws {
    // {2, 3} to {4}: 3–4 three times, of two pairs. Class 5 is in none.
    let given = try Partition([[0, 1], [2, 3], [4]])
    let settings = Agglomeration(by: .count, clusterCounts: [2], seed: 0)
    let dendrogram = try settings.dendrogram(of: Self.toy(), joining: given)
    #expect(dendrogram.merges.map(\.first) == [1, 0])
    #expect(dendrogram.merges.map(\.second) == [2, 3])
    // {0, 1} to {2, 3, 4}: 1–2 twice, 0–2 once, 0–3 once, of six pairs.
    expectRelativelyClose(dendrogram.merges.map(\.similarity), [1.5, 4.0 / 6], within: 1e-15)
    let tree = try settings.tree(above: given, of: Self.toy())
    #expect(try tree.partition().clusters == given.clusters)
    #expect(try tree.partition(atLevel: 2).clusters == [[0, 1], [2, 3, 4]])
    // Single classes that are given are classes joined.
    let corpus = try PlantedClusters.corpus(seed: 2)
    let pmi = Agglomeration(seed: 0)
    let single = try Partition(corpus.classes.map { [$0] })
    #expect(try pmi.dendrogram(of: corpus, joining: single) == pmi.dendrogram(of: corpus))
  }

  @Test func `clusters that are equally alike but for rounding are joined`() throws {
    // Three clusters of three classes, each two alike by 5 on average: (1 + … + 9) / 9. In double
    // precision the sums of these orders, row by row and column by column, lead in a circle: each
    // cluster likes the next one best.
    let tables = [
      (0, 3, [6, 7, 8, 5, 4, 1, 9, 2, 3]), (0, 6, [6, 8, 3, 9, 4, 2, 5, 1, 7]),
      (3, 6, [6, 7, 8, 5, 4, 1, 9, 2, 3]),
    ]
    let documents = tables.flatMap { first, second, counts in
      counts.enumerated().flatMap { place, count in
        Array(repeating: [first + place / 3, second + place % 3], count: count)
      }
    }
    let given = try Partition([[0, 1, 2], [3, 4, 5], [6, 7, 8]])
    let dendrogram = try Agglomeration(by: .count, seed: 0)
      .dendrogram(of: Corpus(documents), joining: given)
    #expect(dendrogram.merges.map(\.size) == [2, 3])
    expectRelativelyClose(dendrogram.merges.map(\.similarity), [5, 5], within: 1e-15)
  }

  @Test func `too few documents to choose the number of clusters by say so`() throws {
    let settings = Agglomeration(seed: 0)
    #expect(throws: ClusteringError.tooFewDocuments(1)) {
      try settings.tree(of: Corpus([[1, 2]]))
    }
    #expect(throws: ClusteringError.tooFewDocuments(2)) {
      try settings.tree(of: Corpus([[1, 2], [3, 4]]))
    }
    // Whatever is held out of these, the rest names none of its classes.
    #expect(throws: ClusteringError.tooFewDocuments(5)) {
      try settings.tree(of: Corpus([[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]]))
    }
    #expect(throws: ClusteringError.nothingTogether(documents: 2)) {
      try settings.tree(of: Corpus([[1], [2]]))
    }
    #expect("\(ClusteringError.levels([]))".contains("no number of clusters is given"))
  }

  @Test func `names stay apart in a tree of many levels`() throws {
    let tree = try Agglomeration(clusterCounts: Array((20...40).reversed()), seed: 0)
      .tree(of: PlantedClusters.corpus(seed: 1))
    #expect(tree.height == 21)
    #expect(tree.latents.map(\.name).contains("Z11.1"))
  }

  @Test(arguments: [Association.pmi, .jaccard], [1, 2, 3] as [UInt64])
  func `planted clusters are found`(association: Association, seed: UInt64) throws {
    let tree = try Agglomeration(by: association, clusterCounts: [12], seed: 0)
      .tree(of: PlantedClusters.corpus(seed: seed))
    #expect(PlantedClusters.isRecovered(try tree.partition()))
  }

  @Test func `held-out documents find the number of planted clusters`() throws {
    let corpus = try PlantedClusters.corpus(seed: 4)
    let search = ClusterCountSearch(meanSizes: [1.2, 2.5, 5, 20], iterations: 30, seed: 3)
    let settings = Agglomeration(seed: 3)
    let best = try search.best(for: settings, corpus)
    #expect(best.clusterCount == 12)
    #expect(try search.trials(for: settings, corpus).map(\.clusterCount) == [3, 12, 24, 50])
    var faster = settings
    faster.threads = 4
    let tree = try settings.tree(of: corpus)
    #expect(try faster.tree(of: corpus) == tree)
  }

  @Test func `documents in another order give the same tree`() throws {
    let corpus = try PlantedClusters.corpus(seed: 5)
    let settings = Agglomeration(clusterCounts: [20, 5], seed: 0)
    let turned = corpus.selecting((0..<corpus.count).reversed())
    #expect(try settings.tree(of: turned) == settings.tree(of: corpus))
  }

  @Test func `impossible wishes are refused`() throws {
    let toy = try Self.toy()
    #expect(throws: ClusteringError.nothingTogether(documents: 2)) {
      try Agglomeration(clusterCounts: [1], seed: 0).tree(of: Corpus([[1], [2]]))
    }
    #expect(throws: ClusteringError.clusterCount(7, of: 6)) {
      try Agglomeration(clusterCounts: [7], seed: 0).tree(of: toy)
    }
    #expect(throws: ClusteringError.clusterCount(0, of: 6)) {
      try Agglomeration(clusterCounts: [3, 0], seed: 0).tree(of: toy)
    }
    for size in [0.5, -1, .nan] {
      #expect(throws: ClusteringError.self) {
        try ClusterCountSearch(meanSizes: [size], seed: 0).best(for: Agglomeration(seed: 0), toy)
      }
    }
    for fraction in [0, 1, -0.1] {
      #expect(throws: ClusteringError.heldOutFraction(fraction)) {
        try ClusterCountSearch(heldOutFraction: fraction, seed: 0)
          .best(for: Agglomeration(seed: 0), toy)
      }
    }
    for counts in [[], [3, 3], [2, 4]] {
      #expect(throws: ClusteringError.levels(counts)) {
        try Agglomeration(clusterCounts: counts, seed: 0).tree(of: toy)
      }
    }
  }
}
