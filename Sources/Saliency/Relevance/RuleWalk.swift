internal import Networks
internal import Tensors
internal import Terms

/// Walks from a network's output down to a layer by rules, as many rows at once as the memory allows.
///
/// Rules act on each row alone, so the rows of several scores do not mix.
struct RuleWalk {
  let trace: Trace
  let rules: RuleTable

  /// What arrives at the layer.
  ///
  /// - Shapes: `rows` is `[R]` + the output's shape, the result `[R]` + the layer's.
  func arrived(
    from rows: Tensor, within resources: Resources, progress: ProgressHandler
  ) throws -> Tensor {
    let count = rows.shape[0]
    // As much again for what a call's own product needs.
    let atOnce = resources.count(ofSize: 2 * trace.rowBytes, limit: count)
    let starts = Array(stride(from: 0, to: count, by: atOnce))
    // Calls that nothing arrives at take no step, so the last one is taken for itself.
    let total = starts.count * trace.calls.count + 1
    var completed = 0
    let parts = try starts.map { start in
      try trace.walkBack(
        from: rows.slice(axis: 0, start..<min(start + atOnce, count)), by: rules
      ) {
        completed += 1
        try progress(ProgressUpdate(completed: completed, total: total))
      }
    }
    try progress(ProgressUpdate(completed: total, total: total))
    return parts.count == 1 ? parts[0] : try Tensor.concatenated(parts)
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
