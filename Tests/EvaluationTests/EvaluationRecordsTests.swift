import Contrast
import Evaluation
import Faithfulness
import Files
import Foundation
import Terms
import TestSupport
import Testing

@testable import Evaluation

/// Known answers: what is counted of a run, and its rows.
@Suite struct EvaluationRecordsTests {
  @Test func `pictures, pairs and empty maps are counted, and what is left to do`() throws {
    let counts = try MadeUpRun.small().counts
    #expect((counts.named, counts.unreadable, counts.unfinished, counts.done) == (3, 0, 0, 3))
    #expect((counts.withPairs, counts.pairs) == (2, 3))
    #expect(counts.maps == [3, 3])
    #expect(counts.emptyMaps == [0, 1])
    let half = try MadeUpRun.run(
      MadeUpRun.methods(["rise"], [.swox, .cwox2s]),
      [
        (
          MadeUpRun.picture("a", [[0, 1]], measured: [true, false]),
          [[MadeUpRun.curves(3, 0.5, 0.1), nil], [MadeUpRun.curves(3, 0.4, 0.1), nil]]
        ),
        (MadeUpRun.picture("b", [], failure: "it is damaged"), []),
        (MadeUpRun.picture("c", [[0, 1]], measured: [false, false]), [[nil, nil], [nil, nil]]),
      ]
    ).counts
    #expect((half.named, half.unreadable, half.unfinished, half.done) == (3, 1, 2, 0))
    #expect((half.withPairs, half.pairs) == (1, 2))
    #expect(half.maps == [2, 0])
  }

  @Test func `a row a map, with everything that was measured of it`() throws {
    let table = try EvaluationRecords.table(of: [try MadeUpRun.small()])
    #expect(table.rowCount == 6)
    let lines = String(decoding: CSV.bytes(of: table), as: UTF8.self).split(separator: "\n")
    #expect(
      lines[0]
        == """
        run,picture,cluster,class,class_name,foils,foil_names,explainer,scheme,class_probability,\
        foil_probability,n_delta,cauc_among_schemes,cauc_among_explainers,cauc_own,cdrop,deletion,\
        insertion,log_odds,relative_probability_0.1,relative_probability_0.5
        """)
    let fields = lines[6].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    #expect(
      Array(fields.prefix(12))
        == [
          "net", "b.png", "1", "1", "violin", "0", "cello", "rise", "cwox-2s", "0.25", "0.5", "0",
        ])
    // Among schemes it stays 0.1 over SWOX's 40 of 100 pixels; alone among explainers it has no count.
    expectRelativelyClose([try #require(Double(fields[12]))], [0.04], within: 1e-12)
    #expect(fields[13...14] == ["", ""])
    #expect(fields[15] == "0.0")
  }

  @Test func `runs are stacked, foils are listed, and areas that a run lacks are missing`() throws {
    var settings = MadeUpRun.settings
    settings.areas = [0.5, 0.25]
    let other = try MadeUpRun.run(
      title: "other", MadeUpRun.methods(["lime"], [.swox]), settings: settings,
      [
        (
          MadeUpRun.picture("z", [[0, 2, 1]], measured: [true]),
          Array(repeating: [MadeUpRun.curves(5, 0.5, 0.5)], count: 3)
        )
      ])
    let table = try EvaluationRecords.table(of: [try MadeUpRun.small(), other])
    #expect(table.rowCount == 9)
    let columns = Dictionary(uniqueKeysWithValues: table.columns.map { ($0.name, $0.values) })
    guard case .text(let foils)? = columns["foil_names"],
      case .numbers(let early)? = columns["relative_probability_0.1"],
      case .numbers(let half)? = columns["relative_probability_0.5"]
    else {
      Issue.record("a column is missing")
      return
    }
    #expect(foils[6] == "viola, alto; violin")
    #expect(early[6] == nil && early[0] != nil)
    expectRelativelyClose([half[6] ?? .nan], [1 / 3], within: 1e-12)
  }
}
