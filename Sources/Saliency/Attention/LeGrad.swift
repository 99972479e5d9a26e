internal import Networks
internal import Tensors
internal import Terms

/// LeGrad: which tokens each layer's attention would have to look at more for the score to rise, mean over layers.
///
///     sₗ = the score that the head gives to the mean of the tokens behind block l
///     L  = mean over layers, heads and tokens that look of max(0, ∂sₗ/∂Aₗ)
///
/// [Bousselham et al. 2024]. Each layer is asked about its own tokens, so that nothing is lost on the way through the
/// later ones. The gradient alone counts, not times the attention. The head reads the mean of the tokens, as the authors'
/// code has it, also of networks whose head reads the class token. Their code scales the map to 0…1 at the end; here
/// it is raw.
///
/// - Contrast: a weight counts where it raises `z_P` more than `z_Q`, layer by layer; what speaks for Q is dropped: ask for it
///   by the reverse question. The map is not the difference of two. Scores of probability are of each layer's own answer.
/// - Shapes: a number for each patch, `[h, w]`, or each token of a text; enlarged bilinearly (corners not aligned).
/// - Range: 0 or more, in units of the score.
/// - Randomness: none.
/// - Complexity: for each layer a forward pass up to it and through the head, and a walk back through the
///   head and one block.
///
/// [Bousselham et al. 2024]: https://arxiv.org/abs/2404.03214
public struct LeGrad: Explainer, Hashable {
  /// The method has no settings.
  public init() {}

  /// One map a score; see the type.
  ///
  /// - Throws: ``AttentionFault`` for a network whose attention cannot be read, or whose head reads more than
  ///   the last block's tokens.
  public func maps(for request: MapRequest) throws -> Explanation {
    let found = try request.network.attentive()
    let network = request.network
    let output = try network.program.output(for: request.input.tensor)
    let prediction = try network.prediction(from: output)
    // What is asked follows from what the network answers, not from what an early layer does.
    let scores = try request.scores(prediction)
    let values = try network.values(of: scores, from: output).converted(to: .float32).floats()
    var sum: Tensor?
    for place in found.attentions.indices {
      let (early, matrix) = try found.answering(fromBlock: place)
      var parts: [Tensor] = []
      let asked = MapRequest(
        early, at: request.input, layers: [matrix], within: request.resources
      ) { _ in [scores] }
      _ = try asked.gradients(at: [matrix]) { pass in
        let shape = [pass.scores.shape[0], -1, found.count, found.count]
        parts.append(
          try pass.gradients[0].converted(to: .float32).reshaped(shape).relu().mean(axes: [1, 2]))
      }
      let own = try Tensor.concatenated(parts)
      sum = try sum.map { try $0 + own } ?? own
      try request.progress(
        ProgressUpdate(completed: place + 1, total: found.attentions.count))
    }
    guard let sum else { throw AttentionFault.none }
    let rows = try sum * (1 / Float(found.attentions.count))
    return Explanation(
      prediction: prediction, scores: values, maps: try request.tokenMaps(rows, of: found))
  }
}

extension LeGrad {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// LeGrad on the menu.
  static let entry = ExplainerEntry(
    name: "legrad", title: "LeGrad",
    summary: "where each layer of a transformer would look for the score to rise",
    source: "Bousselham et al. 2024"
  ) { _, _ in LeGrad() }
}
