public import Networks
public import Tensors
public import Terms

extension Score {
  /// The score's value for logits `y`, differentiable where they are recorded.
  ///
  /// - Shapes: `logits` is `[…, classes]`; of labels `[…, 2 n]`, their absences after them; or `[…, 1]` for a
  ///   regression. The result is `[…]`.
  /// - Parameter head: How the classes belong together.
  /// - Throws: ``TensorError`` when a class is not among the logits.
  public func value(of logits: Tensor, under head: Head = .choice) throws(TensorError) -> Tensor {
    let y = HeadedLogits(logits, head)
    if let (p, q) = contrasted, head.areOpposite(p, q) { return try y.generalised(p) }
    switch self {
    case .logit(let p): return try y.generalised(p)
    case .probability(let p): return try y.logProbability(p).exp()
    case .logOdds(let p, let q): return try y.generalised(p) - y.generalised(q)
    case .weightedContrast(let p, let q):
      return try y.generalised(p) - (y.shares(of: q) * y.each(of: q)).sum(axes: [-1])
    case .meanContrast(let p, let q):
      return try y.generalised(p) - y.each(of: q).mean(axes: [-1])
    case .finerContrast(let p, let q, let gamma):
      return try y.generalised(p) - y.each(of: q).mean(axes: [-1]) * gamma
    case .maxContrast(let p, let q):
      return try y.generalised(p) - y.each(of: q).maximum(axes: [-1])
    case .surprise(let q): return try y.logProbability(q) * -1
    case .value: return try logits.select(axis: -1, index: 0)
    case .squaredError(let q): return try (logits.select(axis: -1, index: 0) - q).squared()
    }
  }

  /// The fact and the foil of a score that holds both.
  private var contrasted: (ClassSet, ClassSet)? {
    switch self {
    case .logOdds(let p, let q), .weightedContrast(let p, let q), .meanContrast(let p, let q),
      .finerContrast(let p, let q, _), .maxContrast(let p, let q):
      (p, q)
    default: nil
    }
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
    return try Tensor.stacked(scores.map { try $0.value(of: logits, under: head) })
  }
}
