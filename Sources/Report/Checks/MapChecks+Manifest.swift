internal import Contrast
internal import Faithfulness
internal import Foundation
internal import Networks
internal import Terms

extension MapChecks {
  /// What the manifest says of a result.
  func description(
    of result: CheckResult, _ question: Question, neutral: Float, _ labels: ClassLabels,
    _ paths: ShownPaths
  )
    -> Manifest.Check
  {
    let curve = result.curve
    func probabilities(_ logs: [Double]) -> [Float] { logs.map { Float(exp($0)) } }
    return Manifest.Check(
      passes: result.verdict == .passes, verdict: result.verdict.rawValue,
      text: CheckWording(check, labels).sentence(result, question, neutral: neutral),
      salientPixels: result.salientCount, pixels: result.featureCount, cauc: result.cauc,
      cdrop: result.cdrop, drop: result.drops?.own,
      controlDrops: result.drops.map {
        .init(
          mean: $0.mean, critical: $0.critical,
          count: $0.controls.count < check.draws ? $0.controls.count : nil)
      },
      p: result.drops?.p,
      curve: .init(
        deleted: curve.counts, fact: probabilities(curve.fact),
        foil: question.foil == nil ? nil : probabilities(curve.foil),
        score: curve.scores.map { Float($0) }),
      settings: .init(
        salience: check.metrics.salience, penalty: check.metrics.penaltyFraction,
        step: check.metrics.step, steps: check.steps,
        draws: check.draws, stopsEarly: check.stopsEarly ? true : nil,
        significance: check.significance,
        control: check.control.rawValue, fill: paths.text(fill), seed: check.seed.value))
  }
}
