internal import Metrics
internal import Synchronization

/// One number that a server counts or measures, or how often durations fell under some bounds.
final class NumberSeries: CounterHandler, MeterHandler, RecorderHandler, TimerHandler, Sendable {
  enum Kind: String { case counter, gauge, histogram }

  struct State {
    var value = 0.0
    var count = 0
    /// How many were at most each bound.
    var atMost = [Int](repeating: 0, count: NumberSeries.bounds.count)
  }

  /// Seconds under which durations are counted.
  static let bounds = [0.005, 0.025, 0.1, 0.5, 2, 10, 60]

  let kind: Kind
  let labels: [(String, String)]
  private let state = Mutex(State())

  init(_ kind: Kind, _ labels: [(String, String)]) { (self.kind, self.labels) = (kind, labels) }

  /// What it is now.
  var now: State { state.withLock { $0 } }

  func increment(by amount: Int64) { state.withLock { $0.value += Double(amount) } }
  func increment(by amount: Double) { state.withLock { $0.value += amount } }
  func decrement(by amount: Double) { state.withLock { $0.value -= amount } }
  func reset() { state.withLock { $0 = State() } }
  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { state.withLock { $0.value = value } }
  func record(_ value: Int64) { record(Double(value)) }
  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  func record(_ value: Double) {
    if kind == .gauge { return set(value) }
    state.withLock { state in
      state.value += value
      state.count += 1
      for (place, bound) in Self.bounds.enumerated() where value <= bound {
        state.atMost[place] += 1
      }
    }
  }
}
