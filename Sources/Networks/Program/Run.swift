internal import Tensors

/// The values of a program while it runs.
struct Run: Sendable {
  let program: Program
  private var values: [Value?]
  private var next = 0
  private let kept: Set<Int>
  private let device: Device
  var recording: Operator.Recording = .off
  /// Bytes of all that calls gave while it recorded.
  private(set) var recordedBytes = 0

  private static let copy = Result { () throws(TensorError) in try Operator("aten::copy_") }

  init(
    of program: Program, input: Tensor, keeping kept: Set<Int>, weights: [Tensor]? = nil
  ) throws(NetworkError) {
    try self.init(
      of: program, inputs: program.values(input), keeping: kept, weights: weights)
  }

  init(
    of program: Program, inputs: [String: Tensor], keeping kept: Set<Int>,
    weights: [Tensor]? = nil
  ) throws(NetworkError) {
    try program.check(inputs)
    self.program = program
    self.kept = kept.union([program.output])
    device = program.openInputs.first.flatMap { inputs[$0.name] }?.device ?? .cpu
    values = [Value?](repeating: nil, count: program.slots.count)
    for (i, weight) in program.weights.enumerated() {
      values[weight.slot] = .tensor(weights?[i] ?? weight.tensor)
    }
    for port in program.openInputs {
      guard let input = inputs[port.name] else { continue }
      do {
        values[port.slot] = .tensor(try port.type.map { try input.converted(to: $0) } ?? input)
      } catch let error as TensorError {
        throw .node(port.name, error)
      } catch {
        throw .noTensorOutput
      }
    }
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

  /// Takes copies of all memory that the program writes to, so that other runs keep theirs, and
  /// gradients flow through what is written from here on.
  mutating func fork() throws(NetworkError) {
    let slots = program.written.keys.sorted().filter { values[$0]?.tensor != nil }
    if slots.isEmpty { return }
    do {
      let copies = try Tensor.forked(slots.compactMap { values[$0]?.tensor })
      for (slot, copy) in zip(slots, copies) { values[slot] = .tensor(copy) }
    } catch {
      throw .node("copy of written memory", error)
    }
  }

  /// Puts another tensor where a layer's output was.
  mutating func replace(_ slot: Int, with tensor: Tensor) throws(NetworkError) {
    guard let group = program.written[slot] else {
      values[slot] = .tensor(tensor)
      return
    }
    let others = program.written.contains { other, shared in
      other != slot && shared == group && values[other] != nil
    }
    // Other views of the memory must see it too; else a copy will do, for the program may write
    // to it, and nobody else's tensor is ever written to.
    guard others, let place = values[slot] else {
      values[slot] = .tensor(try copied(tensor, slot))
      return
    }
    do {
      values[slot] = .tensor(
        try Self.copy.get().tensor([place, .tensor(tensor)], recording: recording))
    } catch {
      throw .node("layer in slot \(slot)", error)
    }
  }

  /// Puts a value where a call has left or is to leave one.
  mutating func put(_ tensor: Tensor, in slot: Int) { values[slot] = .tensor(tensor) }

  /// Goes on behind the next node, which somebody else has seen to.
  mutating func pass() { next += 1 }

  /// What a call like a node's gives; nothing is stored.
  func result(of node: Node) throws(NetworkError) -> Tensor {
    do {
      guard let tensor = try execute(node).first?.tensor else { throw NetworkError.noTensorOutput }
      return tensor
    } catch let error as NetworkError {
      throw error
    } catch let error as TensorError {
      throw .node(node.label, error)
    } catch {
      throw .node(node.label, .unexpectedResult(operation: node.operation.name))
    }
  }

  func tensor(in slot: Int) throws(NetworkError) -> Tensor {
    guard let tensor = values[slot]?.tensor else { throw .noTensorOutput }
    return tensor
  }

  /// The tensor of a slot, safe from operators that later write to it.
  func copy(of slot: Int) throws(NetworkError) -> Tensor {
    let tensor = try tensor(in: slot)
    return program.written[slot] == nil ? tensor : try copied(tensor, slot)
  }

  private func copied(_ tensor: Tensor, _ slot: Int) throws(NetworkError) -> Tensor {
    do { return try tensor.cloned() } catch { throw .node("copy of slot \(slot)", error) }
  }

  /// Executes the next node and tells what it read and gave.
  mutating func observe() throws(NetworkError) -> Observation {
    let node = program.nodes[next]
    let arguments = try arguments(of: node)
    try advance(to: next + 1)
    let results = node.results.map { result -> Value in
      switch result {
      case .slot(let slot): values[slot] ?? .none
      case .list(let slots): .tensors(slots.map { values[$0]?.tensor })
      case .ignored: .none
      }
    }
    return Observation(arguments: arguments, results: results)
  }

  /// What a node read and gave.
  struct Observation {
    let arguments: [(name: String?, value: Value)]
    let results: [Value]

    func tensor(at place: (argument: Int, element: Int?)) -> Tensor? {
      let value = arguments[place.argument].value
      guard let element = place.element else { return value.tensor }
      if case .tensors(let list) = value { return list[element] }
      return nil
    }
  }

  private func arguments(of node: Node) throws(NetworkError) -> [(name: String?, value: Value)] {
    try node.arguments.map { argument throws(NetworkError) in
      (argument.name.isEmpty ? nil : argument.name, try value(of: argument.value, node))
    }
  }

  private func execute(_ node: Node) throws -> [Value] {
    switch node.operation {
    case .tensor(let call):
      let arguments = try arguments(of: node)
      if let fault = OperatorGuard.fault(of: call.name, arguments, call) {
        throw NetworkError.arguments(of: call.name, at: node.label, detail: fault)
      }
      var results = try call(arguments, recording: node.isRecorded ? recording : .off)
      if let index = node.typedAs, let type = arguments[index].1.tensor?.elementType,
        let result = results.first?.tensor
      {
        results[0] = .tensor(try result.converted(to: type))
      }
      return results
    case .scalar(let operation):
      guard let result = operation(try node.arguments.map { try value(of: $0.value, node) }) else {
        throw TensorError.unexpectedResult(operation: node.operation.name)
      }
      return [result]
    }
  }

  private mutating func store(_ results: [Value], of node: Node) {
    if recording == .on, node.isRecorded {
      recordedBytes += results.reduce(0) { $0 + ($1.tensor?.byteCount ?? 0) }
    }
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
    case .inputDevice: return .device(device)
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
      return try numbers(values, node)
    }
  }

  private func numbers(_ values: [Value], _ node: Node) throws(NetworkError) -> Value {
    let ints = values.compactMap { if case .int(let value) = $0 { value } else { nil } }
    if ints.count == values.count { return .ints(ints) }
    let truths = values.compactMap { if case .bool(let value) = $0 { value } else { nil } }
    if truths.count == values.count { return .bools(truths) }
    let reals = values.compactMap(\.real)
    guard reals.count == values.count else {
      throw .node(node.label, .unexpectedResult(operation: node.operation.name))
    }
    return .doubles(reals)
  }

  private func read(_ slot: Int, _ node: Node) throws(NetworkError) -> Value {
    guard let value = values[slot] else { throw .undefinedValue("slot \(slot)", at: node.label) }
    return value
  }
}
