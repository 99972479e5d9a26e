/// Clusters of clusters of classes, as the structure of a latent tree.
struct NestedClusters {
  /// Level 1 first; each level's clusters are unions of those of the level below.
  let levels: [[[Int]]]

  /// A latent for each cluster of each level; classes hang on those of level 1. A level that divides
  /// the classes as the one below it does is left out.
  ///
  /// Names are `Z`, the level, and a count from 1 in the order of a pass, depth first; with a dot
  /// between where there are more than nine levels.
  func tree(labels: [Int: String]) throws(LatentTreeError) -> LatentTree {
    var kept: [[[Int]]] = []
    for level in levels where level.count != kept.last?.count { kept.append(level) }
    // For each level the place of the cluster that each class is in.
    let homes = kept.map { level in
      var homes: [Int: Int] = [:]
      for (place, cluster) in level.enumerated() {
        for index in cluster { homes[index] = place }
      }
      return homes
    }
    var latents: [LatentTree.Latent] = []
    var leaves: [LatentTree.Leaf] = []
    let dot = kept.count > 9 ? "." : ""
    var counts = Array(repeating: 0, count: kept.count)
    func add(_ cluster: [Int], level: Int, below parent: Int?) {
      counts[level] += 1
      let place = latents.count
      latents.append(
        .init(name: "Z\(level + 1)\(dot)\(counts[level])", level: level + 1, parent: parent))
      guard level > 0 else {
        leaves += cluster.map { .init(index: $0, label: labels[$0] ?? "", parent: place) }
        return
      }
      var seen: Set<Int> = []
      for index in cluster {
        guard let home = homes[level - 1][index], seen.insert(home).inserted else { continue }
        add(kept[level - 1][home], level: level - 1, below: place)
      }
    }
    for cluster in kept.last ?? [] { add(cluster, level: kept.count - 1, below: nil) }
    return try LatentTree(latents: latents, leaves: leaves)
  }
}
