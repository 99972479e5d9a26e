internal import Terms

/// Shares of a long list whose number and bounds do not depend on how many threads work on them, so
/// that what is summed over them in order is the same for any number of threads.
struct Chunks: Sendable {
  /// The most shares that there are.
  static let limit = 64

  /// Where each share starts, and where the last one ends.
  let bounds: [Int]

  /// Shares of about equal weight, where `starts` says how much weight lies before each item.
  ///
  /// - Parameter least: The least weight that is worth a share.
  init(starts: UnsafeBufferPointer<Int>, least: Int = 2048) {
    let (items, weight) = (starts.count - 1, starts.last ?? 0)
    let count = max(1, min(Self.limit, weight / least, items))
    var bounds = [0]
    var item = 0
    for share in 1..<count {
      while item < items, starts[item] < weight * share / count { item += 1 }
      bounds.append(item)
    }
    self.bounds = bounds + [items]
  }

  /// Shares of a list whose items weigh the same.
  init(count: Int, least: Int = 16) {
    let shares = max(1, min(Self.limit, count / least))
    bounds = (0...shares).map { count * $0 / shares }
  }

  /// What a function gives for each share, in order.
  func map<Result: Sendable>(
    threads: Int, _ transform: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    (0..<bounds.count - 1).concurrentMap(threads: threads) { share in
      transform(bounds[share]..<bounds[share + 1])
    }
  }
}
