internal import Dispatch
internal import Foundation

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
    let count = bounds.count - 1
    let results = Collected<Result>(count: count)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
      while let chunk = results.next() {
        results.set(chunk, transform(bounds[chunk]..<bounds[chunk + 1]))
      }
    }
    return results.all()
  }
}

/// Results by place; `@unchecked Sendable` because every access holds the lock.
private final class Collected<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var values: [Value?]
  private var taken = 0

  init(count: Int) { values = Array(repeating: nil, count: count) }

  func next() -> Int? {
    lock.withLock {
      guard taken < values.count else { return nil }
      taken += 1
      return taken - 1
    }
  }

  func set(_ index: Int, _ value: Value) { lock.withLock { values[index] = value } }

  func all() -> [Value] { lock.withLock { values.compactMap { $0 } } }
}
