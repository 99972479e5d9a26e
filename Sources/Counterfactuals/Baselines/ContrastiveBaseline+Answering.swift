internal import Contrast
public import Networks
public import Saliency
public import Tensors
public import Terms

extension ContrastiveBaseline {
  /// Answers why P, rather than Q, for one picture.
  ///
  /// Grad-CAM explains at the layer that the card names, or else the last spatial one.
  ///
  /// - Parameters:
  ///   - input: One preprocessed picture, `[1, C, H, W]`.
  ///   - seed: What LIME's and PDA's draws follow from.
  /// - Throws: ``QuestionError`` where fact and foil share a class; ``NetworkError`` where the
  ///   explainer has no rules for the network.
  public func answer(
    why fact: ClassSet, ratherThan foil: ClassSet, by network: Network, at input: Tensor,
    seed: Seed, within resources: Resources = Resources(), progress: ProgressHandler = { _ in }
  ) throws -> BaselineAnswer {
    let entry = try ExplainerMenu.entry(named: name)
    let settings = settings(height: input.shape[2], width: input.shape[3])
    let layer = entry.layerUse == .always ? try network.pivot(named: nil).layer : nil
    let explainer = try entry.explainer(
      entry.values(settings), .init(network: network, seed: seed)
    ).at(layer)
    func answered(_ outcome: BaselineAnswer.Outcome) -> BaselineAnswer {
      BaselineAnswer(baseline: self, fact: fact, foil: foil, settings: settings, outcome: outcome)
    }
    if self == .pda {
      let inquiry = try Inquiry(
        .whyRatherThan(foil, fact), classCount: network.classCount, head: network.head)
      let found = try explainer.maps(
        of: inquiry.scores, in: network, at: input, within: resources, progress: progress)
      return answered(.evidence(found.maps[0].values))
    }
    let found = try WeightedSubtraction(
      of: explainer, explaining: entry.defaultScore == .probability ? .probability : .logit
    ).difference(
      why: fact, ratherThan: foil, by: network, at: input, within: resources, progress: progress)
    guard let map = found.map else { return answered(.noneKept(of: found.weightCount)) }
    return answered(.change(map, kept: found.keptWeights.count, of: found.weightCount))
  }
}

/// What a baseline answers to a question about a picture.
public struct BaselineAnswer: Sendable {
  /// Which.
  public let baseline: ContrastiveBaseline
  /// P.
  public let fact: ClassSet
  /// Q.
  public let foil: ClassSet
  /// The explainer's settings that differ from the menu's.
  public let settings: String
  /// What came of it.
  public let outcome: Outcome

  /// What came of it; maps are `[H, W]`.
  public enum Outcome: Sendable {
    /// What to add to the picture, and where negative to take away; how many weights were kept.
    case change(Tensor, kept: Int, of: Int)
    /// What speaks for Q, and where negative for P.
    case evidence(Tensor)
    /// The method failed: none of so many weights made P less likely and Q likelier.
    case noneKept(of: Int)
  }

  /// The map; `nil` where the method failed.
  public var map: Tensor? {
    switch outcome {
    case .change(let map, _, _), .evidence(let map): map
    case .noneKept: nil
    }
  }
}
