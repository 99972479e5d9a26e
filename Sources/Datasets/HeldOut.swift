internal import Terms

/// Keeps every fifth picture of each class for testing, in an order that follows from a seed; the only one
/// of a class is learnt from.
struct HeldOut {
  /// The places of pictures to learn from.
  let learnt: [Int]
  /// The places of pictures to measure on.
  let kept: [Int]

  init(from labels: [Int], seed: Seed) {
    var learnt: [Int] = []
    var kept: [Int] = []
    let groups = Dictionary(grouping: labels.indices) { labels[$0] }
    for (label, group) in groups.sorted(by: { $0.key < $1.key }) {
      var stream = RandomStream(seed).stream(for: label)
      for (i, place) in stream.permutation(of: group.count).enumerated() {
        if i % 5 == 0, group.count > 1 {
          kept.append(group[place])
        } else {
          learnt.append(group[place])
        }
      }
    }
    (self.learnt, self.kept) = (learnt, kept)
  }
}
