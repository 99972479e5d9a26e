internal import Networks
internal import Tensors

/// LayerCAM: each number of a layer times the score's gradient there, where that is positive.
///
///     L = max(0, Σₖ max(0, ∂s/∂Aₖ) ⊙ Aₖ)
///
/// [Jiang et al. 2021]. Made for early layers, whose maps are fine: a weight of its own for each
/// place drops the background that one weight for a channel keeps. The paper scales maps of early layers by
/// `tanh(2 L / max L)` before it joins several; maps here are raw, and torch-cam's are scaled only when it joins them.
///
/// - Contrast: a place counts where the gradient of `z_P` exceeds that of `z_Q`, channel by channel, and by how much it
///   does. What speaks for Q is dropped: ask for it by the reverse question. The map is not the difference of two
///   maps. Behind a rectifier the signed map has no negative values.
/// - Shapes: `Aₖ` is `[1, K, h, w]`; L is enlarged bilinearly (corners not aligned) after the rectification.
/// - Range: that of the score; with a gradient that is one positive number everywhere, it is that number times
///   the sum of the channels.
/// - Randomness: none.
/// - Complexity: Grad-CAM's, one forward pass and one walk back to the layer.
///
/// [Jiang et al. 2021]: https://doi.org/10.1109/TIP.2021.3089943
public struct LayerCAM: Explainer, Hashable {
  /// The method has no settings.
  public init() {}

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try request.activationMaps { activation, gradients in
      try (gradients.relu() * activation).sum(axes: [1, 2])
    }
  }
}

extension LayerCAM {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// LayerCAM on the menu.
  static let entry = ExplainerEntry(
    name: "layer-cam", title: "LayerCAM",
    summary: "a layer's numbers times the score's positive gradient; made for early layers",
    source: "Jiang et al. 2021", layerUse: .always
  ) { _, _ in LayerCAM() }
}
