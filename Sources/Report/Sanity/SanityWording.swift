package import Faithfulness
internal import Foundation
internal import Networks
internal import Saliency

/// What a sanity test says, in a sentence for the person who looks at it.
package struct SanityWording: Sendable {
  private let stages: [WeightStage]

  init(stages: [WeightStage]) { self.stages = stages }

  /// What is tested, in a few words.
  package static func title(of test: SanityTest) -> String {
    switch test {
    case .cascade: "Weights, from the output down"
    case .independent: "Weights, one stage at a time"
    case .randomLogit: "Another class"
    case .randomFact: "Another fact"
    case .randomFoil: "Another foil"
    }
  }

  /// A verdict in a few words.
  package static func words(for verdict: SanityVerdict) -> String {
    switch verdict {
    case .changes: "changes"
    case .partly: "changes in part"
    case .stays: "stays the same"
    case .untested: "no map"
    }
  }

  /// The verdict of a test, with the numbers that it stands on.
  func sentence(about result: SanityResult) -> String {
    if result.verdict == .untested {
      return result.chance == nil
        ? "The map has the same value everywhere, so there is nothing to test."
        : "Maps like this one are all but the same wherever they lie, so their likeness "
          + "says nothing."
    }
    switch result.test {
    case .cascade: return cascade(result)
    case .independent: return independent(result)
    case .randomLogit, .randomFact, .randomFoil: return classes(result)
    }
  }

  private func cascade(_ result: SanityResult) -> String {
    guard let last = result.steps.last else { return "" }
    let end = "With all weights random "
    if last.condition == .constant {
      let hint =
        result.original.rectification == .relu
        ? " Before the ReLU there may be more (--signed)." : ""
      return end + "no map is left, because it has the same value everywhere: it depends on what "
        + "the network learnt." + hint
    }
    if last.condition == .notFinite {
      return end
        + "the network’s answers are too large to be numbers, so there is no map. What the "
        + "map depends on shows in the steps before."
    }
    let numbers = Self.numbers(of: last, beside: result.chance)
    if result.verdict == .stays {
      return end + "the map stays much the same \(numbers): it shows the picture, not what the "
        + "network learnt."
    }
    if let similarity = last.similarity,
      result.chance?.isExceeded(by: similarity) == true
        || (last.kept ?? 0) >= SanityThreshold.weights
    {
      return end + "the map keeps \(Self.number(last.kept ?? 0)) of its likeness to the original "
        + "\(numbers): a part of it may come from the picture and the network’s build, not from what "
        + "the network learnt."
    }
    let gone = end + "the map is no more like the original than unrelated maps are \(numbers)"
    return result.verdict == .changes
      ? gone + ": it depends on what the network learnt."
      : gone + ", but it keeps half of its likeness or more until \(result.heldCount) of the "
        + "\(result.steps.count) stages are random: it hardly depends on the layers near the output, "
        + "where the answer is made."
  }

  private func independent(_ result: SanityResult) -> String {
    let count = result.steps.count
    if result.changedCount == count {
      return "Every stage matters: whichever of the \(count) is random alone, the map changes."
    }
    let idle = result.steps.filter { ($0.kept ?? 0) >= SanityThreshold.same }
      .compactMap { step -> String? in
        guard case .stages(let range) = step.change else { return nil }
        return String(range.lowerBound + 1)
      }
    if result.changedCount == 0 {
      return "The map stays the same whichever of the \(count) stages is random."
    }
    let isOne = idle.count == 1
    return "The map stays the same where \(isOne ? "stage" : "one of the stages") "
      + "\(Self.list(idle)) is random, and changes with \(isOne ? "each other" : "the others")."
  }

  private func classes(_ result: SanityResult) -> String {
    let kept = Self.number(result.meanKept ?? 0)
    let count = result.steps.count
    let what =
      switch result.test {
      case .randomFact: "With \(count == 1 ? "another fact" : "\(count) other facts")"
      case .randomFoil: "With \(count == 1 ? "another foil" : "\(count) other foils")"
      default: "Asked about \(count == 1 ? "another class" : "\(count) other classes")"
      }
    let whole = "\(count == 1 ? "" : "on average ")\(kept) of its likeness to the original"
    switch result.verdict {
    case .changes: return "\(what) the map is a different one: it keeps \(whole)."
    case .partly: return "\(what) the map changes in part: it keeps \(whole)."
    case .stays, .untested:
      return
        "\(what) the map stays the same: it keeps \(whole), so it does not answer this part of "
        + "the question."
    }
  }

  private static func numbers(of step: SanityResult.Step, beside chance: ChanceLevel?) -> String {
    guard let similarity = step.similarity, let chance else { return "" }
    var parts: [String] = []
    if let found = similarity.magnitudeCorrelation, let level = chance.magnitudeCorrelation {
      parts.append("rank correlation \(number(found)), theirs up to \(number(level.upper))")
    }
    parts.append("SSIM \(number(similarity.ssim)), theirs up to \(number(chance.ssim.upper))")
    return "(\(parts.joined(separator: "; ")))"
  }

  /// “1, 2 and 5”.
  private static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  /// Two digits behind the point, with a true minus sign.
  package static func number(_ value: Double) -> String {
    let text = String(format: "%.2f", value)
    return text == "-0.00" ? "0.00" : text.replacing("-", with: "−")
  }
}
