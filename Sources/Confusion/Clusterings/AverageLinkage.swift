/// Joins the two clusters that are most alike on average over all pairs of their members, again and
/// again.
///
///     s(A ∪ B, C) = (|A| s(A, C) + |B| s(B, C)) / (|A| + |B|)
///
/// Follows chains of nearest neighbours (Murtagh 1983), which for this linkage gives the merges of
/// the greedy algorithm in O(n²) time. Ties go to the neighbour that the chain came from, then to the
/// first.
struct AverageLinkage {
  private let count: Int
  /// Row by row; 0 means that no pair connects two clusters.
  private(set) var similarities: [Double]
  private var sizes: [Double]
  private var active: [Int]

  /// - Parameter clusters: What is joined; classes of none are left out.
  /// - Complexity: memory O(clusters²).
  init(_ clusters: [[Int]], _ counts: CoOccurrence, by association: Association) {
    count = clusters.count
    similarities = Array(repeating: 0, count: count * count)
    sizes = clusters.map { Double($0.count) }
    active = Array(0..<count)
    var homes: [Int: Int] = [:]
    for (place, cluster) in clusters.enumerated() {
      for index in cluster { homes[index] = place }
    }
    let places = counts.classes.map { homes[$0] }
    for place in places.indices {
      guard let home = places[place] else { continue }
      for index in counts.starts[place]..<counts.starts[place + 1] {
        let other = Int(counts.others[index])
        // Each pair of classes once: sums in another order differ in their last bit, and chains need
        // similarities that are the same both ways.
        guard let cluster = places[other], home < cluster else { continue }
        let value = association.value(
          counts.counts[place], counts.counts[other], together: Int(counts.together[index]),
          of: counts.documents)
        similarities[home * count + cluster] += value / (sizes[home] * sizes[cluster])
      }
    }
    for row in 0..<count {
      for column in 0..<row {
        similarities[row * count + column] = similarities[column * count + row]
      }
    }
  }

  /// Every merge, as a first cluster of each of those that it joins.
  mutating func pairs() -> [(first: Int, second: Int, similarity: Double)] {
    var pairs: [(first: Int, second: Int, similarity: Double)] = []
    var chain: [Int] = []
    while active.count > 1 {
      if chain.isEmpty { chain = [active[0]] }
      let top = chain[chain.count - 1]
      let previous = chain.count > 1 ? chain[chain.count - 2] : nil
      guard let (nearest, similarity) = nearest(to: top, preferring: previous) else {
        // Nothing connects it to the others, nor ever will.
        active.removeAll { $0 == top }
        chain.removeAll()
        continue
      }
      if nearest == previous {
        chain.removeLast(2)
        pairs.append((min(top, nearest), max(top, nearest), similarity))
        join(top, into: nearest)
      } else {
        chain.append(nearest)
      }
    }
    return pairs
  }

  private func nearest(to top: Int, preferring previous: Int?) -> (Int, Double)? {
    var best = previous.map { similarities[top * count + $0] } ?? 0
    var place = previous
    for other in active where other != top && similarities[top * count + other] > best {
      (best, place) = (similarities[top * count + other], other)
    }
    return place.map { ($0, best) }
  }

  private mutating func join(_ cluster: Int, into kept: Int) {
    let (own, others) = (sizes[cluster], sizes[kept])
    active.removeAll { $0 == cluster }
    for other in active where other != kept {
      let (one, two) = (similarities[cluster * count + other], similarities[kept * count + other])
      // Not above the larger one by rounding: the chain would come back to a cluster that is on it.
      let mean = min(max((own * one + others * two) / (own + others), min(one, two)), max(one, two))
      similarities[kept * count + other] = mean
      similarities[other * count + kept] = mean
    }
    sizes[kept] = own + others
  }
}
