internal import Dispatch
internal import Foundation

extension Range where Bound == Int {
  /// The results for all numbers, in order, computed side by side and waited for.
  ///
  /// For short work that only computes; what reads files, or is to be handed over while the rest goes on,
  /// has threads of its own (`OrderedThreads`).
  ///
  /// - Parameters:
  ///   - threads: How many compute at once; as many as there are cores without it.
  ///   - transform: Gives a result; the error of the first number that has one is thrown when all are done.
  public func concurrentMap<Value: Sendable>(
    threads: Int? = nil, _ transform: @Sendable (Int) throws -> Value
  ) throws -> [Value] {
    try results(threads, transform).map { try $0.get() }
  }

  /// The same for what cannot fail.
  public func concurrentMap<Value: Sendable>(
    threads: Int? = nil, _ transform: @Sendable (Int) -> Value
  ) -> [Value] {
    results(threads, transform).compactMap { try? $0.get() }
  }

  private func results<Value: Sendable>(
    _ threads: Int?, _ transform: @Sendable (Int) throws -> Value
  ) -> [Result<Value, any Error>] {
    let collected = Collected<Value>(self)
    DispatchQueue.concurrentPerform(iterations: Swift.max(1, Swift.min(threads ?? count, count))) {
      _ in
      while let item = collected.next() {
        collected.set(item, Result { try transform(item) })
      }
    }
    return collected.all()
  }
}

/// Results by number; `@unchecked Sendable` because every access holds the lock.
private final class Collected<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private let items: Range<Int>
  private var values: [Result<Value, any Error>?]
  private var taken = 0

  init(_ items: Range<Int>) {
    self.items = items
    values = Array(repeating: nil, count: items.count)
  }

  func next() -> Int? {
    lock.withLock {
      guard taken < items.count else { return nil }
      taken += 1
      return items.lowerBound + taken - 1
    }
  }

  func set(_ item: Int, _ value: Result<Value, any Error>) {
    lock.withLock { values[item - items.lowerBound] = value }
  }

  func all() -> [Result<Value, any Error>] { lock.withLock { values.compactMap(\.self) } }
}

extension Array where Element: Sendable {
  /// The results for all elements, in order, computed on all cores.
  public func concurrentMap<Value: Sendable>(
    _ transform: @Sendable (Element) throws -> Value
  ) throws -> [Value] {
    try indices.concurrentMap { try transform(self[$0]) }
  }
}
