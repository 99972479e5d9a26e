import Terms
import Testing

/// A work as it went: seconds after its beginning and steps done by then.
struct Timeline: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let total: Int
  let marks: [(seconds: Double, completed: Int)]
  var stages: [Int] = []

  /// The largest factor by which the time left was told wrong from a tenth of the work on, and where.
  ///
  /// The last second of a work is left out: of a remainder of less than that nothing is wrong by much.
  var worst: (factor: Double, at: Double) {
    var clock = ProgressClock()
    var worst = (factor: 1.0, at: 0.0)
    let end = marks[marks.count - 1].seconds
    for (i, mark) in marks.enumerated() {
      clock.add(
        ProgressUpdate(
          completed: mark.completed, total: total, stage: i < stages.count ? stages[i] : 0),
        at: mark.seconds)
      let left = end - mark.seconds
      guard Double(mark.completed) >= 0.1 * Double(total), left > 1 else { continue }
      guard let told = clock.secondsLeft(at: mark.seconds) else { continue }
      let factor = max(told, 0.5) / left
      if max(factor, 1 / factor) > worst.factor { worst = (max(factor, 1 / factor), mark.seconds) }
    }
    return worst
  }
}

@Suite struct ProgressClockTests {
  /// Steps of equal length behind some seconds of preparation.
  private static func steady(after setUp: Double, steps: Int, of seconds: Double) -> Timeline {
    Timeline(
      testDescription: "\(steps) steps of \(seconds) s after \(setUp) s", total: steps,
      marks: (1...steps).map { (setUp + seconds * Double($0), $0) })
  }

  @Test(arguments: [
    RecordedWork.rise, RecordedWork.summary, RecordedWork.evaluation,
    steady(after: 0, steps: 40, of: 1), steady(after: 8, steps: 500, of: 0.15),
    // As long to prepare as to work.
    steady(after: 60, steps: 100, of: 0.6),
    // Every step is longer than the one before, up to twice the first.
    Timeline(
      testDescription: "longer and longer", total: 200,
      marks: (1...200).map { (Double($0) * (1 + 0.5 * Double($0) / 200), $0) }),
    // The first twentieth takes half of the time, and is a part of its own.
    Timeline(
      testDescription: "two parts", total: 1000,
      marks: (1...1000).map { (Double($0) * ($0 <= 50 ? 1 : 0.05) + ($0 <= 50 ? 0 : 47.5), $0) },
      stages: (1...1000).map { $0 <= 50 ? 0 : 1 }),
  ]) func `the time left is right within a factor of two from a tenth of the work on`(
    _ work: Timeline
  ) {
    #expect(work.worst.factor <= 2, "wrong after \(work.worst.at) s")
  }

  @Test func `nothing is told before two steps in time are known`() {
    var clock = ProgressClock(before: 30)
    #expect(clock.secondsLeft(at: 5) == nil)
    clock.add(ProgressUpdate(completed: 30, total: 100), at: 5)
    #expect(clock.rate(at: 6) == nil)
    clock.add(ProgressUpdate(completed: 40, total: 100), at: 10)
    // What an earlier run had done does not count: ten steps in ten seconds.
    #expect(clock.rate(at: 10) == 1 && clock.secondsLeft(at: 10) == 60)
  }

  @Test func `a step that takes long makes the rest longer`() throws {
    var clock = ProgressClock()
    for step in 1...10 {
      clock.add(ProgressUpdate(completed: step, total: 20), at: Double(step))
    }
    #expect(clock.secondsLeft(at: 10) == 10)
    // Within the time of a step it counts down.
    #expect(clock.secondsLeft(at: 10.5) == 9.5)
    // Five steps in the later half of ten seconds; now in 5 + 19 of which one is the step's own.
    let late = try #require(clock.secondsLeft(at: 30))
    #expect(abs(late - (10 * 24 / 5 - 1)) < 1e-9)
  }

  @Test func `many updates are thinned and tell the same`() throws {
    var clock = ProgressClock()
    for step in 1...100_000 {
      clock.add(ProgressUpdate(completed: step, total: 200_000), at: Double(step) / 1000)
    }
    let left = try #require(clock.secondsLeft(at: 100))
    // Steps are a thousandth of a second; marks lie at most 400 of them apart.
    #expect(abs(left - 100) < 1)
  }
}

@Suite struct ProgressTextTests {
  @Test func `a log has a line every ten seconds at most, none twice, and none of short works`() {
    var log = ProgressLog()
    var lines: [(seconds: Double, text: String)] = []
    for tenth in 0..<1200 {
      let seconds = Double(tenth) / 10
      // The text changes every 25 seconds only.
      if let text = log.line(at: seconds, { "step \(tenth / 250)" }) {
        lines.append((seconds, text))
      }
    }
    #expect(lines.first?.seconds == 2)
    #expect(Set(lines.map(\.text)).count == lines.count && lines.count == 5)
    #expect(zip(lines, lines.dropFirst()).allSatisfy { $1.seconds - $0.seconds >= 10 })
    var short = ProgressLog()
    for tenth in 0..<20 {
      #expect(short.line(at: Double(tenth) / 10, { "step \(tenth)" }) == nil)
    }
  }

  @Test func `a line tells what is done, how fast, and what is left`() {
    var line = ProgressLine("RISE")
    #expect(line.text(at: 3) == "RISE  0:03")
    line.add(ProgressUpdate(completed: 0, total: 400), at: 1)
    #expect(line.text(at: 3) == "RISE    0 %")
    line.add(ProgressUpdate(completed: 100, total: 400, note: "so far"), at: 10)
    #expect(line.text(at: 10) == "RISE   25 %  10/s  0:30 left  so far")
    #expect(line.text(at: 10, bar: 8) == "RISE  [##......]   25 %  10/s  0:30 left  so far")
    #expect(!line.isDone)
    line.add(ProgressUpdate(completed: 400, total: 400), at: 75)
    #expect(line.isDone && line.text(at: 75) == "RISE  100 %  1:15")
  }

  @Test func `rates are of what people count`() {
    var line = ProgressLine("evaluation", before: 1000, unit: 1000)
    line.add(ProgressUpdate(completed: 1500, total: 3000, note: "7 of 9 points"), at: 20)
    #expect(line.text(at: 20) == "evaluation   50 %  40 s each  1:00 left  7 of 9 points")
  }
}
