public import Networks
public import Tensors
public import Terms

/// Grad-CAM: the channels of a layer, weighted by the score's mean gradient and summed.
///
///     αₖ = mean over (i, j) of ∂s/∂Aₖᵢⱼ            (1)
///     L  = max(0, Σₖ αₖ Aₖ)                       (2)
///
/// Equations 1 and 2 of [Selvaraju et al. 2017]. Departs from the paper in that `s` may be any
/// score, and in that the signed sum before the ReLU is kept beside L.
///
/// - Shapes: `Aₖ` is `[1, K, h, w]`; L is `[H, W]`, resized bilinearly (corners not aligned) after
///   the ReLU.
/// - Range: 0 or more, in units of the score; not normalised.
/// - Randomness: none.
/// - Complexity: one forward pass, and one backward walk from the output down to the layer with a
///   row for each score, or for each class that the scores lie on where those are fewer.
///
/// [Selvaraju et al. 2017]: https://doi.org/10.1109/ICCV.2017.74
public struct GradCAM: Explainer {
  /// The layer whose channels are weighted.
  public let layer: Layer

  /// Explains at a layer.
  ///
  /// - Throws: ``NetworkError/notSpatial(_:_:)`` when its output is no stack of maps over the picture.
  public init(at layer: Layer) throws(NetworkError) {
    try layer.checkMaps()
    self.layer = layer
  }

  /// One map a score; see the type.
  public func maps(
    of scores: (Prediction) throws -> [Score], in network: Network, at input: Tensor,
    within resources: Resources, progress: ProgressHandler
  ) throws -> Explanation {
    var (values, maps): ([Float], [SaliencyMap]) = ([], [])
    let prediction = try network.gradients(
      of: scores, at: [layer], input: input, within: resources, progress: progress
    ) { found in
      values += try found.scores.floats()
      maps += try Self.maps(found, 0, height: input.shape[2], width: input.shape[3])
    }
    return Explanation(prediction: prediction, scores: values, maps: maps)
  }

  /// Two layers share the forward pass, and the walk down to the earlier of them.
  public func maps(
    of scores: (Prediction) throws -> ScoreLots, beside other: any Explainer, in network: Network,
    at input: Tensor, within resources: Resources, progress: ProgressHandler
  ) throws -> (own: Explanation, other: Explanation) {
    guard let other = other as? GradCAM else {
      return try mapsApart(
        of: scores, beside: other, in: network, at: input, within: resources, progress: progress)
    }
    var values: [Float] = []
    var maps: [[SaliencyMap]] = [[], []]
    var count = 0
    let prediction = try network.gradients(
      of: { prediction in
        let lots = try scores(prediction)
        count = lots.own.count
        return lots.own + lots.other
      }, at: [layer, other.layer], input: input, within: resources, progress: progress
    ) { found in
      values += try found.scores.floats()
      for place in 0..<2 {
        maps[place] += try Self.maps(
          found, place, height: input.shape[2], width: input.shape[3])
      }
    }
    return (
      Explanation(
        prediction: prediction, scores: Array(values.prefix(count)),
        maps: Array(maps[0].prefix(count))),
      Explanation(
        prediction: prediction, scores: Array(values.dropFirst(count)),
        maps: Array(maps[1].dropFirst(count)))
    )
  }

  private static func maps(
    _ found: LayerGradients, _ place: Int, height: Int, width: Int
  ) throws -> [SaliencyMap] {
    // A network may compute in other precision; maps have 32 bits.
    let alpha = try found.gradients[place].converted(to: .float32).meanKeepingAxes([3, 4])
    let atLayer = try (alpha * found.activations[place].converted(to: .float32))
      .sum(axes: [1, 2])
    let enlarged = try atLayer.relu().withAxis(at: 1)
      .resizedBilinearly(height: height, width: width)
    return try (0..<atLayer.shape[0]).map { i in
      SaliencyMap(
        values: try enlarged.select(axis: 0, index: i).select(axis: 0, index: 0),
        atLayer: try atLayer.select(axis: 0, index: i), rectification: .relu)
    }
  }
}

extension GradCAM {
  /// Grad-CAM on the menu.
  static let entry = ExplainerEntry(
    name: "grad-cam", title: "Grad-CAM",
    summary: "a layer's channels, weighted by the score's mean gradient",
    source: "Selvaraju et al. 2017", layerUse: .always
  ) { _, context in try GradCAM(at: context.neededLayer) }
}
