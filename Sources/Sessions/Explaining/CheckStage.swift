internal import Faithfulness
internal import Report
internal import Saliency

/// Checks the maps that the stages before it found.
struct CheckStage: ExplanationStage {
  let check: MapCheck
  let fill: String
  let baseline: Baseline

  func explain(_ draft: inout ExplanationDraft, telling: Telling) throws {
    let runner = try CurveRunner(
      draft.network, at: draft.input, fill: baseline, within: draft.resources)
    let maps = try draft.explained().answers.compactMap { MeasuredMap($0) }
    try tellCost(of: maps, by: runner, telling)
    let results = try check.results(of: maps, by: runner, progress: telling.stage("Check"))
    draft.checks = MapChecks(check, fill: fill, results: results)
  }

  /// Says what a check costs that takes long enough to wonder.
  private func tellCost(of maps: [MeasuredMap], by runner: CurveRunner, _ telling: Telling) throws {
    let passes = try check.passes(of: maps, by: runner)
    let pass = try runner.passDuration()
    let seconds = [passes.lowerBound, passes.upperBound].map {
      Int((Double($0) * (pass / .seconds(1))).rounded(.up))
    }
    guard seconds[1] >= 5 else { return }
    telling.note(
      "The check asks the network about \(passes.lowerBound) to \(passes.upperBound) altered pictures, which takes "
        + "about \(seconds[0]) to \(seconds[1]) seconds.")
  }
}
