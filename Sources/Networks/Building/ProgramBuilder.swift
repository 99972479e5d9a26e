public import Tensors

/// Builds a program call by call; readers of all formats and training use it.
///
///     var builder = ProgramBuilder(inputShape: [1, 28, 28])
///     let hidden = builder.call(
///       "conv2d", in: "conv1", type: "Conv2d",
///       [("input", .value(builder.input)), ("weight", .weight("weight", kernel)), …],
///       shape: [32, 28, 28])
///     let program = try builder.program(output: hidden)
///
/// Calls may write to their arguments, as `relu_` does: the finished program holds their pure twins,
/// wherever nothing tells the two apart. Operators that a network may not call are refused, for a
/// program that was written could not be read again. The first mistake is thrown by
/// ``program()``.
public struct ProgramBuilder {
  /// A value: an input, a tensor of the network, or what an earlier call gave.
  public struct Reference: Hashable, Sendable {
    let slot: Int
    /// Its declared shape; `nil` where a length is free.
    public let lengths: [Int?]

    /// Its shape without the batch axis.
    public var shape: [Int] { lengths.dropFirst().map { $0 ?? 1 } }
  }

  /// What a call gives.
  public struct Result: Sendable {
    let slot: Slot

    /// A tensor; `nil` is the length of the batch.
    public static func tensor(_ shape: [Int?], _ type: ElementType = .float32) -> Result {
      Result(slot: .tensor(type, shape.map { $0.map(Length.fixed) ?? .batch }))
    }

    /// A whole number, such as a length.
    public static let number = Result(slot: .number(.int, nil))
  }

  /// An argument of a call.
  public enum Argument: Sendable {
    case value(Reference)
    case values([Reference])
    /// A learnt tensor, under a name within the module.
    case weight(String, Tensor)
    case ints([Int])
    /// Lengths of axes; `nil` is the length of the batch.
    case lengths([Int?])
    case int(Int)
    case double(Double)
    case doubles([Double])
    case bool(Bool)
    case string(String)
    case none
  }

  private(set) var slots: [Slot] = []
  private var inputs: [Port] = []
  private var outputs: [Port] = []
  private var nodes: [Node] = []
  private var weights: [Program.Weight] = []
  private var freeLengths: [String: LengthRange] = [:]
  private var operators = OperatorCache()
  private var fault: NetworkError?
  /// Where the length of the batch lies, once it is known.
  private var batchSlot: Int?
  /// The file that is read; named in errors.
  let path: String

  /// Begins a program without inputs.
  public init() { self.init(reading: "the built network") }

  init(reading path: String) { self.path = path }

  // MARK: Ports and weights

  /// Adds an input.
  ///
  /// - Parameter shape: `nil` is the length of the batch.
  public mutating func addInput(
    _ name: String, shape: [Int?], type: ElementType = .float32
  ) -> Reference {
    if shape.contains(nil) { freeLengths[Length.batchName] = LengthRange(least: 1, greatest: nil) }
    let slot = addInput(name, Result.tensor(shape, type).slot)
    return reference(slot)
  }

  mutating func addInput(_ name: String, _ slot: Slot, fixed: FixedValue? = nil) -> Int {
    if inputs.contains(where: { $0.name == name }) {
      fault = fault ?? .invariant("two inputs are called “\(name)”", at: "input")
    }
    let place = newSlot(slot)
    inputs.append(
      Port(name: name, shape: slot.shape ?? [], type: slot.type, slot: place, fixed: fixed))
    return place
  }

  mutating func allow(_ symbol: String, _ range: LengthRange) { freeLengths[symbol] = range }

  /// Adds a learnt tensor, under its whole name.
  public mutating func addParameter(_ name: String, _ tensor: Tensor) -> Reference {
    let slot = addWeight(name, .parameter, tensor)
    return reference(slot)
  }

  /// Adds a tensor that is stored with the network but not learnt, such as a running mean.
  public mutating func addBuffer(_ name: String, _ tensor: Tensor) -> Reference {
    let slot = addWeight(name, .buffer, tensor)
    return reference(slot)
  }

  /// Adds a tensor that is part of the program itself.
  public mutating func addConstant(_ name: String, _ tensor: Tensor) -> Reference {
    let slot = addWeight(name, .constant, tensor)
    return reference(slot)
  }

  mutating func addWeight(_ name: String, _ kind: Program.Weight.Kind, _ tensor: Tensor) -> Int {
    // A layer that is called twice has one weight.
    let known = weights.last { $0.name == name && $0.tensor.identity == tensor.identity }
    if let known { return known.slot }
    let slot = newSlot(Slot(of: tensor))
    weights.append(Program.Weight(slot: slot, name: name, kind: kind, tensor: tensor))
    return slot
  }

  /// Adds an output; the first one is explained unless another is asked for.
  public mutating func addOutput(_ name: String, _ value: Reference) {
    guard slots.indices.contains(value.slot) else {
      fault = fault ?? .undefinedValue("a value of another builder", at: name)
      return
    }
    addOutput(name, value.slot)
  }

  mutating func addOutput(_ name: String, _ slot: Int) {
    outputs.append(
      Port(name: name, shape: slots[slot].shape ?? [], type: slots[slot].type, slot: slot))
  }

  // MARK: Calls

  /// Adds a call of an operator that gives several results, or one that is no batch of numbers.
  ///
  /// - Parameters:
  ///   - operation: The operator's name in ATen, with its overload where it has one: `max.dim`.
  ///   - module: The path of the module that makes the call.
  ///   - type: The module's class in Python.
  ///   - arguments: Each by the schema's name; a weight is stored as `module.name`.
  ///   - results: What it gives.
  public mutating func call(
    _ operation: String, in module: String, type: String, _ arguments: [(String, Argument)],
    results: [Result]
  ) -> [Reference] {
    let name = "\(operation.prefix { $0 != "." })_\(nodes.count)"
    let values = arguments.map { ($0.0, value(of: $0.1, in: module)) }
    let places = results.map { newSlot($0.slot) }
    do {
      try add(
        "aten::" + operation, values, results: places.map(NodeResult.slot), at: name,
        in: Self.modules(module, type), isRecorded: true)
    } catch {
      fault = fault ?? error
    }
    return places.map(reference)
  }

  /// Adds a call of slots of this builder that a reader has put together.
  ///
  /// - Parameters:
  ///   - name: The operator's full name, such as `aten::add.Tensor`.
  ///   - label: The node's own name.
  /// - Throws: ``NetworkError`` for an operator that no network may call, for arguments that it has not
  ///   or that stand for a choice that there is not, and for what is only done in training.
  mutating func add(
    _ name: String, _ arguments: [(name: String, value: NodeArgument)], results: [NodeResult],
    at label: String, in modules: [ModuleCall], isRecorded: Bool
  ) throws(NetworkError) {
    let found = try operators.permitted(name, at: label, in: modules.last?.path ?? "", of: path)
    let wanted = found.name == name ? found : try operators.find(name, at: label)
    var arranged = try ArrangedArguments(arguments, of: wanted, at: label)
    if arranged.list.areForTraining { throw .trainingMode(at: label) }
    try wanted.checkEnumerations(arranged.list, at: label)
    // The twin takes less: no order of memory, for one.
    if found.name != name { arranged.keep(found) }
    nodes.append(
      Node(
        name: label, operation: .tensor(found), arguments: arranged.list, results: results,
        modules: modules, isRecorded: isRecorded))
  }

  /// Adds arithmetic on lengths.
  mutating func add(
    _ operation: ScalarOperation, _ arguments: [(name: String, value: NodeArgument)],
    results: [NodeResult], at label: String, in modules: [ModuleCall]
  ) {
    nodes.append(
      Node(
        name: label, operation: .scalar(operation), arguments: arguments, results: results,
        modules: modules, isRecorded: true))
  }

  mutating func newSlot(_ slot: Slot) -> Int {
    slots.append(slot)
    return slots.count - 1
  }

  // MARK: The end

  /// Finishes the program.
  ///
  /// - Complexity: little more than linear in the calls and their arguments.
  /// - Throws: ``NetworkError``, such as ``NetworkError/unknownOperator(_:at:)``.
  public func program() throws(NetworkError) -> Program {
    if let fault { throw fault }
    guard let input = inputs.first(where: { $0.fixed == nil }) else { throw .inputs(count: 0) }
    for node in nodes {
      for slot in node.arguments.flatMap(\.value.slots) where !slots.indices.contains(slot) {
        throw .undefinedValue("a value of another builder", at: node.name)
      }
    }
    var purification = Purification(
      nodes, slots: slots, returned: outputs.map(\.slot), operators)
    var pure: [Node] = []
    for (index, node) in nodes.enumerated() {
      pure += try purification.nodes(for: node, at: index)
    }
    let outputs = outputs.map { port in
      Port(
        name: port.name, shape: port.shape, type: port.type,
        slot: purification.meaning(of: port.slot))
    }
    let answer = outputs.first { $0.type?.isFloating == true }
    guard let answer else { throw .noTensorOutput }
    let program = Program(
      inputs: inputs, outputs: outputs, nodes: pure, slots: purification.slots, weights: weights,
      input: input.slot, output: answer.slot, written: purification.written,
      freeLengths: freeLengths)
    try program.checkInvariants(isFresh: true)
    return program
  }

  private func reference(_ slot: Int) -> Reference {
    Reference(slot: slot, lengths: slots[slot].shape ?? [])
  }

  /// The length of the batch as a value, which the first call that asks for it computes.
  private mutating func batchLength() -> Int {
    if let batchSlot { return batchSlot }
    let place = newSlot(Slot.number(.int, .batch))
    batchSlot = place
    do {
      try add(
        "aten::sym_size.int",
        [("self", .slot(inputs.first?.slot ?? 0)), ("dim", .constant(.int(0)))],
        results: [.slot(place)], at: "sym_size_\(nodes.count)", in: Self.modules("", ""),
        isRecorded: true)
    } catch {
      fault = fault ?? error
    }
    return place
  }

  private mutating func value(of argument: Argument, in module: String) -> NodeArgument {
    switch argument {
    case .value(let reference): .slot(reference.slot)
    case .values(let references): .tensors(references.map(\.slot))
    case .weight(let name, let tensor):
      .slot(addWeight(module.isEmpty ? name : "\(module).\(name)", .parameter, tensor))
    case .ints(let values): .constant(.ints(values))
    case .lengths(let lengths):
      .numbers(lengths.map { $0.map { .constant(.int($0)) } ?? .slot(batchLength()) })
    case .int(let value): .constant(.int(value))
    case .double(let value): .constant(.double(value))
    case .doubles(let values): .constant(.doubles(values))
    case .bool(let value): .constant(.bool(value))
    case .string(let value): .constant(.string(value))
    case .none: .constant(.none)
    }
  }

  /// `features.0` lies in `features`, and that in the network: all of them, outermost first.
  private static func modules(_ path: String, _ type: String) -> [ModuleCall] {
    let parts = path.split(separator: ".")
    let paths = parts.indices.map { parts[...$0].joined(separator: ".") }
    return [ModuleCall(name: "", path: "", fullType: "rather.Network")]
      + paths.map {
        ModuleCall(name: $0, path: $0, fullType: "torch.nn.\($0 == path ? type : "Sequential")")
      }
  }
}
