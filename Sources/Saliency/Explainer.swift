public import Networks
public import Tensors
public import Terms

/// A base method that explains scores of a network's output by saliency maps.
///
/// It is given all scores of all questions at once, so that they can share the work, and knows
/// nothing of questions, foils or contrast.
public protocol Explainer: Sendable {
  /// Returns a map for each score.
  ///
  /// - Parameters:
  ///   - scores: What to explain, chosen when the network has answered, so that questions about
  ///     the answer cost no second forward pass.
  ///   - network: The network.
  ///   - input: One preprocessed picture, `[1, C, H, W]`.
  ///   - progress: Called after each step; throwing stops the computation.
  func maps(
    of scores: (Prediction) throws -> [Score], in network: Network, at input: Tensor,
    progress: ProgressHandler
  ) throws -> Explanation
}

extension Explainer {
  /// Returns a map for each of some scores that are known beforehand.
  public func maps(
    of scores: [Score], in network: Network, at input: Tensor,
    progress: ProgressHandler = { _ in }
  ) throws -> Explanation {
    try maps(of: { _ in scores }, in: network, at: input, progress: progress)
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
}

/// What an explainer found for one score; raw values, never normalised.
public struct SaliencyMap: Sendable {
  /// The map at the input's resolution, `[H, W]`.
  public let values: Tensor
  /// The signed map at the resolution of the layer it was made at, `[h, w]`, before any ReLU or
  /// resizing.
  public let atLayer: Tensor
  /// What becomes of negative values on the way from the map at the layer to ``values``.
  public let rectification: Rectification

  /// What becomes of negative values.
  public enum Rectification: String, Sendable, Codable {
    /// They stay.
    case none
    /// They become 0.
    case relu
  }

  /// Makes a map.
  public init(values: Tensor, atLayer: Tensor, rectification: Rectification) {
    self.values = values
    self.atLayer = atLayer
    self.rectification = rectification
  }
}
