internal import Foundation

/// Whether a person waits for an answer, before which work in the background stands back.
///
/// Sendable because every access holds the lock.
final class Hurry: @unchecked Sendable {
  private let lock = NSLock()
  private var count = 0

  /// Whether somebody waits.
  var isThere: Bool { lock.withLock { count > 0 } }

  /// Answers somebody who waits.
  func during<Value>(_ body: () async throws -> Value) async rethrows -> Value {
    lock.withLock { count += 1 }
    defer { lock.withLock { count -= 1 } }
    return try await body()
  }
}
