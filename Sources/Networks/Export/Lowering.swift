internal import Tensors

/// Turns an exported graph into a program.
///
/// Names become slots. An operator that writes to its argument (`add_`) becomes its pure twin
/// (`add`), and later readers of the argument read the twin's result instead; where the memory is
/// shared with a view that is still read, the operator keeps writing, and the program remembers
/// which slots share it.
struct Lowering {
  private let document: ExportDocument
  private let graph: FlatGraph
  private(set) var slots: [String: Int] = [:]
  private var slotCount = 0
  private var shapes: [Int: [Int?]] = [:]
  private var floating: Set<Int> = []
  /// The length of each slot's first axis, as a number or an expression.
  private var firstLengths: [Int: String] = [:]
  private var memory = SharedMemory()
  var operators: [String: Operator] = [:]
  private let lastReaders: [String: Int]
  /// The names that mean each slot, and the last node that reads it by one of them.
  private var names: [Int: [String]] = [:]
  private var lastReads: [Int: Int] = [:]
  let path: String

  /// Prepares to lower the graph of the file at `path`.
  init(_ document: ExportDocument, path: String) throws(NetworkError) {
    self.document = document
    self.path = path
    graph = try FlatGraph(document.graph_module.graph)
    lastReaders = graph.lastReaders
  }

  mutating func program(weights: [String: Tensor]) throws(NetworkError) -> Program {
    let (bound, input) = try bindInputs(weights)
    var nodes: [Node] = []
    for (index, call) in graph.calls.enumerated() {
      nodes += try lowered(call, at: index)
    }
    let outputs = outputs()
    guard let output = outputs.first?.slot else { throw .noTensorOutput }
    let written = memory.writtenSlots
    var program = Program(
      nodes: nodes, slotCount: slotCount, input: input, output: output, weights: bound,
      shapes: shapes, floating: floating, written: written,
      copiedFirst: (bound.map(\.slot) + [input]).filter { written[$0] != nil }, document: document)
    let pictures = firstLengths[input]
    program.wholePictures = Set(firstLengths.filter { $0.value == pictures }.keys)
    program.outputs = outputs
    return program
  }

  // MARK: Inputs and outputs

  private mutating func bindInputs(
    _ tensors: [String: Tensor]
  ) throws(NetworkError) -> ([Program.Weight], Int) {
    var weights: [Program.Weight] = []
    var inputs: [Int?] = []
    for spec in document.graph_module.signature.input_specs {
      switch spec {
      case .user(let name): inputs.append(newSlot(for: name))
      case .weight(let name, let key):
        weights.append(try weight(name, key, .parameter, tensors))
      case .buffer(let name, let key, let persistent):
        let kind = persistent ? Program.Weight.Kind.buffer : .constant
        weights.append(try weight(name, key, kind, tensors))
      case .constant(let name, let key):
        weights.append(try weight(name, key, .constant, tensors))
      case .other("constant_input", _): break
      case .other("user_input", _): inputs.append(nil)
      case .other(let kind, _): throw .unsupportedArgument(kind: kind, at: "input")
      }
    }
    guard inputs.count == 1, let input = inputs[0] else { throw .inputs(count: inputs.count) }
    return (weights, input)
  }

  private mutating func weight(
    _ name: String, _ key: String, _ kind: Program.Weight.Kind, _ tensors: [String: Tensor]
  ) throws(NetworkError) -> Program.Weight {
    let slot = newSlot(for: name)
    guard let tensor = tensors[key] else { throw .missingWeight(key, of: path) }
    let declared = graph.values[name]?.shape ?? []
    let fits = zip(declared, tensor.shape).allSatisfy { $0 == nil || $0 == $1 }
    if declared.count != tensor.rank || !fits {
      throw .weightForm(
        key,
        detail: "the graph declares \(declared.map { $0 ?? -1 }), the weight is \(tensor.shape)")
    }
    return Program.Weight(slot: slot, name: key, kind: kind, tensor: tensor)
  }

  /// The tensors of numbers that the network's `forward` returns, each once.
  private func outputs() -> [ProgramOutput] {
    let specs = document.graph_module.signature.output_specs
    let returned = graph.outputs.enumerated().filter { index, _ in
      // What a decomposed graph writes to buffers it lists among its outputs.
      !specs.indices.contains(index) || specs[index].isUserOutput
    }
    let names = document.outputNames
    var found: [ProgramOutput] = []
    for (place, output) in returned.map(\.element).enumerated() {
      guard case .tensor(let value) = output, let slot = slots[value], floating.contains(slot),
        !found.contains(where: { $0.slot == slot })
      else { continue }
      let name = names.count == returned.count ? names[place] : "\(place)"
      found.append(
        ProgramOutput(
          name: name.isEmpty ? "0" : name, shape: shapes[slot] ?? [], slot: slot))
    }
    return found
  }

  private mutating func newSlot(for name: String) -> Int {
    let slot = slotCount
    slotCount += 1
    if let old = slots.updateValue(slot, forKey: name) { forget(name, of: old) }
    names[slot] = [name]
    lastReads[slot] = lastReaders[name, default: -1]
    memory.add(slot)
    if let meta = graph.values[name] {
      shapes[slot] = meta.shape
      firstLengths[slot] = meta.sizes.first?.text
      if ElementType(exportCode: meta.dtype)?.isFloating == true { floating.insert(slot) }
    }
    return slot
  }

  /// A name that a later node takes again means another slot from there on.
  private mutating func forget(_ name: String, of slot: Int) {
    names[slot, default: []].removeAll { $0 == name }
    lastReads[slot] = names[slot, default: []].map { lastReaders[$0, default: -1] }.max()
  }

  // MARK: Nodes

  private mutating func lowered(
    _ call: FlatGraph.Call, at index: Int
  ) throws(NetworkError) -> [Node] {
    let source = call.node
    let name = source.name ?? source.outputs.compactMap(\.firstName).first ?? "node \(index)"
    var arguments: [(name: String, value: NodeArgument)] = []
    for input in source.inputs {
      arguments.append((input.name, try argument(input.arg, at: name)))
    }
    if arguments.areForTraining { throw .trainingMode(at: name) }
    let modules = Self.modules(source.metadata["nn_module_stack"] ?? "")
    let operation: Operation
    if let scalar = ScalarOperation(rawValue: source.target) {
      operation = .scalar(scalar)
    } else {
      let permitted = try permitted(source.target, at: name, in: modules.last?.path ?? "")
      operation = .tensor(permitted)
      try permitted.checkEnumerations(arguments, at: name)
      if permitted.name != Self.schemaName(source.target) {
        // The twin takes less: no order of memory, for one.
        let known = Set(permitted.parameters.map(\.name))
        arguments.removeAll { !$0.name.isEmpty && !known.contains($0.name) }
      }
    }
    var node = Node(
      name: name, operation: operation, arguments: arguments, results: [], modules: modules,
      isRecorded: call.isRecorded)
    if case .tensor(let called) = operation, let written = called.writtenArgument,
      node.arguments.indices.contains(written),
      case .slot(let target) = node.arguments[written].value
    {
      node.results = source.outputs.map { results(of: $0) }
      if !isRead(target, or: node.results.flatMap(\.slots), after: index) { return [] }
      write(&node, to: target, argument: written, source.target, at: index)
    }
    if node.results.isEmpty { node.results = source.outputs.map { results(of: $0) } }
    guard case .tensor(let called) = node.operation else { return [node] }
    share(called, node)
    let isCopy = called.name == "aten::copy" && !arguments.isEmpty
    return isCopy ? try differentiable(copy: node) : [node]
  }

  /// `copy(to, from)` has no derivative in libtorch; writing `from` to a clone of `to` has.
  private mutating func differentiable(copy: Node) throws(NetworkError) -> [Node] {
    var clone = copy
    let place = newSlot(for: copy.name + ".clone")
    clone.operation = .tensor(try find("torch.ops.aten.clone.default", at: copy.name))
    clone.arguments = Array(copy.arguments.prefix(1))
    clone.results = [.slot(place)]
    var write = copy
    write.operation = .tensor(try find("torch.ops.aten.copy_.default", at: copy.name))
    write.arguments[0].value = .slot(place)
    return [clone, write]
  }

  /// Settles what an operator that writes to its argument becomes.
  private mutating func write(
    _ node: inout Node, to target: Int, argument: Int, _ operation: String, at index: Int
  ) {
    if let slot = node.results.first?.slots.first,
      let twin = twin(of: operation, target: target, isRecorded: node.isRecorded, at: index)
    {
      node.operation = .tensor(twin)
      node.typedAs = argument
      // `dropout_` calls it `self`, and `dropout` calls it `input`.
      node.arguments[0].name = ""
      redirect(from: target, to: slot)
      return
    }
    node.written = target
    for slot in node.results.flatMap(\.slots) { memory.join(slot, target) }
    memory.write(to: target)
  }

  /// The pure operator that does the same, where nothing tells the two apart.
  private mutating func twin(
    of operation: String, target: Int, isRecorded: Bool, at index: Int
  ) -> Operator? {
    guard let twin = try? find(Self.pureName(operation), at: ""), twin.writtenArgument == nil else {
      return nil
    }
    // It changes only how the memory is looked at (`transpose_`).
    if twin.viewedArgument != nil { return twin }
    // Without recording, the gradient passes what is written by; a twin would stop it.
    return isRecorded && !isReadElsewhere(target, after: index) ? twin : nil
  }

  private mutating func results(of output: ExportArgument) -> NodeResult {
    switch output {
    case .tensor(let name), .symbol(let name, _): .slot(newSlot(for: name))
    case .tensors(let names): .list(names.map { newSlot(for: $0) })
    default: .ignored
    }
  }

  private mutating func share(_ called: Operator, _ node: Node) {
    for base in called.sharedSlots(node.arguments) {
      for slot in node.results.flatMap(\.slots) { memory.join(slot, base) }
    }
  }

  /// Whether anything reads what a node writes; at the end of a graph that counts its runs, not.
  private func isRead(_ target: Int, or results: [Int], after index: Int) -> Bool {
    (results + memory.group(around: target)).contains { lastReads[$0, default: -1] > index }
  }

  /// Whether a slot other than `target` that shares its memory is read after a node.
  private func isReadElsewhere(_ target: Int, after index: Int) -> Bool {
    memory.group(around: target).contains { $0 != target && lastReads[$0, default: -1] > index }
  }

  private mutating func redirect(from old: Int, to new: Int) {
    for name in names.removeValue(forKey: old) ?? [] {
      slots[name] = new
      names[new, default: []].append(name)
    }
    lastReads[new] = max(lastReads[new, default: -1], lastReads.removeValue(forKey: old) ?? -1)
  }

  /// `torch.ops.aten.add_.Tensor` → `torch.ops.aten.add.Tensor`.
  private static func pureName(_ target: String) -> String {
    var parts = target.split(separator: ".").map(String.init)
    guard parts.count == 5, parts[3].hasSuffix("_"), parts[3] != "copy_" else { return "" }
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

extension JSONValue {
  fileprivate var isUserOutput: Bool {
    if case .object(let fields) = self { fields["user_output"] != nil } else { false }
  }
}
