internal import Networks
internal import Tensors
internal import Terms

/// What the explainers by relevance have in common: a forward pass, a start for each score, one
/// walk of all of them down to a layer.
///
/// Batch normalisation is folded into the layers before it, so that relevance does not depend on
/// how a network is written down.
struct RelevanceWalk {
  let network: Network
  let layer: Layer

  /// What was found for some scores.
  struct Found {
    let prediction: Prediction
    /// The value of each score.
    let scores: [Float]
    /// `[S]` + the shape of what the layer gave.
    var relevance: Tensor
  }

  /// Walks back from the scores.
  ///
  /// - Parameters:
  ///   - table: The rules, all linear in what arrives.
  ///   - start: What starts at the outputs, `[S, n]`, of the scores and their gradients there.
  func found(
    of scores: (Prediction) throws -> [Score], at input: Tensor, within resources: Resources,
    progress: ProgressHandler, by table: (Trace) throws -> RuleTable,
    from start: (RelevanceStart, [Score], _ gradients: Tensor) throws -> Tensor
  ) throws -> Found {
    let trace = try network.program.foldingNormalization().trace(input, behind: layer)
    let prediction = try network.prediction(from: trace.output)
    let chosen = try scores(prediction)
    let end = try RelevanceStart(trace, of: network)
    let (values, gradients) = try end.gradients(of: chosen)
    let starts = try SharedStarts(start(end, chosen, gradients))
    let walked = try walk(starts.rows, in: trace, by: table(trace), resources, progress)
    return Found(
      prediction: prediction, scores: try values.floats(),
      relevance: try starts.combined(walked))
  }

  /// Walks back as many rows at a time as fit the memory.
  private func walk(
    _ rows: Tensor, in trace: Trace, by table: RuleTable, _ resources: Resources,
    _ progress: ProgressHandler
  ) throws -> Tensor {
    let count = rows.shape[0]
    let height = resources.count(ofSize: trace.bytesPerRow, limit: count)
    let total = (count + height - 1) / height * (trace.calls.count + 1)
    var completed = 0
    func step() throws {
      completed += 1
      try progress(ProgressUpdate(completed: completed, total: total))
    }
    var found: [Tensor] = []
    for first in stride(from: 0, to: count, by: height) {
      let part = try rows.slice(axis: 0, first..<min(first + height, count))
      let start = try part.reshaped([part.shape[0]] + trace.output.shape)
      found.append(try trace.walkBack(from: start, by: table, progress: step))
      // Calls that nothing arrives at take no step.
      completed = found.count * (trace.calls.count + 1) - 1
      try step()
    }
    return found.count == 1 ? found[0] : try Tensor.concatenated(found)
  }
}

extension RelevanceWalk.Found {
  /// The maps of relevance: at the input an attribution; at a layer the sum over its channels,
  /// enlarged bilinearly.
  func maps(
    at layer: Layer, of program: Program, like input: Tensor,
    rectification: SaliencyMap.Rectification = .none
  ) throws -> [SaliencyMap] {
    try (0..<relevance.shape[0]).map { index in
      let own = try relevance.select(axis: 0, index: index).select(axis: 0, index: 0)
      let measurements = [SaliencyMap.Measurement.relevanceSum: try own.sum().number()]
      if layer == program.inputLayer {
        return try SaliencyMap(attribution: own, measurements: measurements)
      }
      let atLayer = try own.sum(axes: [0])
      let kept = rectification == .relu ? try atLayer.relu() : atLayer
      let enlarged = try kept.reshaped([1, 1] + kept.shape)
        .resizedBilinearly(height: input.shape[2], width: input.shape[3])
      return SaliencyMap(
        values: try enlarged.reshaped(Array(input.shape.suffix(2))), atLayer: atLayer,
        rectification: rectification, measurements: measurements)
    }
  }
}

extension Trace {
  /// Bytes that a row takes at most: what arrives at and leaves a call, and what lies between.
  fileprivate var bytesPerRow: Int {
    let counts = calls.map { call in
      (call.inputs + call.outputs.compactMap(\.self)).reduce(0) { $0 + $1.count }
    }
    return 4 * 3 * (counts.max() ?? 1)
  }
}
