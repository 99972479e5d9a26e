/// How fast a work goes on, and how long it will take yet.
///
/// The speed is that of the later half of the time that the work, or its present stage, has
/// taken. So what comes before the first step, such as measuring which form of a network is the
/// fastest, soon stops to count, and a work whose steps grow longer is followed.
package struct ProgressClock: Sendable {
  private struct Mark {
    let seconds: Double
    let completed: Double
  }

  /// When what was done, since the present stage began; the first is its beginning.
  private var marks: [Mark]
  private var stage: Int?
  private var total = 0.0

  /// Begins at 0 seconds.
  ///
  /// - Parameter before: Steps that earlier work has done.
  package init(before: Int = 0) {
    marks = [Mark(seconds: 0, completed: Double(before))]
  }

  /// Takes an update that came some seconds after the beginning.
  package mutating func add(_ update: ProgressUpdate, at seconds: Double) {
    let mark = Mark(seconds: seconds, completed: Double(update.completed))
    total = Double(update.total)
    if let stage, stage != update.stage {
      // The update tells of the last step of the former stage or the first of the next.
      marks = [mark]
    } else if mark.completed > marks[marks.count - 1].completed {
      marks.append(mark)
      if marks.count > Self.mostMarks { thin() }
    }
    stage = update.stage
  }

  /// Steps a second; `nil` while nothing can be said of it.
  package func rate(at seconds: Double) -> Double? {
    guard marks.count > 1, let first = marks.first, let last = marks.last else { return nil }
    // A step that takes longer than the last one did slows the work down from then on.
    let step = last.seconds - marks[marks.count - 2].seconds
    let end = max(last.seconds, seconds - step)
    let middle = first.seconds + (last.seconds - first.seconds) / 2
    let start = marks.dropLast().first { $0.seconds >= middle } ?? marks[marks.count - 2]
    let elapsed = end - start.seconds
    return elapsed > 0 ? (last.completed - start.completed) / elapsed : nil
  }

  /// Seconds that the rest of the work takes at this rate; `nil` while nothing can be said of it.
  package func secondsLeft(at seconds: Double) -> Double? {
    guard let rate = rate(at: seconds), rate > 0, let last = marks.last else { return nil }
    let step = last.seconds - marks[marks.count - 2].seconds
    let since = min(max(seconds - last.seconds, 0), step)
    return max((total - last.completed) / rate - since, 0)
  }

  private static let mostMarks = 512

  /// Keeps every other mark, and the first and the last.
  private mutating func thin() {
    let end = marks.count - 1
    marks = marks.indices.filter { $0 % 2 == 0 || $0 == end }.map { marks[$0] }
  }
}
