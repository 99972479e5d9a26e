internal import Networks
internal import Tensors

/// Grad-CAM++: the channels of a layer, each place's positive gradient weighted so that all places of an
/// object count alike.
///
///     αₖᵢⱼ = g² / (2 g² + Σₐᵦ Aₖₐᵦ · g³ + ε) with g = ∂s/∂Aₖᵢⱼ
///     wₖ   = Σᵢⱼ αₖᵢⱼ · max(0, g)
///     L    = max(0, Σₖ wₖ Aₖ)
///
/// Equation 19 and the weights of [Chattopadhay et al. 2018]. The paper explains `Y = exp(s)`, whose second and third
/// derivatives are `Y g²` and `Y g³` where s is linear in A but for rectifiers; the factor Y is left out, as in
/// all code that is in use. With ε = 0 this is `α = 1 / (2 + g Σ Aₖ)`. pytorch-grad-cam adds ε = 10⁻⁶, which
/// decides wherever gradients are below a thousandth, as at early layers; torch-cam takes the sum of `A · g³`, each
/// place with its own gradient, which is not equation 19.
///
/// The formula supposes numbers that are not negative, as behind a rectifier.
///
/// - Contrast: `exp(z_P − z_Q)` is the odds of P against Q, and the differences of logits are as linear as logits are,
///   so the formula holds as it stands. Channels count where they raise P more than Q; those that raise Q are dropped, so
///   the reverse question has a map of its own, and the map is not the difference of two. For probabilities and
///   sets of classes, which are not linear in the logits, it is an approximation.
/// - Shapes: `Aₖ` is `[1, K, h, w]`; L is enlarged bilinearly (corners not aligned) after the rectification.
/// - Range: 0 or more behind a rectifier; in no unit, for α adds 2 to what has the score's.
/// - Randomness: none.
/// - Complexity: Grad-CAM's, one forward pass and one walk back to the layer.
///
/// [Chattopadhay et al. 2018]: https://arxiv.org/abs/1710.11063
public struct GradCAMPlusPlus: Explainer, Hashable {
  /// ε; 1e-6 gives the maps of pytorch-grad-cam.
  public var epsilon: Float

  /// Chooses the settings.
  public init(epsilon: Float = 0) { self.epsilon = epsilon }

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    return try request.activationMaps { activation, gradients in
      let sums = try activation.sum(axes: [2, 3]).withAxis(at: 2).withAxis(at: 3)
      let positive = try gradients.relu()
      // What α is one part of. Only positive gradients count; ε / g² is infinite where there is none.
      var denominator = try sums * positive + 2
      if epsilon > 0 { denominator = try denominator + positive.squared().reciprocals() * epsilon }
      let weights = try (positive / denominator).sum(axes: [3, 4])
      return try (weights.withAxis(at: 3).withAxis(at: 4) * activation).sum(axes: [1, 2])
    }
  }
}

extension GradCAMPlusPlus: MenuMethod {
  static let table: [MethodSetting<GradCAMPlusPlus>] = [
    .number(
      "epsilon", \.epsilon, 0...1,
      "what is added below the fraction of α; 1e-6: as pytorch-grad-cam")
  ]

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Grad-CAM++ on the menu.
  static let entry = ExplainerEntry(
    GradCAMPlusPlus(), named: "grad-cam-plus-plus", title: "Grad-CAM++",
    summary: "Grad-CAM where each place of an object counts alike",
    source: "Chattopadhay et al. 2018", layerUse: .always)
}
