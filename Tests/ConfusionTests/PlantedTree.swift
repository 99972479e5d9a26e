import Confusion
import Terms

/// Documents drawn from a tree of three levels that is known: groups of clusters of classes.
struct PlantedTree {
  let groups: Int
  let clustersEach: Int
  let classesEach: Int
  /// `P(class | its cluster is absent)`.
  let noise: Float

  var classCount: Int { groups * clustersEach * classesEach }

  /// The cluster that a class is in; neighbours are in different ones, so that order tells nothing.
  func cluster(of label: Int) -> Int { label % (groups * clustersEach) }

  func group(of label: Int) -> Int { cluster(of: label) % groups }

  /// The classes by cluster, and by group.
  func partition(_ place: (Int) -> Int) throws -> Partition {
    let places = Dictionary(grouping: 0..<classCount, by: place)
    return try Partition(places.keys.sorted().map { places[$0] ?? [] })
  }

  /// Each document has a group or two; a group its clusters with probability 0.5, a cluster its
  /// classes with probability 0.6.
  func corpus(documents count: Int, seed: UInt64) throws -> Corpus {
    let stream = RandomStream(Seed(seed))
    return try Corpus(
      (0..<count).map { number in
        var stream = stream.stream(for: number)
        let hasGroup = (0..<groups).map { _ in stream.uniform() < 1.2 / Float(groups) }
        let hasCluster = (0..<groups * clustersEach).map {
          stream.uniform() < (hasGroup[$0 % groups] ? 0.5 : 0.01)
        }
        return (0..<classCount).filter {
          stream.uniform() < (hasCluster[cluster(of: $0)] ? 0.6 : noise)
        }
      })
  }
}
