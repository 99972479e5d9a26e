internal import Networks
internal import Tensors

/// CDAM, class-discriminative attention maps: what the score's gradient says of each token that enters the last
/// attention.
///
///     Sᵢ = Σⱼ Tᵢⱼ · ∂s/∂Tᵢⱼ
///
/// with `Tᵢ` the numbers of token i that the last attention's queries, keys and values are made of, behind the
/// normalisation. [Brocki et al. 2024]. It is ``HiResCAM`` at that layer. Where the attention does not depend on the tokens
/// and the head is linear without a bias, the numbers of all tokens sum to the score.
///
/// - Contrast: by construction. The map is linear in the score, so that of `z_P − z_Q` is the difference of
///   those of `z_P` and `z_Q`; what speaks for Q is negative.
/// - Shapes: a number for each patch, `[h, w]`, or each token of a text; enlarged bilinearly (corners not aligned).
/// - Range: signed, in units of the score; not rectified.
/// - Randomness: none.
/// - Complexity: one forward pass, and one walk back through the last block.
///
/// [Brocki et al. 2024]: https://arxiv.org/abs/2312.02364
public struct CDAM: Explainer, Hashable {
  /// The method has no settings.
  public init() {}

  /// One map a score; see the type.
  ///
  /// - Throws: ``AttentionFault`` for a network whose attention cannot be read, or is not made of one set of tokens.
  public func maps(for request: MapRequest) throws -> Explanation {
    let found = try request.network.attentive()
    guard let last = found.attentions.last, let layer = last.tokens else {
      throw AttentionFault.noCommonTokens(at: found.attentions.last?.matrix.name ?? "")
    }
    var (values, maps): ([Float], [SaliencyMap]) = ([], [])
    let asked = request.asking(found.network, at: [layer])
    let prediction = try asked.gradients(at: [layer]) { pass in
      let tokens = try pass.activations[0].converted(to: .float32)
      let gradients = try pass.gradients[0].converted(to: .float32)
      values += try pass.scores.floats()
      // [S, 1, n, K]
      let sums = try (gradients * tokens).sum(axes: [1, 3])
      maps += try request.tokenMaps(sums, of: found)
    }
    return Explanation(prediction: prediction, scores: values, maps: maps)
  }
}

extension CDAM {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// CDAM on the menu.
  static let entry = ExplainerEntry(
    name: "cdam", title: "Class-discriminative attention map",
    summary: "tokens that enter a transformer's last attention, times the score's gradient",
    source: "Brocki et al. 2024"
  ) { _, _ in CDAM() }
}
