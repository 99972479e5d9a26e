public import Terms

/// A division of classes into clusters.
public struct Partition: Hashable, Sendable {
  /// The clusters; each class is in one.
  public let clusters: [[Int]]
  private let places: [Int: Int]

  /// Divides classes.
  ///
  /// - Throws: ``PartitionError/repeatedClass(_:)``, ``PartitionError/emptyCluster``.
  public init(_ clusters: [[Int]]) throws(PartitionError) {
    var places: [Int: Int] = [:]
    for (place, cluster) in clusters.enumerated() {
      if cluster.isEmpty { throw .emptyCluster }
      for label in cluster where places.updateValue(place, forKey: label) != nil {
        throw .repeatedClass(label)
      }
    }
    (self.clusters, self.places) = (clusters, places)
  }

  /// The cluster that a class is in, by its place in ``clusters``; `nil` for a class of none.
  public func cluster(of label: Int) -> Int? { places[label] }

  /// Some classes by the clusters they are in, in order of first appearance.
  ///
  /// A class of no cluster becomes its own, and is among ``Grouping/unclustered``.
  public func grouping(_ classes: [Int]) -> Grouping {
    var groups: [[Int]] = []
    var placed: [Int: Int] = [:]
    var unclustered: [Int] = []
    var seen: Set<Int> = []
    for label in classes where seen.insert(label).inserted {
      guard let cluster = places[label] else {
        unclustered.append(label)
        groups.append([label])
        continue
      }
      if let place = placed[cluster] {
        groups[place].append(label)
      } else {
        placed[cluster] = groups.count
        groups.append([label])
      }
    }
    return Grouping(groups: groups, unclustered: unclustered)
  }

  /// Some classes in groups.
  public struct Grouping: Hashable, Sendable {
    /// The groups, and the classes of each, in order of first appearance.
    public let groups: [[Int]]
    /// Classes that the partition does not know, each a group of its own.
    public let unclustered: [Int]

    /// Joins groups.
    public init(groups: [[Int]], unclustered: [Int] = []) {
      (self.groups, self.unclustered) = (groups, unclustered)
    }
  }
}

/// What can be wrong with a division of classes.
public enum PartitionError: Fault, Hashable {
  case repeatedClass(Int)
  case emptyCluster

  /// Whose the fault is.
  public var kind: FaultKind { .usage }

  /// One sentence that says what was wrong and what to do.
  public var description: String {
    switch self {
    case .repeatedClass(let index): "class \(index) is in two clusters; a class has one place"
    case .emptyCluster: "a cluster holds no class"
    }
  }
}
