internal import Networks
internal import Tensors

/// HiResCAM: each number of a layer times the score's gradient there, summed over channels.
///
///     L = Σₖ ∂s/∂Aₖ ⊙ Aₖ
///
/// [Draelos and Carin 2020]. Grad-CAM without its mean: where the gradient differs from place to
/// place, the mean lights up places that the score does not use, and this does not. Behind a global mean and a
/// linear layer the two are one map. Where everything behind the layer is linear and has no bias, the signed map
/// sums to the score.
///
/// The paper explains with the signed map. It is kept at the layer; what is drawn is rectified, as
/// pytorch-grad-cam and its kin draw it.
///
/// - Contrast: the signed map is linear in the score, so that of `z_P − z_Q` is the difference of those
///   of `z_P` and `z_Q`.
/// - Shapes: `Aₖ` is `[1, K, h, w]`; L is enlarged bilinearly (corners not aligned) after the rectification.
/// - Range: that of the score, signed at the layer.
/// - Randomness: none.
/// - Complexity: Grad-CAM's, one forward pass and one walk back to the layer.
///
/// [Draelos and Carin 2020]: https://arxiv.org/abs/2011.08891
public struct HiResCAM: Explainer, Hashable {
  /// The method has no settings.
  public init() {}

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try request.activationMaps { activation, gradients in
      try (gradients * activation).sum(axes: [1, 2])
    }
  }
}

extension HiResCAM {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// HiResCAM on the menu.
  static let entry = ExplainerEntry(
    name: "hires-cam", title: "HiResCAM",
    summary: "a layer's numbers times the score's gradient, place by place",
    source: "Draelos and Carin 2020", layerUse: .always
  ) { _, _ in HiResCAM() }
}
