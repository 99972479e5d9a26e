internal import Networks
internal import Tensors

/// Gradient-weighted rollout: attention rolled out over the layers, each weight counted by how much the score gains
/// from it.
///
///     Āₗ = mean over heads of max(0, ∂s/∂Aₗ ⊙ Aₗ)
///     R  ← R + Āₗ R, from R = I and the first layer to the last
///
/// and of R − I the row of the class token, or the mean of the rows that the answer is read off. [Chefer et al. 2021],
/// equations 5 and 6, for networks of one kind of tokens; known as transformer attribution, or as generic
/// explainability of attention. With one layer it is that layer's row of Ā.
///
/// The authors' earlier paper weighs by relevance in the place of attention; its code and this one differ there.
///
/// - Contrast: a weight of attention counts where it raises `z_P` more than `z_Q`, so what speaks for Q is dropped: ask for
///   it by the reverse question. The map is not the difference of two.
/// - Shapes: a number for each patch, `[h, w]`, or each token of a text; enlarged bilinearly (corners not aligned).
/// - Range: 0 or more. Not normalised: the authors' code divides by the largest to draw.
/// - Randomness: none.
/// - Complexity: one forward pass and one walk back, for each score a matrix for each head and layer.
///
/// [Chefer et al. 2021]: https://arxiv.org/abs/2103.15679
public struct GradientRollout: Explainer, Hashable {
  /// The method has no settings.
  public init() {}

  /// One map a score; see the type.
  ///
  /// - Throws: ``AttentionFault`` for a network whose attention cannot be read.
  public func maps(for request: MapRequest) throws -> Explanation {
    let found = try request.network.attentive()
    var (values, maps): ([Float], [SaliencyMap]) = ([], [])
    let prediction = try request.attentionPasses(through: found) { pass, scores in
      values += scores
      let read = try pass.readTokens()
      let start = try read.withAxis(at: 0).expanded([scores.count, 1, found.count])
      // From the last layer down, so that a row is enough: r (I + Ā_L) ⋯ (I + Ā₁). What is beyond r is kept apart,
      // for it may be far smaller.
      var beyond: Tensor?
      for (matrix, gradient) in zip(pass.matrices, pass.gradients).reversed() {
        let weighed = try (gradient * matrix).relu().mean(axes: [1])
        let more = try (beyond.map { try start + $0 } ?? start).batchMatrixProduct(weighed)
        beyond = try beyond.map { try $0 + more } ?? more
      }
      guard let beyond else { throw AttentionFault.none }
      maps += try request.tokenMaps(beyond.select(axis: 1, index: 0), of: found)
    }
    return Explanation(prediction: prediction, scores: values, maps: maps)
  }
}

extension GradientRollout {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Gradient-weighted rollout on the menu.
  static let entry = ExplainerEntry(
    name: "gradient-rollout", title: "Gradient-weighted rollout",
    summary: "a transformer's attention over all layers, where the score gains from it",
    source: "Chefer et al. 2021"
  ) { _, _ in GradientRollout() }
}
