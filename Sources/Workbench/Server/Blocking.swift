internal import Dispatch

/// Work that computes or waits for files, on threads that are not those of Swift's cooperative pool.
enum Blocking {
  private static let queue = DispatchQueue(label: "rather.workbench", attributes: .concurrent)

  /// Runs a body on such a thread.
  static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws
    -> Value
  {
    try await withCheckedThrowingContinuation { continuation in
      queue.async { continuation.resume(with: Result { try body() }) }
    }
  }
}
