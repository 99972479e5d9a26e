internal import Networks
internal import Tensors

/// XGrad-CAM: the channels of a layer, weighted by the score's gradient averaged where they are active.
///
///     wₖ = Σᵢⱼ (Aₖᵢⱼ / Σₐᵦ Aₖₐᵦ) · ∂s/∂Aₖᵢⱼ
///     L  = max(0, Σₖ wₖ Aₖ)
///
/// [Fu et al. 2020]. The weights were derived from two axioms: a channel's part of the map sums to
/// what the score loses without the channel (sensitivity), and all of the map to the score (conservation). Both hold where
/// what comes behind the layer is linear and has no bias, and as well as a network of rectifiers is linear.
/// The signed map sums to what ``HiResCAM`` sums to.
///
/// The formula supposes numbers that are not negative, as behind a rectifier: the sum of a channel whose numbers
/// cancel is no measure of it. A channel that is 0 everywhere has no weight. pytorch-grad-cam adds 10⁻⁷ to the sum,
/// which is less than rounding.
///
/// - Contrast: the signed map is linear in the score, so that of `z_P − z_Q` is the difference of those
///   of `z_P` and `z_Q`.
/// - Shapes: `Aₖ` is `[1, K, h, w]`; L is enlarged bilinearly (corners not aligned) after the rectification.
/// - Range: that of the score, signed at the layer.
/// - Randomness: none.
/// - Complexity: Grad-CAM's, one forward pass and one walk back to the layer.
///
/// [Fu et al. 2020]: https://arxiv.org/abs/2008.02312
public struct XGradCAM: Explainer, Hashable {
  /// The method has no settings.
  public init() {}

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try request.activationMaps { activation, gradients in
      let products = try (gradients * activation).sum(axes: [3, 4])
      let sums = try activation.sum(axes: [2, 3])
      let weights = try products / sums
      // 0 / 0 is a channel that is nowhere active.
      let isSilent = try sums.magnitudes().isLess(than: .leastNormalMagnitude)
      let kept = try Tensor.choosing(products * 0, where: isSilent, otherwise: weights)
      return try (kept.withAxis(at: 3).withAxis(at: 4) * activation).sum(axes: [1, 2])
    }
  }
}

extension XGradCAM {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// XGrad-CAM on the menu.
  static let entry = ExplainerEntry(
    name: "xgrad-cam", title: "XGrad-CAM",
    summary: "a layer's channels, weighted by the gradient where they are active",
    source: "Fu et al. 2020", layerUse: .always
  ) { _, _ in XGradCAM() }
}
