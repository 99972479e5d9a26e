public import Networks
public import Tensors
public import Terms

extension Score {
  /// The score's value for logits `y`, differentiable where they are recorded.
  ///
  /// - Shapes: `logits` is `[…, classes]`, or `[…, 1]` for a regression; the result is `[…]`.
  /// - Throws: ``TensorError`` when a class is not among the logits.
  public func value(of logits: Tensor) throws(TensorError) -> Tensor {
    switch self {
    case .logit(let p): return try Self.generalisedLogit(p, logits)
    case .probability(let p): return try Self.logProbability(p, logits).exp()
    case .logOdds(let p, let q):
      return try Self.generalisedLogit(p, logits) - Self.generalisedLogit(q, logits)
    case .weightedContrast(let p, let q):
      let rivals = try logits.gather(axis: -1, q.indices)
      let weights = try rivals.detached().softmax(axis: -1)
      return try Self.generalisedLogit(p, logits) - (weights * rivals).sum(axes: [-1])
    case .meanContrast(let p, let q):
      return try Self.generalisedLogit(p, logits)
        - logits.gather(axis: -1, q.indices).mean(axes: [-1])
    case .finerContrast(let p, let q, let gamma):
      return try Self.generalisedLogit(p, logits)
        - logits.gather(axis: -1, q.indices).mean(axes: [-1]) * gamma
    case .maxContrast(let p, let q):
      return try Self.generalisedLogit(p, logits)
        - logits.gather(axis: -1, q.indices).maximum(axes: [-1])
    case .surprise(let q): return try Self.logProbability(q, logits) * -1
    case .value: return try logits.select(axis: -1, index: 0)
    case .squaredError(let q): return try (logits.select(axis: -1, index: 0) - q).squared()
    }
  }

  /// `z_C = log Σ_{c∈C} exp y_c`; exactly `y_c` for one class.
  private static func generalisedLogit(
    _ classes: ClassSet, _ logits: Tensor
  ) throws(TensorError) -> Tensor {
    if classes.indices.count == 1 { return try logits.select(axis: -1, index: classes.indices[0]) }
    return try logits.gather(axis: -1, classes.indices).logSumExp(axis: -1)
  }

  private static func logProbability(
    _ classes: ClassSet, _ logits: Tensor
  ) throws(TensorError) -> Tensor {
    try generalisedLogit(classes, logits.logSoftmax(axis: -1))
  }
}

extension Score {
  /// The sets of classes whose logarithms the score reads, so that 0 will not do for their probability.
  var logarithms: [ClassSet] {
    switch self {
    case .logit(let p): [p]
    case .logOdds(let p, let q), .maxContrast(let p, let q): [p, q]
    case .weightedContrast(let p, let q), .meanContrast(let p, let q),
      .finerContrast(let p, let q, _):
      [p] + q.indices.map { ClassSet($0) }
    case .surprise(let q): [q]
    case .probability, .value, .squaredError: []
    }
  }
}

extension Score {
  /// The score's value for what a network answered.
  func value(in prediction: Prediction) throws(TensorError) -> Float {
    let outputs = prediction.value.map { [$0] } ?? prediction.logits
    return try value(of: Tensor(outputs, shape: [1, outputs.count])).number()
  }
}

extension Network {
  /// Values of scores at several points, and their gradients with respect to the input there.
  ///
  /// One forward pass, and one backward pass of batch S or, where the scores lie on fewer classes
  /// than that, of as many.
  ///
  /// - Shapes: `points` is `[N, C, H, W]`; values are `[S, N]`, gradients `[S, N, C, H, W]`.
  public func inputGradients(
    of scores: [Score], at points: Tensor
  ) throws -> (values: Tensor, gradients: Tensor) {
    let found = try program.gradients(at: [program.inputLayer], input: points) { output in
      try values(of: scores, from: output)
    }
    return (found.scores, found.gradients[0])
  }

  /// The values of scores for the network's output for a batch.
  ///
  /// - Shapes: the result is `[S, N]`.
  ///
  /// - Throws: ``NetworkError/vanished(_:)`` where a score reads the logarithm of a probability that is
  ///   0 in a float.
  public func values(of scores: [Score], from output: Tensor) throws -> Tensor {
    try checkLogits(of: scores.flatMap(\.logarithms), in: output)
    let logits = try logits(of: output)
    return try Tensor.stacked(scores.map { try $0.value(of: logits) })
  }
}
