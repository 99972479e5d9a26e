internal import Dispatch
internal import Foundation

extension Array where Element: Sendable {
  /// The results for all elements, in order, computed on all cores.
  func concurrentMap<Result: Sendable>(
    _ transform: @Sendable (Element) throws -> Result
  ) throws -> [Result] {
    let results = Collected<Result>(count: count)
    DispatchQueue.concurrentPerform(iterations: count) { i in
      results.set(i, Swift.Result { try transform(self[i]) })
    }
    return try results.all()
  }
}

/// Results by place; Sendable because every access holds the lock.
private final class Collected<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var values: [Result<Value, any Error>?]

  init(count: Int) { values = Array(repeating: nil, count: count) }

  func set(_ index: Int, _ value: Result<Value, any Error>) {
    lock.withLock { values[index] = value }
  }

  func all() throws -> [Value] {
    try lock.withLock { try values.compactMap { try $0?.get() } }
  }
}
