public import Tensors

extension Program {
  /// A loss and its gradient with respect to every parameter, for training.
  ///
  /// - Parameters:
  ///   - parameters: Values to use instead of the program's own, by name.
  ///   - input: One batch.
  ///   - loss: Computes a scalar from the network's output.
  /// - Complexity: one forward and one backward pass.
  public func parameterGradients(
    at parameters: [String: Tensor], input: Tensor, of loss: (Tensor) throws -> Tensor
  ) throws -> (loss: Tensor, gradients: [String: Tensor]) {
    try parameterGradients(at: parameters, inputs: values(input), of: loss)
  }

  /// The same for values of all inputs by their names.
  public func parameterGradients(
    at parameters: [String: Tensor], inputs: [String: Tensor],
    of loss: (Tensor) throws -> Tensor
  ) throws -> (loss: Tensor, gradients: [String: Tensor]) {
    let tensors = try weights.map { weight in
      weight.kind == .parameter
        ? try (parameters[weight.name] ?? weight.tensor).leaf() : weight.tensor
    }
    var run = try Run(of: self, inputs: inputs, keeping: [], weights: tensors)
    run.recording = .on
    try run.advance(to: nodes.count)
    let value = try loss(try run.tensor(in: output))
    let learnt = zip(weights, tensors).filter { $0.0.kind == .parameter }
    let found = try value.gradient(withRespectTo: learnt.map(\.1))
    let pairs = zip(learnt, found).compactMap { pair, gradient in
      gradient.map { (pair.0.name, $0) }
    }
    return (try value.detached(), Dictionary(pairs, uniquingKeysWith: { first, _ in first }))
  }

  /// The same program with other parameters, by name.
  public func replacing(parameters: [String: Tensor]) -> Program {
    replacing(
      weights: weights.map { weight in
        guard weight.kind == .parameter, let tensor = parameters[weight.name] else { return weight }
        return Weight(slot: weight.slot, name: weight.name, kind: weight.kind, tensor: tensor)
      })
  }
}
