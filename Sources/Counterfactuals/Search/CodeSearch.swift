internal import Foundation
internal import Networks
internal import Tensors
internal import Terms

/// How a code is found for a picture where there is no encoder, procedure 2 of Feghahati 2020:
///
///     z₀ = argmin_z ‖G(z) − x‖²₂ − w · l_P(G(z))                  (3.1, and the misclassification cost)
///
/// by Adam from several draws of N(0, I).
///
/// - Randomness: start i of a picture draws from stream i of the picture's stream.
public struct CodeSearch: Hashable, Sendable {
  /// Steps.
  public var steps = 300
  /// Adam's rate at the start; it falls to 0 along half a cosine.
  public var rate = 0.1
  /// w, in units of squared differences of pictures in 0…1.
  public var misclassificationWeight: Float = 1

  /// The settings that are usual.
  public init() {}
}

extension CodeSearch {
  /// Codes `[R, k]` for pictures `[R, C, H, W]`, a row each.
  func codes(
    from start: Tensor, for pictures: Tensor, answering facts: ClassMasks,
    _ network: Network, _ generator: Generator, _ space: PixelSpace,
    progress: ProgressHandler
  ) throws -> Tensor {
    var adam = try Adam(["code": start])
    for step in 0..<steps {
      guard let code = try adam.parameters["code"]?.leaf() else { break }
      let drawn = try space.picture(drawn: generator.pictures(for: code))
      let logits = try network.recordedLogits(for: space.input(for: drawn))
      let likelihood = try (logits + facts.notFact).logSumExp(axis: 1) - logits.logSumExp(axis: 1)
      let loss = try (drawn - pictures).squared().sum() - likelihood.sum() * misclassificationWeight
      guard let gradient = try loss.gradient(withRespectTo: [code]).first, let gradient else {
        throw CounterfactualError.codeDoesNotMatter
      }
      let fall = (1 + cos(.pi * Double(step) / Double(steps))) / 2
      try adam.update(["code": gradient], rate: rate * fall)
      try progress(.init(completed: step + 1, total: steps, note: "looking for the input’s code"))
    }
    guard let found = adam.parameters["code"] else { return start }
    return found
  }
}
