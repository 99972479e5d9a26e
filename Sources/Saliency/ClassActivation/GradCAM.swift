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
/// - Shapes: `Aₖ` is `[1, K, h, w]`; L is resized bilinearly (corners not aligned) to the pixels
///   `[H, W]` after the ReLU.
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
          found, place, own.lowerBound - pass.lowerBound..<own.upperBound - pass.lowerBound,
          over: request.input.features)
      }
      values += try found.scores.floats()
    }
    return Explanation(prediction: prediction, scores: values, maps: maps)
  }

  private static func maps(
    _ found: LayerGradients, _ place: Int, _ scores: Range<Int>, over features: Features
  ) throws -> [SaliencyMap] {
    // A network may compute in other precision; maps have 32 bits.
    let alpha = try found.gradients[place].slice(axis: 0, scores)
      .converted(to: .float32).meanKeepingAxes([3, 4])
    let atLayer = try (alpha * found.activations[place].converted(to: .float32))
      .sum(axes: [1, 2])
    let enlarged = try features.carried(atLayer.relu())
    return try (0..<atLayer.shape[0]).map { i in
      SaliencyMap(
        values: try enlarged.select(axis: 0, index: i),
        atLayer: try atLayer.select(axis: 0, index: i), rectification: .relu, over: features)
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
