/// A graph with the nodes of its regions in the place of the nodes that call them.
///
/// Export writes `with torch.no_grad():` and `with torch.autocast(…):` as calls of sub-graphs.
struct FlatGraph: Sendable {
  /// A node, and whether gradients flow through it.
  struct Call: Sendable {
    let node: ExportDocument.Node
    let isRecorded: Bool
  }

  private(set) var calls: [Call] = []
  private(set) var values: [String: ExportTensorMeta]
  /// The numbers that the graph declares.
  private(set) var numbers: [String: Slot] = [:]
  private(set) var outputs: [ExportArgument] = []

  init(_ graph: ExportDocument.Graph) throws(NetworkError) {
    values = graph.tensor_values
    outputs = try add(graph, Scope())
  }

  private mutating func add(
    _ graph: ExportDocument.Graph, _ outer: Scope
  ) throws(NetworkError) -> [ExportArgument] {
    var scope = outer
    for (name, slot) in graph.numbers where scope.names[name] == nil {
      numbers[scope.name(name)] = slot
    }
    for node in graph.nodes {
      if let region = try Region(node) {
        try inline(region, results: node.outputs, &scope)
      } else {
        calls.append(Call(node: scope.renamed(node), isRecorded: scope.isRecorded))
      }
    }
    return graph.outputs.map { $0.renamed(scope.name) }
  }

  private mutating func inline(
    _ region: Region, results: [ExportArgument], _ scope: inout Scope
  ) throws(NetworkError) {
    var inner = Scope(
      prefix: scope.prefix + region.name + ".", isRecorded: region.isRecorded ?? scope.isRecorded)
    for (input, operand) in zip(region.graph.inputs, region.operands) {
      if let name = input.firstName, let outside = operand.firstName {
        inner.names[name] = scope.name(outside)
      }
    }
    for (name, meta) in region.graph.tensor_values where inner.names[name] == nil {
      values[inner.name(name)] = meta
    }
    let made = try add(region.graph, inner)
    for (name, inside) in zip(results.flatMap(\.names), made.flatMap(\.names)) {
      scope.names[name] = inside
    }
  }

  /// What the names of a graph are called in the flat one.
  private struct Scope {
    var prefix = ""
    var names: [String: String] = [:]
    var isRecorded = true

    func name(_ name: String) -> String { names[name] ?? prefix + name }

    func renamed(_ node: ExportDocument.Node) -> ExportDocument.Node {
      if prefix.isEmpty && names.isEmpty { return node }
      var node = node
      for index in node.inputs.indices {
        node.inputs[index].arg = node.inputs[index].arg.renamed(name)
      }
      // A result is a new value, even under an old name.
      node.outputs = node.outputs.map { $0.renamed { prefix + $0 } }
      node.name = node.name.map { prefix + $0 }
      return node
    }
  }
}

/// A call of a sub-graph that runs once, whatever the numbers are.
private struct Region {
  let name: String
  let graph: ExportDocument.Graph
  let operands: [ExportArgument]
  /// Whether gradients flow through it; `nil`: as around it.
  let isRecorded: Bool?

  /// Reads the region that a node calls; `nil` for a node that calls an operator.
  init?(_ node: ExportDocument.Node) throws(NetworkError) {
    let arguments = node.inputs.map(\.arg)
    let place = arguments.firstIndex { if case .graph = $0 { true } else { false } }
    guard let place, case .graph(let name, let graph) = arguments[place] else { return nil }
    switch (node.target, place) {
    case ("torch.ops.higher_order.wrap_with_set_grad_enabled", 1): isRecorded = arguments[0].flag
    case ("torch.ops.higher_order.wrap_with_autocast", 4):
      // Networks run on the processor, where autocast for another device does nothing.
      if arguments[0].isProcessor && arguments[2].flag != false {
        throw .unsupportedArgument(kind: "autocast", at: node.name ?? name)
      }
      isRecorded = nil
    default:
      throw .unsupportedArgument(kind: "sub-graph (\(node.target))", at: node.name ?? name)
    }
    self.name = name
    self.graph = graph
    operands = Array(arguments[(place + 1)...])
  }
}

extension ExportDocument.Graph {
  /// The numbers that the graph declares, by name.
  fileprivate var numbers: [String: Slot] {
    var found: [String: Slot] = [:]
    for (name, symbol) in sym_int_values { found[name] = .number(.int, symbol.length) }
    for (name, symbol) in sym_float_values ?? [:] { found[name] = .number(.double, symbol.length) }
    for (name, symbol) in sym_bool_values { found[name] = .number(.bool, symbol.length) }
    return found
  }
}

extension ExportArgument {
  fileprivate var flag: Bool? { if case .bool(let value) = self { value } else { nil } }

  fileprivate var isProcessor: Bool { if case .string("cpu") = self { true } else { false } }

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

  fileprivate func renamed(_ rename: (String) -> String) -> ExportArgument {
    switch self {
    case .tensor(let name): .tensor(rename(name))
    case .tensors(let names): .tensors(names.map(rename))
    case .optionalTensors(let names): .optionalTensors(names.map { $0.map(rename) })
    case .symbol(let name, let tag): .symbol(rename(name), tag: tag)
    case .symbols(let numbers, let tag):
      .symbols(
        numbers.map { if case .name(let name) = $0 { .name(rename(name)) } else { $0 } }, tag: tag)
    default: self
    }
  }
}
