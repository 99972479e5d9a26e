public import Networks
public import Tensors
public import Terms

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
public struct GuidedGradCAM: Explainer {
  private let places: GradCAM

  /// Weights guided backpropagation by Grad-CAM at a layer.
  ///
  /// - Throws: ``NetworkError/notSpatial(_:_:)`` when its output is no stack of maps over the picture.
  public init(at layer: Layer) throws(NetworkError) { places = try GradCAM(at: layer) }

  /// One map a score; see the type.
  public func maps(
    of scores: (Prediction) throws -> [Score], in network: Network, at input: Tensor,
    within resources: Resources, progress: ProgressHandler
  ) throws -> Explanation {
    var chosen: [Score] = []
    let found = try places.maps(
      of: { prediction in
        chosen = try scores(prediction)
        return chosen
      }, in: network, at: input, within: resources, progress: { _ in })
    let guided = try GuidedBackpropagation().maps(
      of: chosen, in: network, at: input, within: resources, progress: progress)
    return Explanation(
      prediction: found.prediction, scores: found.scores,
      maps: try zip(guided.maps, found.maps).map { guided, place in
        guard let attribution = guided.attribution else { return guided }
        return try SaliencyMap(attribution: attribution * place.values)
      })
  }
}

extension GuidedGradCAM {
  /// Guided Grad-CAM on the menu.
  static let entry = ExplainerEntry(
    name: "guided-grad-cam", title: "Guided Grad-CAM",
    summary: "guided backpropagation, where Grad-CAM at a layer finds evidence",
    source: "Selvaraju et al. 2017", layerUse: .always
  ) { _, context in try GuidedGradCAM(at: context.neededLayer) }
}
