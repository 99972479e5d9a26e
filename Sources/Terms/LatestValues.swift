internal import Foundation

/// Values that are made once and kept while they are wanted: those that were wanted last, up to a number of bytes.
///
/// Whoever wants a value that another is making waits for it. Sendable because every access holds a lock.
package final class LatestValues<Key: Hashable & Sendable, Value: Sendable>: @unchecked Sendable {
  /// A value and the lock under which it is made.
  private final class Place: @unchecked Sendable {
    private let lock = NSLock()
    private var made: Value?

    /// The value; `nil` while it is being made.
    var value: Value? {
      guard lock.try() else { return nil }
      defer { lock.unlock() }
      return made
    }

    func value(_ make: () throws -> Value) rethrows -> Value {
      try lock.withLock {
        if let made { return made }
        let value = try make()
        made = value
        return value
      }
    }
  }

  private let lock = NSLock()
  /// The one that was wanted last is last.
  private var places: [(key: Key, place: Place)] = []
  private let mostBytes: Int
  private let keepsLast: Bool
  private let cost: @Sendable (Value) -> Int
  private static var most: Int { 64 }

  /// - Parameters:
  ///   - keepsLast: Whether the one that was wanted last stays, however large.
  ///   - cost: The bytes of a value, which may become more with time.
  package init(
    upTo mostBytes: Int, keepingLast keepsLast: Bool = true,
    cost: @escaping @Sendable (Value) -> Int
  ) {
    (self.mostBytes, self.keepsLast, self.cost) = (mostBytes, keepsLast, cost)
  }

  /// Bytes of all that are made.
  package var bytes: Int {
    lock.withLock { places.reduce(0) { $0 + ($1.place.value.map(cost) ?? 0) } }
  }

  /// The value of a key, made where none is kept.
  package func value(of key: Key, _ make: () throws -> Value) rethrows -> Value {
    let place = lock.withLock { () -> Place in
      let known = places.firstIndex { $0.key == key }
      let place = known.map { places.remove(at: $0).place } ?? Place()
      places.append((key, place))
      return place
    }
    do {
      let value = try place.value(make)
      lock.withLock { shorten() }
      return value
    } catch {
      lock.withLock { places.removeAll { $0.place === place } }
      throw error
    }
  }

  /// Lets go of what was wanted longest ago, and of what is too large.
  private func shorten() {
    var bytes = 0
    let kept = places.reversed().enumerated().filter { number, one in
      // One that is being made has no bytes yet, and others may wait for it.
      let own = one.place.value.map(cost) ?? 0
      let fits = bytes + own <= mostBytes && number < Self.most
      guard fits || (keepsLast && number == 0) else { return false }
      bytes += own
      return true
    }
    places = kept.reversed().map(\.element)
  }
}
