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
  private var similarities: [Double]
  private var sizes: [Double]
  private var active: [Int]

  /// - Complexity: memory O(classes²).
  init(_ counts: CoOccurrence, by association: Association) {
    count = counts.classes.count
    similarities = Array(repeating: 0, count: count * count)
    sizes = Array(repeating: 1, count: count)
    active = Array(0..<count)
    for place in 0..<count {
      for index in counts.starts[place]..<counts.starts[place + 1] {
        let other = Int(counts.others[index])
        similarities[place * count + other] = association.value(
          counts.counts[place], counts.counts[other], together: Int(counts.together[index]),
          of: counts.documents)
      }
    }
  }

  /// Every merge, as a class of each of its clusters.
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
      let mean =
        (own * similarities[cluster * count + other] + others * similarities[kept * count + other])
        / (own + others)
      similarities[kept * count + other] = mean
      similarities[other * count + kept] = mean
    }
    sizes[kept] = own + others
  }
}
