public import Networks
public import Tensors
public import Terms

/// A base method that explains scores of a network's output by saliency maps.
///
/// It is given all scores of all questions at once, so that they can share the work, and knows
/// nothing of questions, foils or contrast. Its settings are stored properties; the result is a
/// function of those, the network, the input and the scores.
public protocol Explainer: Sendable {
  /// Fails where a setting cannot be; what explains begins with it. By default every one can.
  func checkSettings() throws(SettingFault)

  /// Returns a map for each score.
  ///
  /// - Parameters:
  ///   - scores: What to explain, chosen when the network has answered, so that questions about
  ///     the answer cost no second forward pass.
  ///   - network: The network, on the input's device.
  ///   - input: One preprocessed picture, `[1, C, H, W]`.
  ///   - resources: What may be used; maps do not depend on it beyond rounding.
  ///   - progress: Called after each step; throwing stops the computation.
  func maps(
    of scores: (Prediction) throws -> [Score], in network: Network, at input: Tensor,
    within resources: Resources, progress: ProgressHandler
  ) throws -> Explanation

  /// Explains two lots of scores, one by this explainer and one by another, sharing what passes
  /// the two can share; by default none.
  ///
  /// - Returns: What each would return alone.
  func maps(
    of scores: (Prediction) throws -> ScoreLots, beside other: any Explainer, in network: Network,
    at input: Tensor, within resources: Resources, progress: ProgressHandler
  ) throws -> (own: Explanation, other: Explanation)
}

/// Scores for two explainers that work together.
public struct ScoreLots: Hashable, Sendable {
  /// Those of the one that is called.
  public let own: [Score]
  /// Those of the other.
  public let other: [Score]

  /// Joins two lots.
  public init(own: [Score], other: [Score]) { (self.own, self.other) = (own, other) }
}

extension Explainer {
  /// Explains one lot after the other.
  public func maps(
    of scores: (Prediction) throws -> ScoreLots, beside other: any Explainer, in network: Network,
    at input: Tensor, within resources: Resources, progress: ProgressHandler
  ) throws -> (own: Explanation, other: Explanation) {
    try mapsApart(
      of: scores, beside: other, in: network, at: input, within: resources, progress: progress)
  }

  func mapsApart(
    of scores: (Prediction) throws -> ScoreLots, beside other: any Explainer, in network: Network,
    at input: Tensor, within resources: Resources, progress: ProgressHandler
  ) throws -> (own: Explanation, other: Explanation) {
    var rest: [Score] = []
    let first = try maps(
      of: { prediction in
        let lots = try scores(prediction)
        rest = lots.other
        return lots.own
      }, in: network, at: input, within: resources
    ) { try progress(.init(completed: $0.completed, total: 2 * $0.total, note: $0.note)) }
    let second = try other.maps(of: rest, in: network, at: input, within: resources) {
      try progress(.init(completed: $0.total + $0.completed, total: 2 * $0.total, note: $0.note))
    }
    return (first, second)
  }

  /// Returns a map for each of some scores that are known beforehand.
  public func maps(
    of scores: [Score], in network: Network, at input: Tensor,
    within resources: Resources = Resources(), progress: ProgressHandler = { _ in }
  ) throws -> Explanation {
    try maps(of: { _ in scores }, in: network, at: input, within: resources, progress: progress)
  }
}

/// The maps of some scores, and what the network answered on the way.
public struct Explanation: Sendable {
  /// What the network answered.
  public let prediction: Prediction
  /// The value of each score.
  public let scores: [Float]
  /// A map for each score.
  public let maps: [SaliencyMap]

  /// Joins what was found.
  public init(prediction: Prediction, scores: [Float], maps: [SaliencyMap]) {
    self.prediction = prediction
    self.scores = scores
    self.maps = maps
  }

  /// The same with other maps.
  func changing(_ change: (SaliencyMap) throws -> SaliencyMap) rethrows -> Explanation {
    Explanation(prediction: prediction, scores: scores, maps: try maps.map(change))
  }
}
