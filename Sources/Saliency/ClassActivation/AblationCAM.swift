internal import Networks
internal import Tensors
internal import Terms

/// Ablation-CAM: the channels of a layer, weighted by what the score loses when each is set to zero.
///
///     wₖ = s − s with Aₖ = 0
///     L  = max(0, Σₖ wₖ Aₖ)
///
/// [Desai and Ramaswamy 2020], equations 3 and 4, **without the division by s**: the paper's `wₖ = (s − sₖ) / s` is the
/// slope of the score along the channel. s is one number for all channels, so the division only scales the map,
/// but where s is near 0 it is noise, and where s is negative it turns the map over. Log-odds and other contrasts are near
/// 0 where a question is interesting, so the plain difference is taken for all scores. Divide by the score's value for
/// the paper's numbers. pytorch-grad-cam sets a channel to a number far below all others where the layer has negative
/// numbers; here, as in the paper, it is 0.
///
/// It uses no gradients, so where these vanish, as behind a saturated softmax, it still answers.
///
/// - Contrast: a channel's weight is what the log-odds of P against Q lose without it, so channels that speak for Q have
///   negative weights. The signed map is the difference of those of `z_P` and `z_Q`, for the scores' differences are.
/// - Shapes: `Aₖ` is `[1, K, h, w]`; L is enlarged bilinearly (corners not aligned) after the rectification. Of tokens, a
///   channel is taken away from the class token, too.
/// - Range: that of the score times the layer's numbers, signed at the layer.
/// - Randomness: none.
/// - Complexity: a pass through what comes behind the layer for each channel that is not 0 everywhere; what comes before
///   runs once for each copy of a pass.
///
/// [Desai and Ramaswamy 2020]: https://doi.org/10.1109/WACV45572.2020.9093360
public struct AblationCAM: Explainer {
  /// The most channels a pass; `nil` for as many as the memory holds.
  public var batch: Int?

  /// Chooses the settings.
  public init(batch: Int? = nil) { self.batch = batch }

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    let layer = try request.layer()
    guard let axis = layer.channelAxis else {
      throw NetworkError.notSpatial(layer.name, .unknown(layer.shape))
    }
    let count = layer.shape[axis] ?? 1
    let runner = try LayerRunner(for: request, at: layer, samples: count, largestBatch: batch)
    let channels = try layer.stacked(runner.activation.slice(axis: 0, 0..<1))
      .select(axis: 0, index: 0).converted(to: .float32)
    let highest = try channels.magnitudes().maximum(axes: [1, 2]).floats()
    let active = highest.indices.filter { highest[$0] > 0 }
    let own = try Tensor(runner.values, shape: [runner.values.count, 1]).on(channels.device)
    func maps(_ known: Int, _ drops: Tensor) throws -> [SaliencyMap] {
      let chosen = try channels.gather(axis: 0, Array(active.prefix(known)))
      let sum = try drops.matrixProduct(chosen.reshaped([known, -1]))
      return try request.rectifiedMaps(
        sum.reshaped([drops.shape[0]] + channels.shape.dropFirst()), [.samples: Float(known)])
    }
    guard !active.isEmpty else {
      try request.progress(ProgressUpdate(completed: 1, total: 1))
      let nothing = try (own * 0).withAxis(at: 2) * channels.slice(axis: 0, 0..<1)
      return try runner.explanation(request.rectifiedMaps(nothing), moved: nil)
    }
    let found = try runner.scores(of: active.count) { known, scores in
      try maps(known, own - Tensor.concatenated(scores, axis: 1))
    } alter: { range, activation in
      try activation * Self.holes(at: range.map { active[$0] }, of: axis, in: activation)
    }
    let drops = try own - found
    return try runner.explanation(
      maps(active.count, drops), moved: drops.magnitudes().maximum(axes: [1]).floats())
  }

  /// 0 at one channel of each row and 1 elsewhere, such as `[n, K, 1, 1]`.
  private static func holes(
    at channels: [Int], of axis: Int, in activation: Tensor
  ) throws -> Tensor {
    let (rows, width) = (activation.shape[0], activation.shape[axis])
    var shape = activation.shape.map { _ in 1 }
    (shape[0], shape[axis]) = (rows, width)
    var numbers = [Float](repeating: 1, count: rows * width)
    for (row, channel) in channels.enumerated() { numbers[row * width + channel] = 0 }
    return try Tensor(numbers, shape: shape)
      .converted(to: activation.elementType ?? .float32).on(activation.device)
  }
}

extension AblationCAM: MenuMethod {
  static let table: [MethodSetting<AblationCAM>] = [
    .count("batch", \.batch, 0...10_000, "the most channels a pass; 0: what fits the memory")
  ]

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Ablation-CAM on the menu.
  static let entry = ExplainerEntry(
    AblationCAM(), named: "ablation-cam", title: "Ablation-CAM",
    summary: "a layer's channels, weighted by what the score loses without each",
    source: "Desai and Ramaswamy 2020", layerUse: .always, asksOften: true)
}
