public import Tensors
public import Terms

extension Score {
  /// The score's value for logits `y`, differentiable where they are recorded.
  ///
  /// - Shapes: `logits` is `[classes]`, or `[1]` for a regression; the result has no axes.
  /// - Throws: ``TensorError`` when a class is not among the logits.
  public func value(of logits: Tensor) throws(TensorError) -> Tensor {
    switch self {
    case .logit(let p): return try Self.generalisedLogit(p, logits)
    case .probability(let p): return try Self.logProbability(p, logits).exp()
    case .logOdds(let p, let q):
      return try Self.generalisedLogit(p, logits) - Self.generalisedLogit(q, logits)
    case .weightedContrast(let p, let q):
      let rivals = try logits.gather(axis: 0, q.indices)
      let weights = try rivals.detached().softmax(axis: 0)
      return try Self.generalisedLogit(p, logits) - (weights * rivals).sum()
    case .meanContrast(let p, let q):
      return try Self.generalisedLogit(p, logits)
        - logits.gather(axis: 0, q.indices).mean(axes: [0])
    case .maxContrast(let p, let q):
      return try Self.generalisedLogit(p, logits)
        - logits.gather(axis: 0, q.indices).maximum(axes: [0])
    case .surprise(let q): return try Self.logProbability(q, logits) * -1
    case .value: return try logits.select(axis: 0, index: 0)
    case .squaredError(let q): return try (logits.select(axis: 0, index: 0) - q).squared()
    }
  }

  /// `z_C = log Σ_{c∈C} exp y_c`; exactly `y_c` for one class.
  private static func generalisedLogit(
    _ classes: ClassSet, _ logits: Tensor
  ) throws(TensorError) -> Tensor {
    if classes.indices.count == 1 { return try logits.select(axis: 0, index: classes.indices[0]) }
    return try logits.gather(axis: 0, classes.indices).logSumExp(axis: 0)
  }

  private static func logProbability(
    _ classes: ClassSet, _ logits: Tensor
  ) throws(TensorError) -> Tensor {
    try generalisedLogit(classes, logits.logSoftmax(axis: 0))
  }
}
