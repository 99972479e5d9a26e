internal import Networks
internal import Tensors
internal import Terms

/// Walks from a network's output down to a layer by rules, as many rows at once as the memory allows.
///
/// Rules act on each row alone, so the rows of several scores do not mix.
struct RuleWalk {
  let trace: Trace
  let rules: RuleTable

  /// What arrives at the layer that the trace begins behind.
  ///
  /// - Shapes: `rows` is `[R]` + the output's shape, the result `[R]` + the layer's.
  func arrived(
    from rows: Tensor, within resources: Resources, progress: ProgressHandler
  ) throws -> Tensor {
    try arrived(at: [], from: rows, within: resources, progress: progress)[0]
  }

  /// What arrives at each of some layers, the first of which the trace begins behind; without any,
  /// at that one.
  func arrived(
    at layers: [Layer], from rows: Tensor, within resources: Resources, progress: ProgressHandler
  ) throws -> [Tensor] {
    let count = rows.shape[0]
    // As much again for what a call's own product needs.
    let atOnce = resources.beside(bytes: trace.byteCount)
      .count(ofSize: 2 * trace.rowBytes, limit: count)
    let starts = Array(stride(from: 0, to: count, by: atOnce))
    // Calls that nothing arrives at take no step, so the last one is taken for itself.
    let total = starts.count * trace.calls.count + 1
    var completed = 0
    func step() throws {
      completed += 1
      try progress(ProgressUpdate(completed: completed, total: total))
    }
    let parts = try starts.map { start in
      let some = try rows.slice(axis: 0, start..<min(start + atOnce, count))
      return layers.isEmpty
        ? [try trace.walkBack(from: some, by: rules, progress: step)]
        : try trace.walkBack(from: some, by: rules, to: layers, progress: step)
    }
    try progress(ProgressUpdate(completed: total, total: total))
    guard let first = parts.first, parts.count > 1 else { return parts.first ?? [] }
    return try first.indices.map { place in try Tensor.concatenated(parts.map { $0[place] }) }
  }
}

extension Network {
  /// The values of scores and their gradients at the output, where walks start.
  ///
  /// - Shapes: values are `[S]`, gradients `[S]` + the output's shape.
  func starts(
    of scores: [Score], at output: Tensor
  ) throws -> (values: Tensor, gradients: Tensor) {
    let leaf = try output.leaf()
    let values = try values(of: scores, from: leaf).reshaped([-1])
    guard let gradients = try values.gradients(withRespectTo: [leaf])[0] else {
      throw NetworkError.layerDoesNotReachOutput("output")
    }
    return (try values.detached(), gradients)
  }
}
