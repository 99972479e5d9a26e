import Contrast
import Evaluation
import Faithfulness
import Foundation
import Statistics
import Terms
import TestSupport
import Testing

@testable import Evaluation

/// Known answers by hand, a second derivation in plain arrays, and invariance.
@Suite struct EvaluationTablesTests {
  /// `(1/n) Σ_{r=1}^{k} s(r)` of a straight line.
  static func cauc(_ a: Double, _ q: Double, _ k: Double) -> Double {
    a * (1 - q) * (k - k * (k - 1) / 200) / 100
  }

  /// Equation 5 of a straight line, τ = 5.
  static func cdrop(_ a: Double, _ q: Double, _ count: Double) -> Double {
    a * (1 - q) * (count / 100) / log2(1 + max(count, 5) / 5)
  }

  static func tables(_ runs: TabledRun...) throws -> [EvaluationTable] {
    try EvaluationTables(of: runs, seed: 7, replicates: 200).tables()
  }

  @Test func `a table's cell is the mean over pictures of the mean over a picture's pairs`() throws
  {
    let tables = try Self.tables(try MadeUpRun.small())
    // Of b.png the second pair has an empty map of CWOX-2s: both are measured on SWOX's 40 pixels, and
    // its score stays 0.1.
    let first = [
      Self.cauc(0.6, 0.3, 10), (Self.cauc(0.5, 0.2, 4) + Self.cauc(0.2, 0.5, 40)) / 2,
    ]
    let second = [Self.cauc(0.6, 0.3, 10), (Self.cauc(0.5, 0.2, 4) + 0.1 * 40 / 100) / 2]
    let cauc = tables[0]
    #expect(cauc.subject == .cauc)
    #expect(cauc.rows.map(\.title) == ["SWOX", "CWOX-2s"])
    #expect(
      cauc.columns == [
        .init(run: 0, explainer: .init(name: "rise", title: "RISE"), measure: .caucAmongSchemes)
      ])
    let cells = try cauc.cells.map { try #require($0[0]) }
    // A hundred terms of rounding.
    expectRelativelyClose(
      cells.map(\.mean.value), [first, second].map { ($0[0] + $0[1]) / 2 }, within: 1e-12)
    #expect(cells.map(\.pictureCount) == [2, 2])
    #expect(cells.map(\.isBest) == [true, false])
    let difference = try #require(cells[1].difference)
    expectRelativelyClose([difference.mean.value], [(second[1] - first[1]) / 2], within: 1e-12)
    // One of two pictures differs, the other not at all; one difference may be of either sign.
    #expect(difference.p == 1)
    #expect(cells[0].difference == nil)
  }

  @Test func `CDROP takes all salient pixels of each map, and an empty one drops nothing`() throws {
    let tables = try Self.tables(try MadeUpRun.small())
    let cells = try tables[1].cells.map { try #require($0[0]) }
    let first =
      (Self.cdrop(0.6, 0.3, 20) + (Self.cdrop(0.5, 0.2, 8) + Self.cdrop(0.2, 0.5, 40)) / 2) / 2
    let second = (Self.cdrop(0.6, 0.3, 10) + Self.cdrop(0.5, 0.2, 4) / 2) / 2
    expectRelativelyClose(cells.map(\.mean.value), [first, second], within: 1e-12)
    #expect(cells.map(\.isBest) == [first > second, second > first])
  }

  @Test func `explainers are compared on the smallest count among them, schemes among schemes`()
    throws
  {
    let run = try MadeUpRun.run(
      MadeUpRun.methods(["lime", "rise"], [.swox, .cwox2s]),
      [
        (
          MadeUpRun.picture("a", [[0, 1]], measured: [true, true, true, true]),
          [[30, 20, 9, 12], [7, 5, 0, 3]].map { $0.map { MadeUpRun.curves($0, 0.4, 0.25) } }
        )
      ])
    let tables = try Self.tables(run)
    let s = { Self.cauc(0.4, 0.25, $0) }
    let flat = 0.4 * 0.75
    expectRelativelyClose(
      tables[0].cells.joined().compactMap { $0?.mean.value },
      [
        (s(20) + s(5)) / 2, (s(9) + flat * 3 / 100) / 2, (s(20) + s(5)) / 2, (s(9) + s(3)) / 2,
      ], within: 1e-12)
    #expect(tables[2].subject == .explainers(.cwox2s))
    #expect(tables[2].rows.map(\.name) == ["lime", "rise"])
    let explainers = tables[2].cells.map { $0.compactMap { $0?.mean.value } }
    expectRelativelyClose(explainers.map { $0[0] }, [12.5, 7.5], within: 0)
    expectRelativelyClose(
      explainers.map { $0[1] }, Array(repeating: (s(12) + s(3)) / 2, count: 2), within: 1e-12)
    // One picture crowns nobody.
    #expect(tables.allSatisfy { !$0.cells.joined().contains { $0?.isBest == true } })
    // One picture has no interval, and its difference no chance to be significant.
    #expect(tables[0].cells[0][0]?.mean.interval == nil)
    #expect(tables[0].cells[1][0]?.difference?.p == 1)
  }

  @Test func `whole curves have tables of their own, and none where there are none`() throws {
    let tables = try Self.tables(try MadeUpRun.small())
    #expect(
      tables.map(\.subject) == [
        .cauc, .cdrop, .explainers(.cwox2s), .whole(.deletion), .whole(.insertion),
        .whole(.logOdds),
        .whole(.relativeProbability(without: 0.1)), .whole(.relativeProbability(without: 0.5)),
      ])
    let values = tables[3...].map { $0.cells[0][0]?.mean.value ?? .nan }
    // Straight lines: the area is half of where they start; the mean over a.png and b.png of 0.6 and
    // (0.5 + 0.2)/2. After A of the pixels p is a(1 − A). Ends are 1e-9 instead of 0.
    expectRelativelyClose(Array(values.prefix(2)), [0.2375, 0.2375], within: 1e-8)
    func relative(_ area: Double) -> Double {
      let pairs = [(0.6, 0.3), (0.5, 0.2), (0.2, 0.5)].map { a, q in
        a * (1 - area) / (a * (1 - area) + q)
      }
      return (pairs[0] + (pairs[1] + pairs[2]) / 2) / 2
    }
    expectRelativelyClose(Array(values[3...]), [relative(0.1), relative(0.5)], within: 1e-12)
    let without = try MadeUpRun.run(
      MadeUpRun.methods(["rise"], [.swox]), settings: MetricSettings(step: 1, wholeSteps: 0),
      [
        (
          MadeUpRun.picture("a", [[0, 1]], measured: [true]),
          [[MadeUpRun.curves(3, 0.5, 0.1, wholeCurves: false)]]
        )
      ])
    #expect(try Self.tables(without).map(\.subject) == [.cauc, .cdrop, .explainers(.swox)])
  }

  @Test func `the published arithmetic leaves out pairs without a drop, and says how many`() throws
  {
    var settings = MadeUpRun.settings
    settings.arithmetic = .published
    let pictures = [("a", [6, 9]), ("b", [0, 9]), ("c", [6, 6])].map { name, counts in
      (
        MadeUpRun.picture(name, [[0, 1]]),
        [counts.map { MadeUpRun.curves($0, 0.5, 0.1) }]
      )
    }
    let run = try MadeUpRun.run(
      MadeUpRun.methods(["rise"], [.swox, .cwox2s]), settings: settings, pictures)
    let cells = try Self.tables(run)[1].cells.map { try #require($0[0]) }
    #expect(cells.map(\.pictureCount) == [2, 3])
    #expect(cells.map(\.undefinedCount) == [1, 0])
    #expect(cells[1].difference?.pictureCount == 2)
    // CAUC takes that pair too: s stays 0.45 over 9 of 101 points, by trapezoid 8 lengths.
    let flat = try #require(try Self.tables(run)[0].cells[0][0])
    let fell = [6, 6].map { (length: Double) in
      0.45 * (length - 1 - (length - 1) * (length - 1) / 200) / 101
    }
    expectRelativelyClose(
      [flat.mean.value], [(fell[0] + 0.45 * 8 / 101 + fell[1]) / 3], within: 1e-12)
  }

  @Test(arguments: [
    ([20, 20, 10], [true, true, false]), ([10, 10, 10], [false, false, false]),
    ([9, 10, 20], [false, false, true]),
  ])
  func `the best of a column are those that equal it, where some are worse`(
    counts: [Int], best: [Bool]
  ) throws {
    let pictures = (0..<2).map { i in
      (
        MadeUpRun.picture("p\(i)", [[0, 1]], measured: [true, true, true]),
        [counts.map { MadeUpRun.curves($0, 0.5, 0.1) }]
      )
    }
    let run = try MadeUpRun.run(
      MadeUpRun.methods(["rise"], [.swox, .cwox1sA, .cwox2s]), pictures)
    let table = try #require(try Self.tables(run).first { $0.subject == .cdrop })
    #expect(table.cells.map { $0[0]?.isBest } == best)
    #expect(table.cells.allSatisfy { $0[0]?.mean.interval == nil })
  }

  /// Ten pictures of which the second scheme is better in all, a third in all but the smallest.
  static func tenPictures() throws -> TabledRun {
    let pictures = (1...10).map { i in
      (
        MadeUpRun.picture("p\(i)", [[0, 1]], measured: [true, true, true]),
        [[10, 10 + i, i == 1 ? 9 : 10 + 2 * i].map { MadeUpRun.curves($0, 0.5, 0.1) }]
      )
    }
    return try MadeUpRun.run(
      MadeUpRun.methods(["rise"], [.swox, .cwox1sA, .cwox2s]), pictures)
  }

  @Test func `p-values are Wilcoxon's over pictures, and Holm's over the table`() throws {
    let run = try Self.tenPictures()
    let table = try #require(try Self.tables(run).first { $0.subject == .cdrop })
    let differences = table.cells.compactMap { $0[0]?.difference }
    // Exact: of 2¹⁰ signs 1 has the smallest sum and 1 the next; twice that for both sides.
    expectRelativelyClose(differences.map(\.p), [2 / 1024, 4 / 1024], within: 1e-12)
    expectRelativelyClose(differences.map(\.adjustedP), [4 / 1024, 4 / 1024], within: 1e-12)
    #expect(table.comparisonCount == 2)
    let interval = try #require(differences[0].mean.interval)
    #expect(interval.contains(differences[0].mean.value) && interval.low > 0)
  }

  @Test func `runs stand side by side, and a method that one lacks is empty there`() throws {
    let other = try MadeUpRun.run(
      title: "other", MadeUpRun.methods(["lime"], [.cwox2s]),
      [(MadeUpRun.picture("z", [[2, 3]], measured: [true]), [[MadeUpRun.curves(5, 0.5, 0.1)]])])
    let tables = try Self.tables(try MadeUpRun.small(), other)
    #expect(tables[0].columns.map(\.run) == [0, 1])
    #expect(tables[0].columns.map { $0.explainer?.name } == ["rise", "lime"])
    #expect(tables[0].cells[0][1] == nil)
    #expect(tables[0].cells[1][1]?.difference == nil)
    #expect(tables[0].cells[1][1]?.isBest == false)
    #expect(tables[2].rows.map(\.name) == ["rise", "lime"])
    #expect(tables[2].columns.count == 6)
  }

  @Test func `another seed moves intervals and nothing else, the same seed nothing`() throws {
    let run = try Self.tenPictures()
    let one = try EvaluationTables(of: [run], seed: 1, replicates: 60).tables()
    #expect(try EvaluationTables(of: [run], seed: 1, replicates: 60).tables() == one)
    let other = try EvaluationTables(of: [run], seed: 2, replicates: 60).tables()
    #expect(other != one)
    #expect(
      other.map { $0.cells.map { $0.map { $0?.mean.value } } }
        == one.map { $0.cells.map { $0.map { $0?.mean.value } } })
  }
}
