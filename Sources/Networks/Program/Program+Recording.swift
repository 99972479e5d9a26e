public import Tensors
internal import Terms

extension Program {
  /// The output for inputs and parameters, recorded for gradients where one of them is.
  ///
  /// Programs that follow one another are differentiated as one, and several losses of one pass
  /// share it.
  ///
  /// - Parameters:
  ///   - input: One batch, maybe recorded.
  ///   - parameters: Values to use instead of the program's own, by name.
  /// - Complexity: one forward pass.
  public func recordedOutput(
    for input: Tensor, at parameters: [String: Tensor] = [:]
  ) throws(NetworkError) -> Tensor {
    try recordedOutput(for: values(input), at: parameters)
  }

  /// The same for values of all inputs by their names.
  public func recordedOutput(
    for inputs: [String: Tensor], at parameters: [String: Tensor] = [:]
  ) throws(NetworkError) -> Tensor {
    let tensors = weights.map { parameters[$0.name] ?? $0.tensor }
    var run = try Run(of: self, inputs: inputs, keeping: [], weights: tensors)
    run.recording = .on
    try run.advance(to: nodes.count)
    return try run.tensor(in: output)
  }

  /// The same for a batch of any length, one after another where the program takes one at a time.
  func inBatches(_ input: Tensor) throws -> Tensor {
    guard let length = batchLength, input.shape[0] != length else {
      return try recordedOutput(for: input)
    }
    guard length == 1 else { throw NetworkError.batchLength(length) }
    return try Tensor.concatenated(
      (0..<input.shape[0]).map { try recordedOutput(for: input.slice(axis: 0, $0..<$0 + 1)) })
  }
}

extension Network {
  /// The logits of a batch of any length, recorded for gradients where the input is; those whose softmax is the
  /// probabilities, which for the two classes of one sigmoid are y/2 and −y/2.
  ///
  /// - Shapes: `input` is `[N, C, H, W]`, the result `[N, classes]`.
  public func recordedLogits(for input: Tensor) throws -> Tensor {
    let logits = try logits(of: program.inBatches(input))
    return head == .labels(1) ? try logits * 0.5 : logits
  }
}
