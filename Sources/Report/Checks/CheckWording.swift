internal import Contrast
internal import Faithfulness
internal import Foundation
internal import Networks
internal import Terms

/// What a check found, in words.
struct CheckWording {
  private let check: MapCheck
  private let labels: ClassLabels

  init(_ check: MapCheck, _ labels: ClassLabels) { (self.check, self.labels) = (check, labels) }

  /// “not better than random pixels here (p = 0.43): deleting its 3 120 strongest pixels lowers cello against violin less
  /// than deleting random pixels does”
  func sentence(_ result: CheckResult, _ question: Question, neutral: Float) -> String {
    "\(badge(result)): \(reason(result, question))"
      + (remedy(result, neutral: neutral).map { "; \($0)" } ?? "")
  }

  /// Whether a map passes, in a few words. A map that does not is not wrong: at this picture the check tells it from its
  /// controls by nothing.
  func badge(_ result: CheckResult) -> String {
    switch result.verdict {
    case .passes: "passes its check"
    case .everyClass, .everyPixel: "cannot be checked"
    case .showsNothing: "shows nothing to check"
    case .lowersNothing, .withinChance: "not better than \(rival) here\(p(result))"
    }
  }

  /// Why.
  func reason(_ result: CheckResult, _ question: Question) -> String {
    let fact = question.fact.map(labels.text) ?? ""
    let pair = "\(fact) against \(question.foil.map(labels.text) ?? "every other class")"
    let count = result.salientCount
    let pixels =
      count == 1 ? "its strongest pixel" : "its \(CurveChart.Axis.grouped(count)) strongest pixels"
    switch result.verdict {
    case .passes: return "deleting \(pixels) lowers \(pair) more than \(control) does\(p(result))"
    case .withinChance:
      let isBelow = result.drops.map { $0.own < $0.mean } ?? false
      return "deleting \(pixels) lowers \(pair) \(isBelow ? "less" : "not clearly more") than "
        + "\(control) does"
    case .lowersNothing: return "deleting \(pixels) does not lower \(pair)"
    case .showsNothing: return "it is nowhere above zero, so there is nothing to delete"
    case .everyPixel:
      return "its strongest pixels, at least half as strong as the strongest, are the whole picture"
    case .everyClass: return "its fact holds every class, so no class is left to set it against"
    }
  }

  /// A hint where the salient pixels are most of the picture, or none for want of a zero; `nil`
  /// otherwise.
  func hint(_ result: CheckResult, neutral: Float) -> String? {
    let remedy = remedy(result, neutral: neutral).map { "\($0)." }
    guard 2 * result.salientCount > result.featureCount, result.verdict != .everyPixel else {
      return remedy.map { $0.prefix(1).uppercased() + $0.dropFirst() }
    }
    let percent = 100 * Double(result.salientCount) / Double(result.featureCount)
    let size = String(
      format:
        "These pixels are %.0f %% of the picture, which says little about where the evidence is",
      percent)
    return size + (remedy.map { "; \($0)" } ?? ".")
  }

  /// What helps a map of mean scores, which starts from their mean and not from zero.
  private func remedy(_ result: CheckResult, neutral: Float) -> String? {
    let isMost = 2 * result.salientCount > result.featureCount && neutral > 0
    guard isMost || (result.salientCount == 0 && neutral < 0) else { return nil }
    return "this map starts from its mean score of \(Page.number(neutral)), but from zero "
      + "with the setting zero=mean"
  }

  private var control: String { "deleting \(rival)" }

  private var rival: String {
    switch check.control {
    case .random: "random pixels"
    case .shifted: "the same pattern elsewhere"
    }
  }

  private func p(_ result: CheckResult) -> String {
    guard let p = result.drops?.p else { return "" }
    return String(format: p < 0.01 ? " (p = %.3f)" : " (p = %.2f)", p)
  }
}
