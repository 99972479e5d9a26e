public import Tensors

extension Program {
  /// The network's output for a batch of inputs.
  ///
  /// - Shapes: `input` is `[N, C, H, W]`, the result usually `[N, classes]`.
  /// - Complexity: one forward pass; a value is freed after its last reader.
  /// - Throws: ``NetworkError/inputShape(_:expected:)``, ``NetworkError/node(_:_:)``.
  public func output(for input: Tensor) throws(NetworkError) -> Tensor {
    var run = try Run(of: self, input: input, keeping: [])
    try run.advance(to: nodes.count)
    return try run.tensor(in: output)
  }

  /// Runs up to a layer and stops there.
  public func run(upTo layer: Layer, input: Tensor) throws(NetworkError) -> PausedRun {
    var run = try Run(of: self, input: input, keeping: [])
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
    try run.replace(layer.slot, with: activation)
    try run.advance(to: run.program.nodes.count)
    return try run.tensor(in: run.program.output)
  }
}

/// The values of a program while it runs.
struct Run: Sendable {
  let program: Program
  private(set) var values: [Value?]
  private(set) var next = 0
  private let kept: Set<Int>
  var recording: Operator.Recording = .off

  init(
    of program: Program, input: Tensor, keeping kept: Set<Int>,
    weights: [Tensor]? = nil
  ) throws(NetworkError) {
    try program.check(input)
    self.program = program
    self.kept = kept.union([program.output])
    values = [Value?](repeating: nil, count: program.slotCount)
    for (i, weight) in program.weights.enumerated() {
      values[weight.slot] = .tensor(weights?[i] ?? weight.tensor)
    }
    values[program.input] = .tensor(input)
    for slot in program.copiedFirst {
      values[slot] = .tensor(try copy(of: slot))
    }
  }

  /// Executes nodes up to `end`, which is not executed.
  mutating func advance(to end: Int) throws(NetworkError) {
    while next < end {
      let node = program.nodes[next]
      do {
        store(try execute(node), of: node)
      } catch let error as TensorError {
        throw .node(node.label, error)
      } catch let error as NetworkError {
        throw error
      } catch {
        throw .node(node.label, .unexpectedResult(operation: node.operation.name))
      }
      for slot in program.lastReads[next] where !kept.contains(slot) { values[slot] = nil }
      next += 1
    }
  }

  /// Puts another tensor where a layer's output was.
  mutating func replace(_ slot: Int, with tensor: Tensor) throws(NetworkError) {
    // The program may write to it, and nobody else's tensor is ever written to.
    values[slot] = .tensor(program.written.contains(slot) ? try copied(tensor, slot) : tensor)
  }

  func tensor(in slot: Int) throws(NetworkError) -> Tensor {
    guard let tensor = values[slot]?.tensor else { throw .noTensorOutput }
    return tensor
  }

  /// The tensor of a slot, safe from operators that later write to it.
  func copy(of slot: Int) throws(NetworkError) -> Tensor {
    let tensor = try tensor(in: slot)
    return program.written.contains(slot) ? try copied(tensor, slot) : tensor
  }

  private func copied(_ tensor: Tensor, _ slot: Int) throws(NetworkError) -> Tensor {
    do { return try tensor.cloned() } catch { throw .node("copy of slot \(slot)", error) }
  }

  private func execute(_ node: Node) throws -> [Value] {
    switch node.operation {
    case .tensor(let call):
      let arguments = try node.arguments.map { (Optional($0.name), try value(of: $0.value, node)) }
      return try call(arguments, recording: recording)
    case .scalar(let operation):
      guard let result = operation(try node.arguments.map { try value(of: $0.value, node) }) else {
        throw TensorError.unexpectedResult(operation: node.operation.name)
      }
      return [result]
    }
  }

  private mutating func store(_ results: [Value], of node: Node) {
    for (place, result) in zip(node.results, results) {
      switch (place, result) {
      case (.slot(let slot), _): values[slot] = result
      case (.list(let slots), .tensors(let list)):
        for (slot, tensor) in zip(slots, list) { values[slot] = tensor.map(Value.tensor) }
      default: break
      }
    }
  }

  private func value(of argument: NodeArgument, _ node: Node) throws(NetworkError) -> Value {
    switch argument {
    case .constant(let value): return value
    case .slot(let slot): return try read(slot, node)
    case .tensors(let slots):
      return .tensors(
        try slots.map { slot throws(NetworkError) in
          guard let slot else { return nil }
          return try read(slot, node).tensor
        })
    case .numbers(let list):
      let values = try list.map { element throws(NetworkError) -> Value in
        switch element {
        case .constant(let value): value
        case .slot(let slot): try read(slot, node)
        }
      }
      let ints = values.compactMap { if case .int(let value) = $0 { value } else { nil } }
      return ints.count == values.count ? .ints(ints) : .doubles(values.compactMap(\.real))
    }
  }

  private func read(_ slot: Int, _ node: Node) throws(NetworkError) -> Value {
    guard let value = values[slot] else { throw .undefinedValue("slot \(slot)", at: node.label) }
    return value
  }
}

extension Program {
  fileprivate func check(_ input: Tensor) throws(NetworkError) {
    let expected = inputShape
    let shape = input.shape
    let fits =
      expected.isEmpty
      || expected.count == shape.count
        && zip(expected, shape).allSatisfy { $0 == nil || $0 == $1 }
    if !fits { throw .inputShape(shape, expected: expected) }
  }
}
