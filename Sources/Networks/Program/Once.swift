internal import Synchronization

/// A value that is made when it is first wanted, and kept with what it follows from.
final class Once<Value: Sendable>: Sendable {
  private let kept = Mutex<Value?>(nil)

  /// The value; two that want it at the same time may both make it, and get the same.
  func value(made make: () -> Value) -> Value {
    if let value = kept.withLock({ $0 }) { return value }
    let made = make()
    kept.withLock { $0 = made }
    return made
  }
}
