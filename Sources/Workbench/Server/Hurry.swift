internal import Synchronization

/// Whether a person waits for an answer, before which work in the background stands back.
final class Hurry: Sendable {
  private let count = Mutex(0)

  /// Whether somebody waits.
  var isThere: Bool { count.withLock { $0 > 0 } }

  /// Answers somebody who waits.
  func during<Value>(_ body: () async throws -> Value) async rethrows -> Value {
    count.withLock { $0 += 1 }
    defer { count.withLock { $0 -= 1 } }
    return try await body()
  }
}
