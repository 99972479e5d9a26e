import Confusion
import Foundation
import TestSupport
import Testing

/// The adjusted Rand index: known answers, a re-derivation by counting pairs, published values.
@Suite struct AgreementTests {
  static func index(_ a: [[Int]], _ b: [[Int]]) throws -> Double? {
    try Partition(a).agreement(with: Partition(b))?.adjustedRandIndex
  }

  @Test func `six classes in two and in three clusters, by hand`() throws {
    // Pairs together in both: {1,2} and {4,5}: 2. In a: 3 + 3 = 6, in b: 1 + 1 + 1 = 3, of 15.
    // E = 6 · 3 / 15 = 1.2; (2 − 1.2) / ((6 + 3) / 2 − 1.2) = 0.8 / 3.3 = 8 / 33.
    let index = try #require(
      try Self.index([[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 6], [4, 5]]))
    #expect(abs(index - 8.0 / 33) < 1e-15)
  }

  @Test func `equal partitions agree wholly, in any order, trivial ones too`() throws {
    #expect(try Self.index([[1, 2], [3]], [[3], [2, 1]]) == 1)
    #expect(try Self.index([[1], [2], [3]], [[3], [2], [1]]) == 1)
    #expect(try Self.index([[1, 2, 3]], [[3, 1, 2]]) == 1)
  }

  @Test func `only common classes count`() throws {
    let agreement = try Partition([[1, 2, 77], [3, 4]]).agreement(
      with: Partition([[1, 2], [3, 4, 88, 99]]))
    #expect(agreement?.adjustedRandIndex == 1 && agreement?.commonClassCount == 4)
    #expect(try Self.index([[1], [2]], [[2], [3]]) == nil)
  }

  @Test func `pairs counted one by one give the same`() throws {
    let a = (0..<7).map { i in (0..<60).filter { $0 * $0 % 7 == i } }.filter { !$0.isEmpty }
    let b = (0..<5).map { i in (0..<60).filter { $0 * 3 % 5 == i } }
    let (first, second) = (try Partition(a), try Partition(b))
    var (both, own, other, all) = (0.0, 0.0, 0.0, 0.0)
    for x in 0..<60 {
      for y in 0..<x {
        let isInFirst = first.cluster(of: x) == first.cluster(of: y)
        let isInSecond = second.cluster(of: x) == second.cluster(of: y)
        all += 1
        if isInFirst { own += 1 }
        if isInSecond { other += 1 }
        if isInFirst && isInSecond { both += 1 }
      }
    }
    let expected = own * other / all
    let index = try #require(first.agreement(with: second)?.adjustedRandIndex)
    // The same sums in another order.
    #expect(abs(index - (both - expected) / ((own + other) / 2 - expected)) < 1e-12)
  }

  @Test(.enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
  func `the published trees agree as measured before`() throws {
    let data = try #require(References.data)
    let trees = try ["resnet50", "googlenet"].map {
      try TreeFile(contentsOf: data.appending(path: "trees/\($0).json").path).tree
    }
    for (level, expected) in [(1, 0.331), (2, 0.250), (3, 0.196), (4, 0.129)] {
      let agreement = try #require(
        try trees[0].partition(atLevel: level).agreement(with: trees[1].partition(atLevel: level)))
      // The values were noted to three digits.
      #expect(abs(agreement.adjustedRandIndex - expected) < 0.0005, "level \(level)")
      #expect(agreement.commonClassCount == 1000)
    }
  }
}
