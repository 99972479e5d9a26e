internal import Tensors

/// Turns an exported graph into a program.
///
/// Names become slots. An operator that writes to its argument (`add_`) becomes its pure twin
/// (`add`), and later readers of the argument read the twin's result instead; where the memory is
/// shared with a view that is still read, the operator keeps writing, and the program remembers
/// which slots share it.
struct Lowering {
  private let document: ExportDocument
  private var slots: [String: Int] = [:]
  private var slotCount = 0
  private var shapes: [Int: [Int?]] = [:]
  private var floating: Set<Int> = []
  private var memory = SharedMemory()
  private var writtenGroups: Set<Int> = []
  private var operators: [String: Operator] = [:]
  /// The last node that reads each name; the graph's outputs are read after all nodes.
  private let lastReaders: [String: Int]

  init(_ document: ExportDocument) {
    self.document = document
    lastReaders = Self.lastReaders(in: document.graph_module.graph)
  }

  mutating func program(weights: [String: Tensor], path: String) throws(NetworkError) -> Program {
    let (bound, input) = try bindInputs(weights, path)
    var nodes: [Node] = []
    for (index, node) in document.graph_module.graph.nodes.enumerated() {
      nodes.append(try lowered(node, at: index))
    }
    let output = try outputSlot()
    let inputs = bound.map(\.slot) + [input]
    let written = Set((0..<slotCount).filter { writtenGroups.contains(memory.group(of: $0)) })
    return Program(
      nodes: nodes, slotCount: slotCount, input: input, output: output, weights: bound,
      shapes: shapes, floating: floating, written: written,
      copiedFirst: inputs.filter(written.contains),
      lastReads: Self.lastReads(nodes, output: output, keeping: []), document: document)
  }

  // MARK: Inputs and outputs

  private mutating func bindInputs(
    _ tensors: [String: Tensor], _ path: String
  ) throws(NetworkError) -> ([Program.Weight], Int) {
    var weights: [Program.Weight] = []
    var inputs: [Int] = []
    for spec in document.graph_module.signature.input_specs {
      switch spec {
      case .user(let name): inputs.append(newSlot(for: name))
      case .weight(let name, let key):
        weights.append(try weight(name, key, .parameter, tensors, path))
      case .buffer(let name, let key, _):
        weights.append(try weight(name, key, .buffer, tensors, path))
      case .constant(let name, let key):
        weights.append(try weight(name, key, .constant, tensors, path))
      case .other(let kind) where kind == "constant_input": break
      case .other(let kind): throw .unsupportedArgument(kind: kind, at: "input")
      }
    }
    guard let input = inputs.first, inputs.count == 1 else { throw .inputs(count: inputs.count) }
    return (weights, input)
  }

  private mutating func weight(
    _ name: String, _ key: String, _ kind: Program.Weight.Kind, _ tensors: [String: Tensor],
    _ path: String
  ) throws(NetworkError) -> Program.Weight {
    let slot = newSlot(for: name)
    guard let tensor = tensors[key] else { throw .missingWeight(key, of: path) }
    let declared = document.graph_module.graph.tensor_values[name]?.shape ?? []
    let fits = zip(declared, tensor.shape).allSatisfy { $0 == nil || $0 == $1 }
    if declared.count != tensor.rank || !fits {
      throw .weightForm(
        key, detail: "the graph declares \(declared.map { $0 ?? -1 }), the weight is \(tensor.shape)")
    }
    return Program.Weight(slot: slot, name: key, kind: kind, tensor: tensor)
  }

  private func outputSlot() throws(NetworkError) -> Int {
    for output in document.graph_module.graph.outputs {
      if case .tensor(let name) = output, let slot = slots[name], floating.contains(slot) {
        return slot
      }
    }
    throw .noTensorOutput
  }

  private mutating func newSlot(for name: String) -> Int {
    let slot = slotCount
    slotCount += 1
    slots[name] = slot
    memory.add(slot)
    if let meta = document.graph_module.graph.tensor_values[name] {
      shapes[slot] = meta.shape
      if ElementType(exportCode: meta.dtype)?.isFloating == true { floating.insert(slot) }
    }
    return slot
  }

  // MARK: Nodes

  private mutating func lowered(
    _ node: ExportDocument.Node, at index: Int
  ) throws(NetworkError) -> Node {
    let name = node.name ?? node.outputs.compactMap(\.firstName).first ?? "node \(index)"
    var arguments: [(name: String, value: NodeArgument)] = []
    for input in node.inputs {
      arguments.append((input.name, try argument(input.arg, at: name)))
    }
    let modules = Self.modules(node.metadata["nn_module_stack"] ?? "")
    if let scalar = ScalarOperation(rawValue: node.target) {
      return Node(
        name: name, operation: .scalar(scalar), arguments: arguments,
        results: node.outputs.map { results(of: $0) }, modules: modules)
    }
    let called = try find(node.target, at: name)
    guard let written = called.writtenArgument, arguments.indices.contains(written),
      case .slot(let target) = arguments[written].value
    else {
      let places = node.outputs.map { results(of: $0) }
      share(called, arguments, places)
      return Node(
        name: name, operation: .tensor(called), arguments: arguments, results: places,
        modules: modules)
    }
    if let twin = try? find(Self.pureName(node.target), at: name), twin.writtenArgument == nil,
      !isReadElsewhere(target, after: index)
    {
      let places = node.outputs.map { results(of: $0) }
      if let slot = places.first?.slots.first { redirect(from: target, to: slot) }
      return Node(
        name: name, operation: .tensor(twin), arguments: arguments, results: places,
        modules: modules)
    }
    let places = node.outputs.map { results(of: $0) }
    for slot in places.flatMap(\.slots) { memory.join(slot, target) }
    writtenGroups.insert(memory.group(of: target))
    return Node(
      name: name, operation: .tensor(called), arguments: arguments, results: places,
      modules: modules)
  }

  private mutating func results(of output: ExportArgument) -> NodeResult {
    switch output {
    case .tensor(let name), .symbol(let name, _): .slot(newSlot(for: name))
    case .tensors(let names): .list(names.map { newSlot(for: $0) })
    default: .ignored
    }
  }

  private mutating func find(_ target: String, at node: String) throws(NetworkError) -> Operator {
    if let known = operators[target] { return known }
    let parts = target.split(separator: ".").map(String.init)
    guard parts.count == 5, parts[0] == "torch", parts[1] == "ops" else {
      throw .unknownOperator(target, at: node)
    }
    let name = "\(parts[2])::\(parts[3])"
    let overload = parts[4] == "default" ? "" : parts[4]
    do {
      let found = try Operator(name, overload: overload)
      operators[target] = found
      return found
    } catch {
      throw .unknownOperator(overload.isEmpty ? name : "\(name).\(overload)", at: node)
    }
  }

  /// `torch.ops.aten.add_.Tensor` → `torch.ops.aten.add.Tensor`.
  private static func pureName(_ target: String) -> String {
    var parts = target.split(separator: ".").map(String.init)
    guard parts.count == 5, parts[3].hasSuffix("_") else { return "" }
    parts[3].removeLast()
    return parts.joined(separator: ".")
  }

  private static func modules(_ stack: String) -> [ModuleCall] {
    stack.split(separator: ";").compactMap { entry in
      let parts = entry.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, !parts[0].hasPrefix("_empty_nn_module_stack") else { return nil }
      let call = parts[0].lastIndex(of: "@").map { String(parts[0][$0...]) } ?? ""
      let type = parts[2].split(separator: ".").last.map(String.init) ?? ""
      return ModuleCall(name: parts[1] + call, path: String(parts[1]), type: type)
    }
  }
}

// MARK: - Arguments

extension Lowering {
  private func argument(_ value: ExportArgument, at node: String) throws(NetworkError) -> NodeArgument {
    switch value {
    case .none: .constant(.none)
    case .int(let value): .constant(.int(value))
    case .ints(let values): .constant(.ints(values))
    case .double(let value): .constant(.double(value))
    case .doubles(let values): .constant(.doubles(values))
    case .bool(let value): .constant(.bool(value))
    case .bools(let values): .constant(.bools(values))
    case .string(let value): .constant(.string(value))
    case .device(let name): .constant(.device(Device(name) ?? .cpu))
    case .scalarType(let code):
      .constant(.int(Int(ElementType(exportCode: code)?.rawValue ?? Int32(code - 1))))
    // The format counts these enumerations from 1 and orders them differently from libtorch.
    case .memoryFormat(let code): .constant(.int([1: 0, 2: 2, 3: 3, 4: 1][code] ?? 0))
    case .layout(let code): .constant(.int(code == 7 ? 0 : code))
    case .tensor(let name), .symbol(let name, _): .slot(try slot(name, at: node))
    case .tensors(let names):
      .tensors(try names.map { name throws(NetworkError) in try slot(name, at: node) })
    case .optionalTensors(let names):
      .tensors(
        try names.map { name throws(NetworkError) in
          guard let name else { return nil }
          return try slot(name, at: node)
        })
    case .symbols(let numbers, _):
      .numbers(
        try numbers.map { number throws(NetworkError) in
          switch number {
          case .name(let name): .slot(try slot(name, at: node))
          case .int(let value): .constant(.int(value))
          case .double(let value): .constant(.double(value))
          case .bool(let value): .constant(.bool(value))
          }
        })
    case .unsupported(let kind): throw .unsupportedArgument(kind: kind, at: node)
    }
  }

  private func slot(_ name: String, at node: String) throws(NetworkError) -> Int {
    guard let slot = slots[name] else { throw .undefinedValue(name, at: node) }
    return slot
  }
}

// MARK: - Who reads what, and who shares memory

extension Lowering {
  private mutating func share(
    _ called: Operator, _ arguments: [(name: String, value: NodeArgument)], _ results: [NodeResult]
  ) {
    guard let viewed = called.viewedArgument, arguments.indices.contains(viewed),
      case .slot(let base) = arguments[viewed].value
    else { return }
    for slot in results.flatMap(\.slots) { memory.join(slot, base) }
  }

  /// Whether a slot other than `target` that shares its memory is read after a node.
  private func isReadElsewhere(_ target: Int, after index: Int) -> Bool {
    let group = memory.group(of: target)
    return slots.contains { name, slot in
      slot != target && memory.group(of: slot) == group && lastReaders[name, default: -1] > index
    }
  }

  private mutating func redirect(from old: Int, to new: Int) {
    for (name, slot) in slots where slot == old { slots[name] = new }
  }

  private static func lastReaders(in graph: ExportDocument.Graph) -> [String: Int] {
    var last: [String: Int] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for name in node.inputs.flatMap(\.arg.names) { last[name] = index }
    }
    for name in graph.outputs.flatMap(\.names) { last[name] = graph.nodes.count }
    return last
  }

  private static func lastReads(_ nodes: [Node], output: Int, keeping: Set<Int>) -> [[Int]] {
    var seen: Set<Int> = [output]
    var reads: [[Int]] = []
    for node in nodes.reversed() {
      let touched = Set(node.arguments.flatMap(\.value.slots) + node.results.flatMap(\.slots))
      reads.append(touched.filter { seen.insert($0).inserted }.sorted())
    }
    return reads.reversed()
  }
}

extension ExportArgument {
  /// Names of earlier results that the argument reads.
  var names: [String] {
    switch self {
    case .tensor(let name), .symbol(let name, _): [name]
    case .tensors(let names): names
    case .optionalTensors(let names): names.compactMap(\.self)
    case .symbols(let numbers, _):
      numbers.compactMap { if case .name(let name) = $0 { name } else { nil } }
    default: []
    }
  }

  var firstName: String? { names.first }
}

/// Which slots may share memory: the views of one tensor form a group.
struct SharedMemory {
  private var parents: [Int: Int] = [:]

  mutating func add(_ slot: Int) { parents[slot] = slot }

  func group(of slot: Int) -> Int {
    var root = slot
    while let parent = parents[root], parent != root { root = parent }
    return root
  }

  mutating func join(_ a: Int, _ b: Int) { parents[group(of: a)] = group(of: b) }
}
