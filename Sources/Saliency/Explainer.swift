public import Networks
public import Tensors
public import Terms

/// A base method that explains scores of a network's output by saliency maps.
///
/// It is given all scores of all questions at once, so that they can share the work, and knows
/// nothing of questions, foils or contrast. Its settings are stored properties; the result is a
/// function of those, the network, the input and the scores.
public protocol Explainer: Sendable {
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
}

extension Explainer {
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
}
