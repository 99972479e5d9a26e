internal import Tensors

extension ExportWriter {
  /// A graph of some nodes.
  func graph(
    of nodes: [Node], inputs: [ExportArgument], outputs: [ExportArgument]
  ) throws(NetworkError) -> ExportDocument.Graph {
    var written = ExportDocument.Graph(
      inputs: inputs, outputs: outputs, nodes: [], tensor_values: [:], sym_int_values: [:],
      sym_bool_values: [:], is_single_tensor_return: false, custom_obj_values: [:],
      sym_float_values: [:])
    for name in inputs.flatMap(\.names) { declare(name, in: &written) }
    var index = 0
    while index < nodes.count {
      let region = nodes[index...].prefix { $0.isInRegion }
      if region.isEmpty {
        try add(nodes[index], to: &written)
        index += 1
      } else {
        try add(region: Array(region), before: nodes[region.endIndex...], to: &written, outputs)
        index = region.endIndex
      }
    }
    return written
  }

  private func add(_ node: Node, to graph: inout ExportDocument.Graph) throws(NetworkError) {
    guard let argument = node.typedAs, node.arguments.indices.contains(argument),
      let target = node.arguments[argument].value.slots.first, let result = node.resultSlot
    else { return graph.nodes.append(try exported(node, &graph)) }
    // The pure operator, and what it gives in the numbers of the one that it stands for.
    let name = name(result)
    var call = try exported(node, &graph)
    call.outputs = [.tensor(name + "_promoted")]
    graph.tensor_values[name + "_promoted"] = graph.tensor_values[name]
    var conversion = call
    conversion.target = "torch.ops.aten.type_as.default"
    conversion.name = name + "_typed"
    conversion.inputs = [
      .init(name: "self", arg: .tensor(name + "_promoted"), kind: 1),
      .init(name: "other", arg: exported(target), kind: 1),
    ]
    conversion.outputs = [.tensor(name)]
    graph.nodes += [call, conversion]
  }

  private func exported(
    _ node: Node, _ graph: inout ExportDocument.Graph
  ) throws(NetworkError) -> ExportDocument.Node {
    var parameters: [Operator.Parameter] = []
    if case .tensor(let called) = node.operation { parameters = called.parameters }
    var inputs: [ExportDocument.NamedArgument] = []
    for (index, argument) in node.arguments.enumerated() {
      let isByPlace = argument.name.isEmpty && parameters.indices.contains(index)
      let parameter =
        isByPlace ? parameters[index] : parameters.first { $0.name == argument.name }
      // PyTorch takes an argument of kind 1 by its position, and one of kind 2 by its name.
      inputs.append(
        .init(
          name: parameter?.name ?? argument.name,
          arg: try exported(argument.value, parameter?.kind ?? .other, at: node.label),
          kind: argument.name.isEmpty || index == 0 || parameters.isEmpty ? 1 : 2))
    }
    for slot in node.results.flatMap(\.slots) { declare(slot, in: &graph) }
    let stack = node.modules.map(\.exported).joined(separator: ";")
    return .init(
      target: node.operation.exported, inputs: inputs, outputs: node.results.map(exported),
      metadata: stack.isEmpty ? [:] : ["nn_module_stack": stack],
      is_hop_single_tensor_return: nil, name: node.name.identifier)
  }

  private func exported(_ result: NodeResult) -> ExportArgument {
    switch result {
    case .slot(let slot): exported(slot)
    case .list(let slots): .tensors(slots.map(name))
    case .ignored: .none
    }
  }

  /// A slot as an argument.
  func exported(_ slot: Int) -> ExportArgument {
    if case .number(let kind, _) = program.slots[slot] {
      return .symbol(name(slot), tag: .init(kind))
    }
    return .tensor(name(slot))
  }

  private func exported(
    _ argument: NodeArgument, _ kind: Operator.Parameter.Kind, at label: String
  ) throws(NetworkError) -> ExportArgument {
    switch argument {
    case .constant(let value):
      guard let found = ExportArgument(value, kind) else {
        throw .unsupportedArgument(kind: "tensor", at: label)
      }
      return found
    case .slot(let slot): return exported(slot)
    case .inputDevice: return .device("cpu")
    case .tensors(let slots):
      let known = slots.compactMap(\.self)
      if known.count == slots.count { return .tensors(known.map(name)) }
      return .optionalTensors(slots.map { $0.map(name) })
    case .numbers(let list):
      let numbers = list.map { element -> ExportNumber in
        switch element {
        case .slot(let slot): .name(name(slot))
        case .constant(.int(let value)): .int(value)
        case .constant(.bool(let value)): .bool(value)
        case .constant(let value): .double(value.real ?? 0)
        }
      }
      return .symbols(numbers, tag: list.contains(where: isDouble) ? .as_sym_floats : .as_sym_ints)
    }
  }

  private func isDouble(_ element: NumberArgument) -> Bool {
    switch element {
    case .slot(let slot):
      if case .number(.double, _) = program.slots[slot] { true } else { false }
    case .constant(.double): true
    case .constant: false
    }
  }

  // MARK: What values are

  private func declare(_ name: String, in graph: inout ExportDocument.Graph) {
    if let slot = slot(named: name) { declare(slot, in: &graph) }
  }

  private func declare(_ slot: Int, in graph: inout ExportDocument.Graph) {
    let name = name(slot)
    switch program.slots[slot] {
    case .number(let kind, let length):
      switch kind {
      case .int: graph.sym_int_values[name] = ExportSymbol(length ?? .fixed(1))
      case .double:
        graph.sym_float_values?[name] = ExportSymbol(length, or: ["as_float": .double(1)])
      case .bool: graph.sym_bool_values[name] = ExportSymbol(length, or: ["as_bool": .bool(true)])
      }
    case .tensor(let type, let lengths):
      graph.tensor_values[name] = .contiguous(
        type ?? .float32, lengths.map { ExportSymbol($0) },
        requiresGrad: program.weights.contains { $0.slot == slot && $0.kind == .parameter })
    case .unknown: graph.tensor_values[name] = .contiguous(.float32, [])
    }
  }

  // MARK: Regions

  /// Nodes that are not recorded, as the call of a graph of their own: `with torch.no_grad():`.
  private func add(
    region: [Node], before rest: ArraySlice<Node>, to graph: inout ExportDocument.Graph,
    _ outputs: [ExportArgument]
  ) throws(NetworkError) {
    let made = region.flatMap { $0.results.flatMap(\.slots) }
    let inside = Set(made)
    var seen: Set<Int> = []
    let operands = region.flatMap { $0.arguments.flatMap(\.value.slots) }
      .filter { !inside.contains($0) && seen.insert($0).inserted }
    let readLater = Set(rest.flatMap { $0.arguments.flatMap(\.value.slots) })
    let returned = Set(outputs.flatMap(\.names))
    var results = made.filter { readLater.contains($0) || returned.contains(name($0)) }
    if results.isEmpty { results = Array(made.suffix(1)) }
    let body = try self.graph(
      of: region.map { node in
        var node = node
        node.isRecorded = true
        return node
      }, inputs: operands.map(exported), outputs: results.map(exported))
    for slot in results { declare(slot, in: &graph) }
    let label = "region_\(name(results.first ?? 0))"
    graph.nodes.append(
      .init(
        target: "torch.ops.higher_order.wrap_with_set_grad_enabled",
        inputs: [
          .init(name: "", arg: .bool(false), kind: 1),
          .init(name: "", arg: .graph(label, body), kind: 1),
        ] + operands.map { .init(name: "", arg: exported($0), kind: 1) },
        outputs: results.map(exported), metadata: [:], is_hop_single_tensor_return: false,
        name: label))
  }
}

extension Node {
  /// Whether the call has to stand where gradients are not recorded; numbers have none.
  fileprivate var isInRegion: Bool {
    if case .scalar = operation { return false }
    return !isRecorded
  }
}

extension Operation {
  /// What `torch.export` calls it: `torch.ops.aten.add.Tensor`.
  fileprivate var exported: String {
    guard case .tensor(let called) = self else { return name }
    let parts = called.name.split(separator: ":", omittingEmptySubsequences: true)
    let names = (parts.last ?? "").split(separator: ".", maxSplits: 1)
    return "torch.ops.\(parts.first ?? "").\(names.first ?? "")."
      + (names.count == 2 ? names[1] : "default")
  }
}

extension ExportArgument {
  /// A constant; `nil` for a tensor.
  fileprivate init?(_ value: Value, _ kind: Operator.Parameter.Kind) {
    switch (value, kind) {
    case (.int(let code), .elementType):
      self = .scalarType(ElementType(rawValue: Int32(code))?.exportCode ?? code + 1)
    // The format counts these enumerations from 1 and orders them differently from libtorch.
    case (.int(let code), .memoryFormat): self = .memoryFormat([0: 1, 2: 2, 3: 3, 1: 4][code] ?? 1)
    case (.int, .layout): self = .layout(7)
    case (.none, _): self = .none
    case (.int(let value), _): self = .int(value)
    case (.ints(let values), _): self = .ints(values)
    case (.double(let value), _): self = .double(value)
    case (.doubles(let values), _): self = .doubles(values)
    case (.bool(let value), _): self = .bool(value)
    case (.bools(let values), _): self = .bools(values)
    case (.string(let value), _): self = .string(value)
    case (.device, _): self = .device("cpu")
    default: return nil
    }
  }
}
