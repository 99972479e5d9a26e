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
    let progress = telling.stage("Check")
    let results = try check.results(
      of: draft.explained().answers.compactMap { MeasuredMap($0) }, by: runner,
      progress: progress)
    draft.checks = MapChecks(check, fill: fill, results: results)
  }
}
