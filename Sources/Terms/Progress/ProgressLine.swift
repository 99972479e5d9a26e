internal import Foundation

/// A line that says how far a work has come: a bar, the rate, the time that is left.
package struct ProgressLine: Sendable {
  private let title: String
  private let unit: Int
  private var clock: ProgressClock
  private var update: ProgressUpdate?

  /// Begins a line.
  ///
  /// - Parameters:
  ///   - title: What the work is.
  ///   - before: Steps that an earlier run has done; they do not count for the rate.
  ///   - unit: Steps that are one thing to people, for whom the rate is written.
  package init(_ title: String, before: Int = 0, unit: Int = 1) {
    self.title = title
    self.unit = unit
    clock = ProgressClock(before: before)
  }

  /// Takes an update that came some seconds after the beginning.
  package mutating func add(_ update: ProgressUpdate, at seconds: Double) {
    self.update = update
    clock.add(update, at: seconds)
  }

  /// Whether all is done.
  package var isDone: Bool { update.map { $0.completed >= $0.total } ?? false }

  /// The line some seconds after the beginning.
  ///
  /// - Parameter bar: The bar's length in characters; `nil` for a line without one.
  package func text(at seconds: Double, bar: Int? = nil) -> String {
    guard let update else { return "\(title)  \(Self.time(seconds))" }
    var parts = [title]
    if let bar {
      let filled = min(max(Int(update.fraction * Double(bar)), 0), bar)
      parts.append(
        "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: bar - filled)
          + "]")
    }
    parts.append(String(format: "%3.0f %%", update.fraction * 100))
    if isDone {
      parts.append(Self.time(seconds))
    } else if let rate = clock.rate(at: seconds), let left = clock.secondsLeft(at: seconds) {
      parts.append(Self.rate(rate / Double(unit)))
      parts.append(Self.time(left) + " left")
    }
    if !update.note.isEmpty { parts.append(update.note) }
    return parts.joined(separator: "  ")
  }

  private static func rate(_ rate: Double) -> String {
    if rate < 0.1 { return String(format: "%.0f s each", 1 / rate) }
    return String(format: rate < 10 ? "%.1f/s" : "%.0f/s", rate)
  }

  private static func time(_ seconds: Double) -> String {
    let whole = Int(max(seconds, 0).rounded())
    return String(format: "%d:%02d", whole / 60, whole % 60)
  }
}
