internal import Networks
internal import Tensors
internal import Terms

/// Grad-CAM: the channels of a layer, weighted by the score's mean gradient and summed.
///
///     αₖ = mean over (i, j) of ∂s/∂Aₖᵢⱼ            (1)
///     L  = max(0, Σₖ αₖ Aₖ)                       (2)
///
/// Equations 1 and 2 of [Selvaraju et al. 2017]. Departs from the paper in that `s` may be any
/// score, and in that the signed sum before the ReLU is kept beside L.
///
/// Where a sum is no larger than what rounding its terms to 32 bits makes of nothing, `ε Σₖ mean|∂s/∂Aₖ| |Aₖ|` with
/// ε = 2⁻²³, everywhere, the map is 0 and says so: such is that of a layer behind which the mean over channels, or over
/// places, is taken away again.
///
/// - Shapes: `Aₖ` is `[1, K, h, w]`, or becomes it by ``Layer/stacked(_:)``, without tokens that belong to no place;
///   L is resized bilinearly (corners not aligned) to the pixels `[H, W]` after the ReLU.
/// - Layers: one, or one for each group of scores.
/// - Range: 0 or more, in units of the score; not normalised.
/// - Randomness: none.
/// - Complexity: one forward pass, and one backward walk from the output down to the layer with a
///   row for each score, or for each class that the scores lie on where those are fewer.
///
/// [Selvaraju et al. 2017]: https://doi.org/10.1109/ICCV.2017.74
public struct GradCAM: Explainer, Hashable {
  /// The method has no settings.
  public init() {}

  /// One map a score; see the type. Groups at several layers share the forward pass, and the walk down
  /// to the earliest of them.
  public func maps(for request: MapRequest) throws -> Explanation {
    try request.activationMaps { activation, gradients in
      let terms = try gradients.magnitudes().meanKeepingAxes([3, 4]) * activation.magnitudes()
      return try terms.sum(axes: [1, 2]) * Float.ulpOfOne
    } combine: { activation, gradients in
      try (gradients.meanKeepingAxes([3, 4]) * activation).sum(axes: [1, 2])
    }
  }
}

extension GradCAM {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Grad-CAM on the menu.
  static let entry = ExplainerEntry(
    name: "grad-cam", title: "Grad-CAM",
    summary: "a layer's channels, weighted by the score's mean gradient",
    source: "Selvaraju et al. 2017", layerUse: .always
  ) { _, _ in GradCAM() }
}
