internal import Networks
internal import Tensors
internal import Terms

/// What the explainers by relevance have in common: a forward pass, a start for each score, one
/// walk of all of them down to a layer, or to several.
///
/// Batch normalisation is folded into the layers beside it, and operators that stand for several are
/// written out, so that relevance does not depend on how a network is written down.
struct RelevanceWalk {
  let layers: [Layer]

  init(to layers: [Layer]) { self.layers = layers }

  /// What was found for some scores.
  struct Found {
    let prediction: Prediction
    /// The value of each score.
    let scores: [Float]
    /// For each layer `[S]` + the shape of what it gave.
    var relevance: [Tensor]
  }

  /// Walks back from the scores.
  ///
  /// - Parameters:
  ///   - table: The rules, all linear in what arrives, for a trace and the layers in its program.
  ///   - start: What starts at the outputs, `[S, n]`, of the scores and their gradients there.
  func found(
    for request: MapRequest, by table: (Trace, [Layer]) throws -> RuleTable,
    from start: (RelevanceStart, [Score], _ gradients: Tensor) throws -> Tensor
  ) throws -> Found {
    guard let first = Layer.first(of: layers) else {
      throw NetworkError.noSpatialLayer
    }
    let network = request.network
    let expanded = try network.program.expandingOperators()
    let trace = try expanded.program.foldingNormalization(intoLayersBehind: true)
      .trace(request.input.tensor, behind: expanded.layer(first))
    let prediction = try network.prediction(from: trace.output)
    let chosen = try request.scores(prediction)
    let end = try RelevanceStart(trace, of: network)
    let (values, gradients) = try end.gradients(of: chosen)
    let starts = try SharedStarts(start(end, chosen, gradients))
    let walked = try RuleWalk(
      trace: trace, rules: table(trace, layers.map(expanded.layer))
    ).arrived(
      at: layers,
      from: starts.rows.reshaped([-1] + trace.output.shape)
        .converted(to: trace.output.elementType ?? .float32),
      within: request.resources, progress: request.progress)
    return Found(
      prediction: prediction, scores: try values.floats(),
      relevance: try walked.map { try starts.combined($0) })
  }
}

extension RelevanceWalk.Found {
  /// The maps of relevance: at the input an attribution; at a layer the sum over its channels at each
  /// place, enlarged bilinearly.
  func maps(
    at layer: Layer, place: Int = 0, for request: MapRequest,
    rectification: SaliencyMap.Rectification = .none
  ) throws -> [SaliencyMap] {
    let relevance = relevance[place]
    return try (0..<relevance.shape[0]).map { index in
      let row = try relevance.select(axis: 0, index: index)
      let own = try row.select(axis: 0, index: 0)
      let measurements = [SaliencyMap.Measurement.relevanceSum: try own.sum().number()]
      let features = request.input.features
      if layer == request.network.program.inputLayer {
        return try SaliencyMap(attribution: own, over: features, measurements: measurements)
      }
      let atLayer = try layer.stacked(row).select(axis: 0, index: 0).sum(axes: [0])
      let kept = rectification == .relu ? try atLayer.relu() : atLayer
      return SaliencyMap(
        values: try features.carried(kept.withAxis(at: 0)).select(axis: 0, index: 0),
        atLayer: atLayer, rectification: rectification, over: features,
        measurements: measurements)
    }
  }
}
