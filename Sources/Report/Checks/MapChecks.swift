public import Contrast
public import Faithfulness

/// The checks of a picture's maps.
public struct MapChecks: Sendable {
  /// How they were checked.
  public let check: MapCheck
  /// What deleted pixels became, as the command says it.
  public let fill: String
  /// A result a map, in the order of ``ExplainedPicture/answers``.
  public let results: [CheckResult]

  /// Joins results.
  public init(_ check: MapCheck, fill: String, results: [CheckResult]) {
    self.check = check
    self.fill = fill
    self.results = results
  }
}

extension ExplainedPicture {
  /// All answers in the order in which they are shown: group by group, what leads one first.
  public var answers: [Answer] {
    groups.flatMap { ($0.lead.map { [$0.answer] } ?? []) + $0.answers }
  }
}
