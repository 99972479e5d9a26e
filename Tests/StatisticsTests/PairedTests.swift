import Statistics
import Terms
import TestSupport
import Testing

/// Known answers, reductions, bad input; parity is in `SciPyTests`.
@Suite struct PairedTests {
  /// d = 1, 2, 3: d̄ = 2, s = 1, t = 2√3, and with ν = 2 P(T > t) = (1 − t/√(2 + t²))/2.
  @Test func `a paired t test of three differences is that by hand`() throws {
    let test = try PairedTTest([2, 4, 6], [1, 2, 3], alternative: .greater)
    expectRelativelyClose(
      [test.t, test.pValue], [2 * 3.0.squareRoot(), (1 - (12.0 / 14).squareRoot()) / 2],
      within: 1e-14)
    #expect(test.degreesOfFreedom == 2)
    #expect(test.interval == (try Summary(of: [1, 2, 3]).meanInterval()))
  }

  @Test func `lists that are identical have a p-value of 1`() throws {
    for alternative in Alternative.allCases {
      let list = [0.3, 0.1, 5]
      #expect(try PairedTTest(list, list, alternative: alternative).pValue == 1)
      #expect(try WilcoxonTest(list, list, alternative: alternative).pValue == 1)
      #expect(try RankSumTest([2, 2], [2, 2, 2], alternative: alternative).pValue == 1)
    }
    #expect(try WilcoxonTest([0.3, 0.1], [0.3, 0.1]).zeroCount == 2)
  }

  @Test func `a constant difference is certain by the t test and not by ranks`() throws {
    let differences = [0.25, 0.25, 0.25, 0.25]
    #expect(try PairedTTest(differences: differences).pValue == 0)
    #expect(try PairedTTest(differences: differences, alternative: .less).pValue == 1)
    let interval = try PairedTTest(differences: differences).interval
    #expect(interval == Interval(low: 0.25, high: 0.25, level: 0.95))
    // One of 2⁴ ways to sign four ranks of 2.5 has a sum of 10, and one of 0.
    let ranks = try WilcoxonTest(differences: differences)
    #expect(ranks.pValue == 2.0 / 16)
    #expect(ranks.z == nil && ranks.distribution == .exact)
  }

  @Test(arguments: 1...12)
  func `no differences have a p below what so many signs allow`(count: Int) throws {
    let least = 2 / Double(1 << count)
    for size in [0.5, 3] {
      let equal = [Double](repeating: size, count: count)
      for differences in [equal, equal + [0, 0], (1...count).map { size + Double($0 / 2) }] {
        #expect(try WilcoxonTest(differences: differences).pValue == min(1, least))
      }
    }
  }

  /// Differences and how often each way to sign them is as extreme, counted one by one.
  @Test func `signed ranks with ties and zeros are counted as by going through all signs`() throws {
    var stream = RandomStream(5)
    for count in 1...11 {
      // Few sizes, so that there are ties and zeros.
      let differences = (0..<count).map { _ in Double(Int(stream.next() % 7)) - 3 }
      let sizes = differences.map(abs).filter { $0 > 0 }
      let ranks = sizes.map { size in
        Double(sizes.count { $0 < size }) + (Double(sizes.count { $0 == size }) + 1) / 2
      }
      let sum = { (isPositive: (Int) -> Bool) in
        ranks.indices.reduce(0.0) { isPositive($1) ? $0 + ranks[$1] : $0 }
      }
      let kept = differences.filter { $0 != 0 }
      let found = sum { kept[$0] > 0 }
      let sums = (0..<(1 << sizes.count)).map { signs in sum { signs >> $0 & 1 == 1 } }
      let below = Double(sums.count { $0 <= found }) / Double(sums.count)
      let above = Double(sums.count { $0 >= found }) / Double(sums.count)
      for (alternative, p) in [
        (Alternative.less, below), (.greater, above), (.twoSided, min(1, 2 * min(below, above))),
      ] {
        let test = try WilcoxonTest(differences: differences, alternative: alternative)
        #expect(test.pValue == p, "\(differences), \(alternative)")
        #expect(test.distribution == .exact && test.positiveRankSum == found)
      }
    }
  }

  /// Of the 8 sets of ranks 1, 2, 3 that may be positive one has a sum of 6, one 5, one 4, two 3.
  @Test func `signed ranks of three differences are counted out`() throws {
    let p = try Alternative.allCases.map {
      try WilcoxonTest(differences: [3, 2, -1], alternative: $0).pValue
    }
    #expect(p == [0.5, 0.25, 0.875])
    let test = try WilcoxonTest(differences: [3, 2, -1])
    #expect(test.positiveRankSum == 5)
    #expect(test.negativeRankSum == 1)
    #expect(test.distribution == .exact)
    #expect(test.z == nil)
    #expect(try WilcoxonTest(differences: [2]).pValue == 1)
  }

  /// Of the 6 orders of two numbers among four, sums of ranks 3, 4, 5, 5, 6, 7.
  @Test func `rank sums of two against two are counted out`() throws {
    let p = try Alternative.allCases.map {
      try RankSumTest([3, 4], [1, 2], alternative: $0).pValue
    }
    let sixth = 1.0 / 6
    expectRelativelyClose(p, [2 * sixth, sixth, 1], within: 1e-15)
    // Ranks 1.5, 1.5, 3, 4: sums of two 3, 4.5, 5.5, 4.5, 5.5, 7, of which three are at least 5.5.
    let test = try RankSumTest([3, 1], [1, 2])
    #expect(test.u == 2.5)
    #expect(test.superiority == 0.625)
    #expect(test.distribution == .exact)
    expectRelativelyClose(
      [test.pValue, try RankSumTest([3, 1], [1, 2], alternative: .greater).pValue], [1, 0.5],
      within: 1e-15)
  }

  /// Groups of few different numbers, and how many choices of as many are as extreme, one by one.
  @Test func `rank sums with ties are counted as by going through all choices`() throws {
    var stream = RandomStream(6)
    for (first, second) in [(1, 1), (1, 4), (3, 3), (2, 6), (5, 4)] {
      let numbers = (0..<first + second).map { _ in Double(stream.next() % 4) }
      let wins = { (chosen: [Int]) in
        let others = numbers.indices.filter { !chosen.contains($0) }
        return chosen.reduce(0.0) { sum, i in
          others.reduce(sum) {
            $0 + (numbers[i] > numbers[$1] ? 1 : numbers[i] == numbers[$1] ? 0.5 : 0)
          }
        }
      }
      let choices = (0..<(1 << numbers.count)).map { bits in
        numbers.indices.filter { bits >> $0 & 1 == 1 }
      }.filter { $0.count == first }
      let found = wins(Array(0..<first))
      let above = Double(choices.count { wins($0) >= found }) / Double(choices.count)
      let below = Double(choices.count { wins($0) <= found }) / Double(choices.count)
      let p = try Alternative.allCases.map {
        try RankSumTest(
          Array(numbers.prefix(first)), Array(numbers.dropFirst(first)), alternative: $0
        ).pValue
      }
      // Shares of choices are multiplied up, not counted.
      expectRelativelyClose(p, [min(1, 2 * min(above, below)), above, below], within: 1e-12)
    }
  }

  @Test func `more than fifty numbers make the distribution normal`() throws {
    let many = (1...51).map(Double.init)
    #expect(try WilcoxonTest(differences: many).distribution == .normal)
    #expect(try WilcoxonTest(differences: Array(many.prefix(50)) + [0]).distribution == .exact)
    #expect(try RankSumTest(many, [3]).distribution == .normal)
    #expect(try RankSumTest(Array(many.prefix(49)), [3]).distribution == .exact)
  }

  @Test func `lists that do not belong together are refused`() {
    #expect(throws: StatisticsError.differentCounts(2, 1)) { try PairedTTest([1, 2], [1]) }
    #expect(throws: StatisticsError.differentCounts(2, 1)) { try WilcoxonTest([1, 2], [1]) }
    #expect(throws: StatisticsError.tooFew(1, needed: 2)) { try PairedTTest(differences: [1]) }
    #expect(throws: StatisticsError.tooFew(0, needed: 1)) { try WilcoxonTest(differences: []) }
    #expect(throws: StatisticsError.tooFew(0, needed: 1)) { try RankSumTest([1], []) }
    #expect(throws: StatisticsError.self) { try WilcoxonTest([1, 2], [.nan, 1]) }
  }
}
