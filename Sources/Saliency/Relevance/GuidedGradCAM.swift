internal import Networks
internal import Tensors
internal import Terms

/// Guided Grad-CAM: guided backpropagation at the input, where Grad-CAM at a layer finds evidence.
///
///     R = R_guided ⊙ L
///
/// with `L` the map of ``GradCAM``, after its ReLU and resized bilinearly, and `R_guided` the
/// attribution of ``GuidedBackpropagation``; both say where they depart. [Selvaraju et al. 2017],
/// section 3.2.
///
/// - Shapes: the attribution is `[C, H, W]`, `L` one number a pixel for all channels.
/// - Range: signed, in units of the score squared per unit of the input.
/// - Randomness: none.
/// - Complexity: that of both methods, one after the other.
///
/// [Selvaraju et al. 2017]: https://doi.org/10.1109/ICCV.2017.74
public struct GuidedGradCAM: Explainer, Hashable {
  /// The method has no settings.
  public init() {}

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    var chosen: [[Score]] = []
    let found = try GradCAM().maps(
      for: request.changing(progress: { _ in }).asking { prediction in
        chosen = try request.groups(prediction)
        return chosen
      })
    let groups = chosen
    let guided = try GuidedBackpropagation().maps(for: request.asking { _ in groups })
    return Explanation(
      prediction: found.prediction, scores: found.scores,
      maps: try zip(guided.maps, found.maps).map { guided, place in
        guard let attribution = guided.attribution else { return guided }
        return try SaliencyMap(
          attribution: attribution * place.values, over: request.input.features)
      })
  }
}

extension GuidedGradCAM {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Guided Grad-CAM on the menu.
  static let entry = ExplainerEntry(
    name: "guided-grad-cam", title: "Guided Grad-CAM",
    summary: "guided backpropagation, where Grad-CAM at a layer finds evidence",
    source: "Selvaraju et al. 2017", layerUse: .always
  ) { _, _ in GuidedGradCAM() }
}
