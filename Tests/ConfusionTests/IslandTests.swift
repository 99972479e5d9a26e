import Foundation
import Terms
import TestSupport
import Testing

@testable import Confusion

/// Known answers by hand, and re-derivation of sparse statistics by counting everything.
@Suite struct IslandTests {
  static func cases(_ documents: [[Int]], variables: Int) -> Cases {
    var rows = SparseRows()
    for document in documents { rows.append(document.sorted().map(Int32.init), weight: 1) }
    return Cases(variableCount: variables, rows: rows, total: Double(documents.count))
  }

  static func random(_ count: Int, variables: Int, seed: UInt64) -> [[Int]] {
    var stream = RandomStream(Seed(seed))
    return (0..<count).map { _ in (0..<variables).filter { _ in stream.uniform() < 0.3 } }
  }

  @Test func `mutual information of three pairs is what it is by hand`() {
    // 0 and 1 always together, 0 and 2 never, 0 and 3 independent.
    let information = MutualInformation(
      of: Self.cases([[0, 1, 3], [0, 1], [2, 3], [2]], variables: 4))
    // Two values that say each other wholly, each half the time: ln 2. To the last bits.
    #expect(abs(information[0, 1] - log(2)) < 1e-15)
    #expect(abs(information[0, 2] - log(2)) < 1e-15)
    #expect(abs(information[0, 3]) < 1e-15)
    // 1 and 2 of 4: p ln(p/q) over the cells 1/4, 0, 1/4, 1/2.
    let mixed = MutualInformation.between(1, 2, together: 1, total: 4)
    #expect(abs(mixed - (0.25 * log(2) + 0.25 * log(2.0 / 3) + 0.5 * log(4.0 / 3))) < 1e-15)
  }

  @Test func `equal documents are one case, and every variable knows its cases`() {
    let cases = Self.cases([[0, 2], [1], [2, 0], [0, 2], []], variables: 3)
    #expect(cases.weights == [3, 1])
    #expect(cases.total == 5)
    #expect((0..<3).map { Array(cases.cases(of: $0)) } == [[0], [1], [0]])
    #expect(cases.shares == [0.6, 0.2, 0.6])
  }

  @Test(arguments: [1, 2, 3])
  func `patterns are counted as by looking at every document`(seed: UInt64) {
    let documents = Self.random(200, variables: 9, seed: seed)
    let cases = Self.cases(documents, variables: 9)
    var patterns = [Int32](repeating: 0, count: cases.count)
    var counts = PatternCounts(total: cases.total)
    for variable in [4, 0, 7] {
      let held = counts.holding(variable, in: cases, patterns)
      counts.add(variable, holding: held, in: cases, &patterns)
    }
    let held = counts.holding(2, in: cases, patterns)
    let found = counts.projected(on: [0, 1, 2], holding: held)
    for mask in 0..<16 {
      let count = documents.count { document in
        [4, 0, 7, 2].enumerated().allSatisfy { bit, variable in
          document.contains(variable) == (mask >> bit & 1 == 1)
        }
      }
      #expect(found.weights[mask] == Double(count))
    }
  }

  @Test func `nearest partners are kept right as variables go`() {
    let cases = Self.cases(Self.random(150, variables: 12, seed: 4), variables: 12)
    let information = MutualInformation(of: cases)
    var partners = NearestPartners(information)
    for gone in [[3, 7], [0], [11, 2, 5], [1]] {
      partners.remove(gone)
      var best = (-1.0, (0, 0))
      for i in partners.free {
        for j in partners.free where i != j && information[i, j] > best.0 {
          best = (information[i, j], (i, j))
        }
      }
      #expect(partners.closestPair.map { [$0.0, $0.1] } == [best.1.0, best.1.1])
    }
  }

  /// 0 to 3 come together, three at a time; so do 4 to 7 and 8 to 11.
  static let toy: [[Int]] = (0..<600).map { number in
    let base = 4 * (number % 3)
    return (base..<base + 4).filter { ($0 + number / 3) % 4 != 0 }
  }

  @Test func `three groups of a toy are three islands, and the tests' thresholds count`() {
    let cases = Self.cases(Self.toy + Array(repeating: [], count: 600), variables: 12)
    var learning = TreeLearning(seed: 0)
    func islands() -> [[Int]] {
      LevelLearning(cases, learning: learning, stream: RandomStream(0)).islands
        .map { $0.variables.sorted() }
    }
    #expect(islands() == [Array(0..<4), Array(4..<8), Array(8..<12)])
    // Where no gain is enough for the correlation test, three is all that an island gets.
    learning.correlationThreshold = 1e9
    #expect(islands().map(\.count) == [3, 3, 3, 3])
    // Where two latents always win, the third variable leaves with the fourth.
    (learning.correlationThreshold, learning.splitThreshold) = (nil, -1e9)
    #expect(islands().first?.count == 2)
  }

  @Test func `a case without an island's variables leaves its latent in state 0`() {
    var model = LatentClassModel(leafCount: 2)
    (model.prior, model.tables) = (0.8, [[0.9, 0.1], [0.8, 0.2]])
    let island = Island(variables: [5, 3], model: model)
    #expect(!island.isPresent(0))
    #expect(island.isPresent(3))
    #expect(island.model.prior == 1 - 0.8)
    #expect(island.model.tables[0] == [0.1, 0.9])
  }
}
