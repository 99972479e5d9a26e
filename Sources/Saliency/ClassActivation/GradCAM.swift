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
    let layers = try request.spatialLayers()
    var counts: [Int] = []
    var (values, maps): ([Float], [SaliencyMap]) = ([], [])
    let asking = request.asking { prediction in
      let groups = try request.groups(prediction)
      counts = layers.count > 1 ? groups.map(\.count) : [groups.reduce(0) { $0 + $1.count }]
      return groups
    }
    let prediction = try asking.gradients(at: layers) { found in
      let pass = maps.count..<maps.count + found.scores.shape[0]
      var first = 0
      for (place, count) in counts.enumerated() {
        let own = pass.clamped(to: first..<first + count)
        first += count
        if own.isEmpty { continue }
        maps += try Self.maps(
          found, at: layers[place], place,
          own.lowerBound - pass.lowerBound..<own.upperBound - pass.lowerBound,
          over: request.input.features)
      }
      values += try found.scores.floats()
    }
    return Explanation(prediction: prediction, scores: values, maps: maps)
  }

  private static func maps(
    _ found: LayerGradients, at layer: Layer, _ place: Int, _ scores: Range<Int>,
    over features: Features
  ) throws -> [SaliencyMap] {
    // A network may compute in other precision; maps have 32 bits.
    let gradients = try layer.stacked(
      found.gradients[place].slice(axis: 0, scores).converted(to: .float32))
    let activations = try layer.stacked(found.activations[place].converted(to: .float32))
    let alpha = try gradients.meanKeepingAxes([3, 4])
    let atLayer = try (alpha * activations).sum(axes: [1, 2])
    let terms = try gradients.magnitudes().meanKeepingAxes([3, 4]) * activations.magnitudes()
    let noise = try (terms.sum(axes: [1, 2]) * Float.ulpOfOne)
    let enlarged = try features.carried(atLayer.relu())
    return try (0..<atLayer.shape[0]).map { i in
      let map = SaliencyMap(
        values: try enlarged.select(axis: 0, index: i),
        atLayer: try atLayer.select(axis: 0, index: i), rectification: .relu, over: features)
      let rounding = try noise.select(axis: 0, index: i).extremes().upperBound
      let largest = try map.atLayer.magnitudes().extremes().upperBound
      return largest > rounding ? map : try map.silenced(rounding: rounding)
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
