public import Tensors

extension Program {
  /// The network's output for a batch of inputs.
  ///
  /// - Shapes: `input` is `[N, C, H, W]`, the result usually `[N, classes]`.
  /// - Complexity: one forward pass; a value is freed after its last reader.
  /// - Throws: ``NetworkError/inputShape(_:expected:)``, ``NetworkError/batchLength(_:)``,
  ///   ``NetworkError/node(_:_:)``.
  public func output(for input: Tensor) throws(NetworkError) -> Tensor {
    try output(for: values(input))
  }

  /// The output that is explained, for values of all inputs by their names.
  ///
  /// - Throws: ``NetworkError/missingInput(_:)``, ``NetworkError/unknownInput(_:known:)``, and what
  ///   ``output(for:)`` throws for one.
  public func output(for inputs: [String: Tensor]) throws(NetworkError) -> Tensor {
    var run = try Run(of: self, inputs: inputs, keeping: [])
    try run.advance(to: nodes.count)
    return try run.tensor(in: output)
  }

  /// All outputs by their names, for values of all inputs by theirs.
  public func outputs(for inputs: [String: Tensor]) throws(NetworkError) -> [String: Tensor] {
    var run = try Run(of: self, inputs: inputs, keeping: Set(outputs.map(\.slot)))
    try run.advance(to: nodes.count)
    var found: [String: Tensor] = [:]
    for port in outputs { found[port.name] = try run.tensor(in: port.slot) }
    return found
  }

  /// Runs up to a layer and stops there.
  public func run(upTo layer: Layer, input: Tensor) throws(NetworkError) -> PausedRun {
    try run(upTo: layer, inputs: values(input))
  }

  /// Runs up to a layer and stops there, for values of all inputs by their names.
  public func run(
    upTo layer: Layer, inputs: [String: Tensor]
  ) throws(NetworkError) -> PausedRun {
    var run = try Run(of: self, inputs: inputs, keeping: [layer.slot])
    try run.advance(to: layer.position)
    return PausedRun(run: run, layer: layer, activation: try run.copy(of: layer.slot))
  }
}

/// A run that stopped after a layer and can go on, as often as wanted.
public struct PausedRun: Sendable {
  private let run: Run
  /// The layer it stopped at.
  public let layer: Layer
  /// What the layer gave.
  public let activation: Tensor

  init(run: Run, layer: Layer, activation: Tensor) {
    self.run = run
    self.layer = layer
    self.activation = activation
  }

  /// The network's output when the layer gives `activation` instead.
  ///
  /// Values that reach the output around the layer, such as a residual, stay those of the run.
  public func output(replacing activation: Tensor) throws(NetworkError) -> Tensor {
    var run = run
    try run.fork()
    try run.replace(layer.slot, with: activation)
    try run.advance(to: run.program.nodes.count)
    return try run.tensor(in: run.program.output)
  }
}
