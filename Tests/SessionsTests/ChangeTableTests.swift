import Foundation
import Networks
import Report
import Tensors
import TestSupport
import Testing

@testable import Sessions

/// Known answers: kinds of change, their order, and which class a folder names.
@Suite struct ChangeTableTests {
  static func row(
    _ name: String, _ old: String, _ new: String, shift: Float? = nil, truth: String? = nil,
    probability: Float = 0.5
  ) -> AnswerRow {
    AnswerRow(
      path: name,
      picture: .init(
        name: name, sha256: "", old: .init(label: old, probability: 0.5),
        new: .init(label: new, probability: probability), shift: shift, truth: truth))
  }

  @Test func `the commonest kind comes first, then the one with the larger mean shift`() {
    let table = ChangeTable([
      Self.row("1", "a", "b", shift: 1), Self.row("2", "a", "a"), Self.row("3", "b", "a", shift: 9),
      Self.row("4", "b", "c", shift: 2), Self.row("5", "a", "b", shift: 3),
      Self.row("6", "c", "a"), Self.row("7", "c", "c"),
    ])
    #expect(table.counts.pictures == 7 && table.counts.changed == 5 && table.counts.truth == nil)
    // Two of seven are as before.
    #expect(abs(table.counts.agreement - 2.0 / 7) < 1e-12)
    #expect(table.changes.map { $0.old + $0.new } == ["ab", "ba", "bc", "ca"])
    #expect(table.changes[0].rows.map(\.path) == ["5", "1"], "the clearest first")
  }

  @Test func `pictures without a shift come last, the surest first`() {
    let table = ChangeTable([
      Self.row("1", "a", "b", probability: 0.6), Self.row("2", "a", "b", probability: 0.9),
      Self.row("3", "a", "b", shift: 0.1, probability: 0.3),
    ])
    #expect(table.changes[0].rows.map(\.path) == ["3", "2", "1"])
  }

  @Test func `right and wrong are counted over the pictures whose truth is known`() throws {
    let table = ChangeTable([
      Self.row("1", "a", "b", truth: "b"), Self.row("2", "a", "b", truth: "a"),
      Self.row("3", "a", "b", truth: "c"), Self.row("4", "a", "a", truth: "a"),
      Self.row("5", "a", "a", truth: "b"), Self.row("6", "b", "a"),
      Self.row("7", "c", "b", truth: "b"),
    ])
    #expect(
      table.counts.truth
        == .init(pictureCount: 6, oldRight: 2, newRight: 3, fixed: 2, broken: 1))
    let changes = table.changes.map {
      DifferenceReport.Change(old: $0.old, new: $0.new, pictures: $0.rows.map(\.picture))
    }
    #expect(changes.map { $0.old + $0.new } == ["ab", "ba", "cb"])
    #expect(changes.map(\.fixed) == [1, nil, 1] && changes.map(\.broken) == [1, nil, 0])
  }

  @Test(arguments: [
    ("cello", "cello"), ("Cello", "cello"), ("acoustic_guitar", "acoustic guitar"),
    ("collie", "collie, sheepdog"), ("photos", nil), ("", nil), ("crane", nil),
    ("crane#2", "crane#2"),
  ])
  func `a folder names a class by its name, letter case and blanks aside`(
    folder: String, label: String?
  ) throws {
    let labels = ["cello", "acoustic guitar", "crane", "collie, sheepdog", "crane"]
    let head = labels.indices.map { [Float($0), 1] }
    let network = try Network(
      program: ToyNetworks.pooled(
        kernels: [1, -2], biases: [0, 0], head: head, height: 4, width: 6),
      card: ToyNetworks.card(height: 4, width: 6, labels: labels), cardPath: "card")
    let pair = NetworkPair(old: network, new: network, device: .cpu)
    #expect(pair.truth(ofFolder: folder) == label)
  }
}
