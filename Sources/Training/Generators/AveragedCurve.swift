/// Follows a loss from step to step, averaged over some two hundredths of a run.
struct AveragedCurve {
  private(set) var curve: LossCurve
  private let length: Int
  private var sum = 0.0
  private var count = 0

  init(name: String, stepCount: Int) {
    curve = LossCurve(name: name)
    length = max(stepCount / 200, 1)
  }

  /// - Parameter step: Counted from 1.
  mutating func add(_ value: Float, at step: Int) {
    sum += Double(value)
    count += 1
    guard count == length else { return }
    curve.add(sum / Double(count), at: step)
    (sum, count) = (0, 0)
  }
}
