import Statistics
import Terms
import TestSupport
import Testing

/// Known answers, reductions, invariance, bad input.
@Suite struct BootstrapTests {
  static func draws(_ count: Int, _ seed: Seed) -> [Double] {
    var stream = RandomStream(seed)
    return (0..<count).map { _ in Double(stream.normal()) }
  }

  static func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }

  /// Means of two of 0 and 1 are 0, ½, ½, 1.
  @Test func `two units have three means`() throws {
    let units: [Double] = [0, 1]
    let wide = try Bootstrap(seed: 1, level: 0.95).meanInterval(of: units)
    #expect(wide == Interval(low: 0, high: 1, level: 0.95))
    let narrow = try Bootstrap(seed: 1, level: 0.4).meanInterval(of: units)
    #expect(narrow == Interval(low: 0.5, high: 0.5, level: 0.4))
  }

  /// Percentiles lie between neighbours: of 3 replicates a quarter is half-way from first to second.
  @Test func `percentiles are interpolated between replicates in order`() throws {
    let bootstrap = try Bootstrap(replicateCount: 3, seed: 4, level: 0.5)
    let replicates = [9.0, 1, 3]
    var next = replicates.makeIterator()
    let interval = try bootstrap.interval(of: [0, 0]) { _ in next.next() ?? .nan }
    #expect(interval == Interval(low: 2, high: 6, level: 0.5))
  }

  /// Resampled means of n units have the deviation √(Σ (x − x̄)²/n²).
  @Test func `the interval of a mean is that of its normal limit`() throws {
    let units = Self.draws(400, 5)
    let summary = try Summary(of: units)
    let deviation = try #require(summary.standardDeviation) * (399.0 / 400).squareRoot() / 20
    let interval = try Bootstrap(replicateCount: 1000, seed: 6, level: 0.8).meanInterval(of: units)
    let half = Normal.upperQuantile(0.1) * deviation
    // An end of 1000 replicates varies by .054 deviations; this is three of those.
    let ends = (interval.low - summary.mean + half, interval.high - summary.mean - half)
    #expect(abs(ends.0) < 0.17 * deviation && abs(ends.1) < 0.17 * deviation)
  }

  @Test func `intervals hold the true mean as often as they say`() throws {
    let held = try (0..<150).count { trial in
      try Bootstrap(replicateCount: 150, seed: Seed(UInt64(trial)), level: 0.8)
        .meanInterval(of: Self.draws(20, Seed(UInt64(1000 + trial)))).contains(0)
    }
    // Of 20 units .77 are expected, 115 of 150, with a deviation of 5; these are three of those.
    #expect((100...131).contains(held))
  }

  @Test func `the same seed gives the same interval, another seed another`() throws {
    let units = Self.draws(30, 1)
    let interval = try Bootstrap(replicateCount: 100, seed: 2).meanInterval(of: units)
    #expect(interval == (try Bootstrap(replicateCount: 100, seed: 2).meanInterval(of: units)))
    #expect(interval != (try Bootstrap(replicateCount: 100, seed: 3).meanInterval(of: units)))
  }

  @Test func `replicates depend on their number alone, on whatever thread`() async throws {
    let bootstrap = try Bootstrap(seed: 8)
    let inOrder = (0..<20).map { bootstrap.places(ofReplicate: $0, count: 50) }
    let atOnce = await withTaskGroup(of: (Int, [Int]).self) { group in
      for i in (0..<20).reversed() {
        group.addTask { (i, bootstrap.places(ofReplicate: i, count: 50)) }
      }
      return await group.reduce(into: [Int: [Int]]()) { $0[$1.0] = $1.1 }
    }
    #expect((0..<20).map { atOnce[$0] } == inOrder)
    #expect(Set(inOrder).count == 20)
    #expect(inOrder.joined().allSatisfy { (0..<50).contains($0) })
    // More replicates begin with the same ones, so what a run adds changes nothing before it.
    let longer = try Bootstrap(replicateCount: 9, seed: 8)
    #expect(longer.places(ofReplicate: 7, count: 50) == inOrder[7])
  }

  @Test func `every place is drawn equally often`() throws {
    let bootstrap = try Bootstrap(seed: 9)
    var counts = [Int](repeating: 0, count: 7)
    for replicate in 0..<1000 {
      for place in bootstrap.places(ofReplicate: replicate, count: 7) { counts[place] += 1 }
    }
    // 7000 draws of chance 1/7 vary by 29; these are four of those.
    #expect(counts.allSatisfy { abs($0 - 1000) < 117 })
  }

  @Test func `columns have the intervals of each alone, of the same units`() throws {
    let bootstrap = try Bootstrap(replicateCount: 60, seed: 10)
    let (first, second) = (Self.draws(25, 1), Self.draws(25, 2))
    let difference = zip(first, second).map { $0 - $1 }
    let together = try bootstrap.meanIntervals(of: [first, second, difference])
    #expect(
      together == (try [first, second, difference].map { try bootstrap.meanInterval(of: $0) }))
    // The difference of columns is resampled as its columns are.
    let pairs = Array(zip(first, second))
    let paired = try bootstrap.interval(of: pairs) {
      Self.mean($0.map(\.0)) - Self.mean($0.map(\.1))
    }
    // Means are rounded before they are subtracted.
    expectRelativelyClose(
      [paired.low, paired.high], [together[2].low, together[2].high], within: 1e-12)
  }

  @Test func `intervals of means move and stretch with the units`() throws {
    let bootstrap = try Bootstrap(replicateCount: 60, seed: 11)
    let units = Self.draws(25, 3)
    let plain = try bootstrap.meanInterval(of: units)
    let moved = try bootstrap.meanInterval(of: units.map { 8 - 4 * $0 })
    // Other roundings of the same sums.
    expectRelativelyClose(
      [moved.low, moved.high], [8 - 4 * plain.high, 8 - 4 * plain.low], within: 1e-13)
    let general = try bootstrap.interval(of: units, statistic: Self.mean)
    expectRelativelyClose([plain.low, plain.high], [general.low, general.high], within: 1e-12)
    let constant = try bootstrap.meanInterval(of: [0.1, 0.1, 0.1])
    #expect(constant == Interval(low: 0.1, high: 0.1, level: 0.95))
  }

  @Test func `what cannot be resampled is refused`() throws {
    let bootstrap = try Bootstrap(replicateCount: 5, seed: 0)
    #expect(throws: StatisticsError.tooFew(1, needed: 2)) { try bootstrap.meanInterval(of: [1]) }
    #expect(throws: StatisticsError.tooFew(1, needed: 2)) {
      try bootstrap.interval(of: ["one"]) { _ in 0 }
    }
    #expect(throws: StatisticsError.differentCounts(2, 3)) {
      try bootstrap.meanIntervals(of: [[1, 2], [1, 2, 3]])
    }
    #expect(throws: StatisticsError.statisticNotFinite(.infinity, replicate: 0)) {
      try bootstrap.interval(of: [1, 2]) { _ in .infinity }
    }
    #expect(throws: CancellationError.self) {
      try bootstrap.interval(of: [1, 2]) { _ in throw CancellationError() }
    }
    #expect(throws: StatisticsError.replicateCountOutOfRange(0)) {
      try Bootstrap(replicateCount: 0, seed: 0)
    }
    #expect(throws: StatisticsError.levelOutOfRange(1)) { try Bootstrap(seed: 0, level: 1) }
    #expect(try bootstrap.meanIntervals(of: []).isEmpty)
  }
}
