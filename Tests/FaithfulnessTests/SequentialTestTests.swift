import Faithfulness
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// The plan against what follows from it by counting, and verdicts against those of all draws.
@Suite struct SequentialTestTests {
  /// Where one of n + 1 values that are alike is what is tested, each rank of it is as likely as the others.
  static func verdict(
    rank: Int, of order: [Int], by test: SequentialTest
  ) -> (passes: Bool, draws: Int, p: Double) {
    var exceeding = 0
    var drawn = 0
    for (place, look) in test.looks.enumerated() {
      while drawn < look.draws {
        if order[drawn] >= rank { exceeding += 1 }
        drawn += 1
      }
      let state = test.state(at: place, exceeding: exceeding)
      if state != .open {
        return (state == .passes, drawn, test.p(at: place, exceeding: exceeding))
      }
    }
    Issue.record("the last look decides nothing")
    return (false, drawn, 1)
  }

  @Test func `with 99 draws it passes after 29, 59 or 99 of them`() {
    let test = SequentialTest(draws: 99, significance: 0.05)
    #expect(test.looks.map(\.draws) == [9, 29, 59, 99])
    #expect(test.looks.map(\.most) == [nil, 0, 1, 3])
    #expect(test.hopeless == 4)
    // Nothing of 29 exceeds one that is alike once in 30 times.
    #expect(abs(test.p(at: 1, exceeding: 0) - 1.0 / 30) < 1e-12)
    #expect(test.state(at: 0, exceeding: 3) == .open && test.state(at: 0, exceeding: 4) == .fails)
  }

  @Test func `all draws are the usual randomisation test`() {
    for draws in [0, 5, 18, 19, 20, 99, 100, 500] {
      let test = SequentialTest(draws: draws, significance: 0.05, stopsEarly: false)
      #expect(test.looks.count == 1)
      for g in 0...draws {
        let p = Double(g + 1) / Double(draws + 1)
        #expect(test.p(at: 0, exceeding: g) == p)
        #expect(
          (test.state(at: 0, exceeding: g) == .passes) == (p <= 0.05 + 1e-9), "\(g) of \(draws)")
      }
    }
  }

  /// Every order of 7 values is equally likely, so counting all of them gives the probabilities.
  @Test func `its level is kept, and p with it, over every order of draws`() {
    let test = SequentialTest(draws: 6, significance: 0.4)
    #expect(test.looks.count > 2, "it has chances to stop: \(test.looks)")
    var found: [(passes: Bool, draws: Int, p: Double)] = []
    for order in Self.orders(of: Array(0..<7)) {
      found.append(Self.verdict(rank: order[6], of: Array(order.prefix(6)), by: test))
    }
    let count = Double(found.count)
    let level = Double(found.count { $0.passes }) / count
    #expect(level <= 0.4 + 1e-12 && level > 0.25, "it passes \(level) of orders")
    for p in Set(found.map(\.p)) {
      let share = Double(found.count { $0.p <= p + 1e-12 }) / count
      #expect(abs(share - p) < 1e-9, "p is \(p) or less in \(share) of orders")
    }
    #expect(found.allSatisfy { $0.passes == ($0.p <= level + 1e-12) })
  }

  private static func orders(of values: [Int]) -> [[Int]] {
    guard let first = values.first else { return [[]] }
    return orders(of: Array(values.dropFirst())).flatMap { rest in
      (0...rest.count).map { place in Array(rest[..<place]) + [first] + Array(rest[place...]) }
    }
  }

  /// The share of chance maps that pass is 0.0492 of 99 draws; of 4,000, 3 standard errors are 0.0103.
  @Test func `maps of chance pass as often as it says, and draws are saved`() {
    let test = SequentialTest(draws: 99, significance: 0.05)
    var stream = RandomStream(11)
    let found = (0..<4000).map { _ -> (passes: Bool, draws: Int, p: Double) in
      let order = stream.permutation(of: 100).map { Int($0) }
      return Self.verdict(rank: order[99], of: Array(order.prefix(99)), by: test)
    }
    let passing = Double(found.count { $0.passes }) / 4000
    #expect(abs(passing - 0.0492) < 0.0103, "\(passing) pass")
    let mean = Double(found.reduce(0) { $0 + $1.draws }) / 4000
    #expect(mean < 25, "a map of chance takes \(mean) of 99 draws")
  }

  @Test func `a check that stops draws the first controls of one that does not`() throws {
    let weights = MapCheckTests.row(2000, [700: 2, 3: 0.5])
    let maps = try [
      MapCheckTests.map(MapCheckTests.row(2000, [700: 1])),
      MapCheckTests.map(MapCheckTests.row(2000, [9: 1])),
      MapCheckTests.map(MapCheckTests.row(2000, [:])),
    ]
    let runner = try MapCheckTests.runner(weights)
    let all = try MapCheck(stopsEarly: false).results(of: maps, by: runner)
    let stopped = try MapCheck().results(of: maps, by: runner)
    #expect(stopped.map(\.verdict) == all.map(\.verdict))
    #expect(stopped.map { $0.drops?.controls.count } == [29, 9, nil])
    for (own, whole) in try paired(stopped, all) {
      let controls = own.drops?.controls ?? []
      #expect(controls == Array((whole.drops?.controls ?? []).prefix(controls.count)))
      #expect(own.curve == whole.curve)
    }
    let critical = stopped.map { $0.drops?.critical }
    let largest = stopped[0].drops?.controls.max()
    #expect(critical == [largest, nil, nil], "the largest of 29 is what a map must exceed")
    for (map, result) in try paired(maps, stopped) {
      #expect(try MapCheck().results(of: [map], by: runner) == [result], "alone as together")
    }
    let passes = try MapCheck().passes(of: maps, by: runner)
    var last = ProgressUpdate(completed: 0, total: 0)
    _ = try MapCheck().results(of: maps, by: runner) { last = $0 }
    #expect(passes.contains(last.completed) && last.completed == last.total)
  }

  @Test func `a large map's curve takes 32 steps at most, and an explicit step is kept`() throws {
    let values = MapCheckTests.row(2000, [:]).indices.map { Float($0 < 1500 ? 1 : 0) }
    let runner = try MapCheckTests.runner(MapCheckTests.row(2000, [700: 2]))
    let found = try MapCheck().results(of: [MapCheckTests.map(values)], by: runner)[0]
    #expect(found.metrics.curve.counts.count == 33 && found.metrics.curve.counts.last == 1500)
    let exact = MapCheck(steps: SettingFault.most, metrics: MetricSettings(step: 16))
    let counts = try exact.results(of: [MapCheckTests.map(values)], by: runner)[0].metrics.curve
      .counts
    #expect(counts.count == 95 && counts[1] == 16)
  }
}
