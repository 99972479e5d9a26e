internal import Terms

/// How far many searches side by side have come.
///
/// Problems of a batch end together, late; so what is counted is evaluations. How many a problem takes
/// is a usual number, and what those took that are done; the first to be done are quicker than most,
/// so that half of all must be before they count for more.
struct SearchWork {
  private let problems: Int
  private let expected: Double
  private var done = 0
  private var evaluations = 0
  private var reported = 0

  private static let steps = 1000

  /// - Parameter expected: How many evaluations a problem takes, about.
  init(problems: Int, expected: Double) { (self.problems, self.expected) = (problems, expected) }

  /// A problem is done after some evaluations.
  mutating func end(after count: Int) {
    done += 1
    evaluations += count
  }

  /// What to report while some problems have taken so many evaluations each.
  mutating func update(running: [Int]) -> ProgressUpdate {
    let weight = Double(problems) / 2
    let each = (Double(evaluations) + weight * expected) / (Double(done) + weight)
    let taken = Double(evaluations + running.reduce(0, +))
    // One that has taken more than is usual takes a fifth of that yet, whenever it is asked.
    let ahead =
      running.reduce(0) { $0 + max(each - Double($1), each / 5) }
      + each * Double(problems - done - running.count)
    let share = done == problems ? 1 : taken / (taken + ahead)
    reported = max(reported, Int(share * Double(Self.steps)))
    return ProgressUpdate(completed: reported, total: Self.steps)
  }
}
