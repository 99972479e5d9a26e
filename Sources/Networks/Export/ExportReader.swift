internal import Tensors

/// Builds a program from an exported graph: names become slots.
struct ExportReader {
  private let document: ExportDocument
  private let graph: FlatGraph
  private var builder: ProgramBuilder
  /// What each name means by now.
  private(set) var slots: [String: Int] = [:]

  /// Prepares to read the graph of the file at `path`.
  init(_ document: ExportDocument, path: String) throws(NetworkError) {
    self.document = document
    builder = ProgramBuilder(reading: path)
    graph = try FlatGraph(document.graph_module.graph)
    for (name, meta) in graph.values {
      if let fault = meta.fault { throw .malformedGraph(path, detail: "“\(name)” \(fault)") }
    }
  }

  mutating func program(weights: [String: Tensor]) throws(NetworkError) -> Program {
    for (symbol, range) in document.range_constraints {
      builder.allow(symbol, LengthRange(least: range.min_val, greatest: range.max_val))
    }
    try bindInputs(weights)
    for (index, call) in graph.calls.enumerated() { try read(call, at: index) }
    bindOutputs()
    return try builder.program()
  }

  // MARK: Inputs and outputs

  private mutating func bindInputs(_ tensors: [String: Tensor]) throws(NetworkError) {
    let names = document.inputNames
    var place = 0
    for spec in document.graph_module.signature.input_specs {
      switch spec {
      case .user(let name):
        let called = names.indices.contains(place) ? names[place] : name
        slots[name] = builder.addInput(called, slot(of: name, or: .tensor(.float32, [])))
        place += 1
      case .fixed(let name, let value):
        _ = builder.addInput(name, .unknown, fixed: value)
        place += 1
      case .weight(let name, let key): try bind(name, key, .parameter, tensors)
      case .buffer(let name, let key, let persistent):
        try bind(name, key, persistent ? .buffer : .constant, tensors)
      case .constant(let name, let key): try bind(name, key, .constant, tensors)
      case .other(let kind, _): throw .unsupportedArgument(kind: kind, at: "input")
      }
    }
  }

  private mutating func bind(
    _ name: String, _ key: String, _ kind: Program.Weight.Kind, _ tensors: [String: Tensor]
  ) throws(NetworkError) {
    guard let tensor = tensors[key] else { throw .missingWeight(key, of: builder.path) }
    let declared = graph.values[name]?.shape ?? []
    let fits = zip(declared, tensor.shape).allSatisfy { $0 == nil || $0 == $1 }
    if declared.count != tensor.rank || !fits {
      throw .weightForm(
        key,
        detail: "the graph declares \(declared.map { $0 ?? -1 }), the weight is \(tensor.shape)")
    }
    slots[name] = builder.addWeight(key, kind, tensor)
  }

  /// The tensors that the network's `forward` returns.
  private mutating func bindOutputs() {
    let specs = document.graph_module.signature.output_specs
    let returned = graph.outputs.enumerated().filter { index, _ in
      // What a decomposed graph writes to buffers it lists among its outputs.
      !specs.indices.contains(index) || specs[index].isUserOutput
    }
    let names = document.outputNames
    for (place, output) in returned.map(\.element).enumerated() {
      guard case .tensor(let value) = output, let slot = slots[value] else { continue }
      let name = names.count == returned.count ? names[place] : "\(place)"
      builder.addOutput(name.isEmpty ? "0" : name, slot)
    }
  }

  /// A new slot for what a node gives; a name that was taken before means it from there on.
  private mutating func newSlot(for name: String, or form: Slot = .unknown) -> Int {
    let slot = builder.newSlot(slot(of: name, or: form))
    slots[name] = slot
    return slot
  }

  /// What the graph declares of a name.
  private func slot(of name: String, or form: Slot) -> Slot {
    if let meta = graph.values[name] { return meta.slot }
    return graph.numbers[name] ?? form
  }

  // MARK: Nodes

  private mutating func read(_ call: FlatGraph.Call, at index: Int) throws(NetworkError) {
    let source = call.node
    let name = source.name ?? source.outputs.compactMap(\.firstName).first ?? "node \(index)"
    var arguments: [(name: String, value: NodeArgument)] = []
    for input in source.inputs {
      arguments.append((input.name, try argument(input.arg, at: name)))
    }
    let modules = ModuleCall.stack(source.metadata["nn_module_stack"] ?? "")
    if let scalar = ScalarOperation(rawValue: source.target) {
      builder.add(
        scalar, arguments, results: source.outputs.map { result($0) }, at: name, in: modules)
      return
    }
    guard let wanted = Self.schemaName(source.target) else {
      throw .unknownOperator(source.target, at: name)
    }
    try builder.add(
      wanted, arguments, results: source.outputs.map { result($0) }, at: name, in: modules,
      isRecorded: call.isRecorded)
  }

  private mutating func result(_ output: ExportArgument) -> NodeResult {
    switch output {
    case .tensor(let name): .slot(newSlot(for: name))
    case .symbol(let name, let tag): .slot(newSlot(for: name, or: .number(tag.number, nil)))
    case .tensors(let names): .list(names.map { newSlot(for: $0) })
    default: .ignored
    }
  }

  /// `torch.ops.aten.add_.Tensor` → `aten::add_.Tensor`; `nil` for another form.
  static func schemaName(_ target: String) -> String? {
    let parts = target.split(separator: ".").map(String.init)
    guard parts.count == 5, parts[0] == "torch", parts[1] == "ops" else { return nil }
    return "\(parts[2])::\(parts[3])" + (parts[4] == "default" ? "" : ".\(parts[4])")
  }
}

extension ModuleCall {
  /// Reads a node's stack of modules: triples of a key, a path and a class, outermost first.
  fileprivate static func stack(_ text: String) -> [ModuleCall] {
    text.split(separator: ";").compactMap { entry in
      let parts = entry.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, !parts[0].hasPrefix("_empty_nn_module_stack") else { return nil }
      let call = parts[0].lastIndex(of: "@").map { String(parts[0][$0...]) } ?? ""
      return ModuleCall(name: parts[1] + call, path: String(parts[1]), fullType: String(parts[2]))
    }
  }

  /// The same as one of the triples.
  var exported: String { "L__self__\(name),\(path),\(fullType)" }
}

extension JSONValue {
  fileprivate var isUserOutput: Bool {
    if case .object(let fields) = self { fields["user_output"] != nil } else { false }
  }
}
