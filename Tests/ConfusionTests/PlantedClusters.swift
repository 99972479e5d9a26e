import Confusion
import Terms

/// Documents drawn from clusters that are known.
enum PlantedClusters {
  /// 12 clusters of 5 classes: {0, 12, 24, …}, {1, 13, …}, … so that order tells nothing.
  static let clusters = (0..<12).map { cluster in (0..<5).map { cluster + 12 * $0 } }

  /// Each document names two or three classes of one cluster; one word in ten is any class instead.
  static func corpus(documents count: Int = 3000, seed: UInt64) throws -> Corpus {
    let stream = RandomStream(Seed(seed))
    return try Corpus(
      (0..<count).map { number in
        var stream = stream.stream(for: number)
        func pick(_ count: Int) -> Int { Int(stream.uniform() * Float(count)) }
        let cluster = clusters[pick(clusters.count)]
        let order = stream.permutation(of: cluster.count)
        var document: [Int] = []
        for place in order.prefix(2 + pick(2)) {
          let word = stream.uniform() < 0.1 ? pick(60) : cluster[place]
          if !document.contains(word) { document.append(word) }
        }
        return document
      })
  }

  static func isRecovered(_ partition: Partition) -> Bool {
    Set(partition.clusters.map(Set.init)) == Set(clusters.map(Set.init))
  }
}
