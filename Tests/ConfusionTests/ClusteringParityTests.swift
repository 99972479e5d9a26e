import Confusion
import Foundation
import Terms
import TestSupport
import Testing

/// Parity with SciPy's linkage and networkx's modularity.
@Suite(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct ClusteringParityTests {
  struct Reference: Decodable {
    let classes: [Int]
    let heights: [Double]
    let cuts: [[Int]]
    let modularity: [Double]
  }

  @Test(arguments: Association.allCases)
  func `average linkage and modularity are those of SciPy and networkx`(
    association: Association
  ) throws {
    let folder = try References.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let corpus = try PlantedClusters.corpus(documents: 2000, seed: 11)
    let (documents, answer) = (
      folder.appending(path: "documents.txt").path, folder.appending(path: "answer.json")
    )
    try corpus.write(to: documents)
    _ = try References.run("clusters.py", [documents, association.rawValue, answer.path])
    let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: answer))

    let dendrogram = try Agglomeration(by: association, seed: 0).dendrogram(of: corpus)
    #expect(dendrogram.clusters == reference.classes.map { [$0] })
    // Means of at most 3600 numbers, taken in another order, from distances of up to 300.
    expectRelativelyClose(
      dendrogram.merges.map(\.similarity), reference.heights, within: 1e-9, floor: 0.1)
    let graph = ConfusionGraph(CoOccurrence(corpus))
    var modularities: [Double] = []
    for (count, cut) in try paired([14, 25], reference.cuts) {
      var clusters: [Int: [Int]] = [:]
      for (index, cluster) in try paired(reference.classes, cut) {
        clusters[cluster, default: []].append(index)
      }
      let partition = try Partition(clusters.sorted { $0.key < $1.key }.map(\.value))
      // Among equal counts which pair goes first is anybody's choice.
      if association != .count {
        #expect(try Set(dendrogram.clusters(count)) == Set(partition.clusters))
      }
      for resolution in [1, 2.5] {
        modularities.append(graph.modularity(of: partition, resolution: resolution))
      }
    }
    // The same sums in another order.
    expectRelativelyClose(modularities, reference.modularity, within: 1e-12, floor: 1)
  }
}
