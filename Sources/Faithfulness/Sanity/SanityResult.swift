public import Saliency
public import Terms

/// What one test found of one method.
public struct SanityResult: Sendable {
  /// What a step changed.
  public enum Change: Hashable, Sendable {
    /// The weights of some stages, counted from the output down.
    case stages(ClosedRange<Int>)
    /// The question; the weights are those of the network.
    case question(Question)
  }

  /// How a map came out.
  public enum Condition: String, Sendable, Codable {
    /// Its values differ.
    case varied
    /// Its value is the same everywhere.
    case constant
    /// The network's answers or the map’s values are not numbers any more.
    case notFinite = "not finite"
  }

  /// A change, and the map that came of it.
  public struct Step: Sendable {
    /// What was changed.
    public let change: Change
    /// The map; `nil` where there are no numbers.
    public let map: SaliencyMap?
    /// How it came out.
    public let condition: Condition
    /// How alike it is to the original; `nil` where either has the same value everywhere.
    public let similarity: MapSimilarity?
    /// How much of the likeness is more than chance; 0 where no map is left, `nil` where the
    /// original is none.
    public let kept: Double?
  }

  /// Which of the sanity tests was made.
  public let test: SanityTest
  /// What the original map answers.
  public let question: Question
  /// The map before anything was changed.
  public let original: SaliencyMap
  /// How alike unrelated maps are to it; `nil` where it has the same value everywhere.
  public let chance: ChanceLevel?
  /// The changes; never empty.
  public let steps: [Step]

  /// The mean of what is kept; `nil` where there was nothing to test.
  public var meanKept: Double? {
    let all = steps.compactMap(\.kept)
    return all.isEmpty ? nil : all.reduce(0, +) / Double(all.count)
  }

  /// How many of the steps changed the map: less than ``SanityThreshold/same`` is kept.
  public var changedCount: Int {
    steps.count { ($0.kept ?? 0) < SanityThreshold.same }
  }

  /// How many steps, from the first on, leave a map that keeps ``SanityThreshold/weights``.
  public var heldCount: Int {
    steps.prefix { ($0.kept ?? 0) >= SanityThreshold.weights }.count
  }

  /// What the test says.
  ///
  /// - Cascade: by the last step, when all weights are random. The map stays where it is more alike
  ///   than chance and keeps much. It changes where neither holds, and where it did not keep much for
  ///   more than half of the stages: the answer is random from the first on.
  /// - Independent: the map changes where every stage alone changes it, and stays where none does.
  /// - Random classes: by the mean of what is kept.
  public var verdict: SanityVerdict {
    guard chance != nil, let mean = meanKept, let last = steps.last else { return .untested }
    switch test {
    case .cascade:
      guard let kept = last.kept else { return .untested }
      let isBeyondChance = last.similarity.map { chance?.isExceeded(by: $0) == true } ?? false
      switch (isBeyondChance, kept >= SanityThreshold.weights) {
      case (true, true): return .stays
      case (false, false): return 2 * heldCount > steps.count ? .partly : .changes
      default: return .partly
      }
    case .independent:
      return changedCount == steps.count ? .changes : changedCount == 0 ? .stays : .partly
    case .randomLogit, .randomFact, .randomFoil:
      return mean >= SanityThreshold.same
        ? .stays : mean >= SanityThreshold.changed ? .partly : .changes
    }
  }
}
