import Foundation
import Terms

/// Shows the progress of a work on standard error: on a terminal a bar that is drawn anew twice a
/// second, in a log a line now and then.
final class ProgressBar {
  private let start = Date()
  private var line: ProgressLine
  private var log = ProgressLog()

  /// - Parameters:
  ///   - before: Steps that an earlier run has done; they do not count for the rate.
  ///   - unit: Steps that are one thing to people.
  init(_ title: String, before: Int = 0, unit: Int = 1) {
    line = ProgressLine(title, before: before, unit: unit)
    draw()
  }

  deinit { StatusLine.shared.stopShowing(since: start) }

  func show(_ update: ProgressUpdate) {
    let seconds = Date().timeIntervalSince(start)
    line.add(update, at: seconds)
    if StatusLine.shared.isTerminal { return draw() }
    let line = line
    if let text = log.line(at: seconds, { line.text(at: seconds) }) { Console.message(text) }
  }

  private func draw() {
    StatusLine.shared.show(line, since: start)
  }
}
