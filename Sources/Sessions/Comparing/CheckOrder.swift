internal import Faithfulness
internal import Report
internal import Terms

/// Puts the methods of a comparison in the order of their checks: those that pass first, then by p, and of equal p by how
/// much further the log-odds fall than without as many pixels of the controls on average.
struct CheckOrder: ExplanationStage {
  func explain(_ draft: inout ExplanationDraft, telling: Telling) throws {
    guard let checks = draft.checks, draft.groups.count > 1 else { return }
    let results = try checks.results.parted(like: draft.groups.map(\.answers))
    let order = draft.groups.indices.sorted { one, other in
      Self.rank(results[one], one) < Self.rank(results[other], other)
    }
    draft.groups = order.map { draft.groups[$0] }
    draft.checks = MapChecks(
      checks.check, fill: checks.fill, results: order.flatMap { results[$0] })
    draft.notes.append(
      "Methods stand in the order of their checks, the one that is told best from chance first.")
  }

  /// What is smaller comes first.
  static func rank(_ results: [CheckResult], _ place: Int) -> (Int, Double, Double, Int) {
    let result = results.first
    let drops = result?.drops
    return (
      result?.verdict == .passes ? 0 : 1, drops?.p ?? 2, drops.map { $0.mean - $0.own } ?? 0, place
    )
  }
}
