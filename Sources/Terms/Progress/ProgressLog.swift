/// Chooses what a log is told of a long work: nothing of the first two seconds, a line at most every
/// ten from then on, and none that it has been told already.
package struct ProgressLog: Sendable {
  /// Seconds of work that nobody needs to be told of.
  package static let patience = 2.0
  /// Seconds between two lines.
  package static let pause = 10.0

  private var last: Double?
  private var told: Set<String> = []

  /// An empty log.
  package init() {}

  /// What to write some seconds after the beginning; `nil` for nothing.
  ///
  /// - Parameter text: How far the work has come.
  package mutating func line(at seconds: Double, _ text: () -> String) -> String? {
    guard seconds >= Self.patience, last.map({ seconds - $0 >= Self.pause }) ?? true else {
      return nil
    }
    let text = text()
    guard told.insert(text).inserted else { return nil }
    last = seconds
    return text
  }
}
