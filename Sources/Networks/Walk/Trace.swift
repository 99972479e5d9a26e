public import Tensors

/// A run of a program with what every call read and gave, so that it can be walked backward.
public struct Trace: Sendable {
  /// The network's output; not recorded.
  public let output: Tensor
  /// What the layer gave that the trace begins behind.
  public let activation: Tensor
  /// The calls that what the layer gave flows through, in order.
  ///
  /// Their inputs are all that follow from the network's input, whether through the layer or beside
  /// it, as a shortcut does: so that a rule gives a branch what it would on the way to the input.
  public let calls: [NodeCall]

  /// Which operators made the values of the program.
  public let lineage: Lineage

  /// For each call the slots of its inputs and of its results.
  private let flows: [(inputs: [Int], results: [Int?])]
  /// By the places of calls in the program, their places among the calls.
  private let places: [Int: Int]
  /// By slot, the call that gave it.
  private let makers: [Int: Int]
  /// The slots that what the layer gave flows into.
  private let reached: Set<Int>
  private let start: Int
  private let startName: String
  private let end: Int

  /// Bytes of the values that are kept for walks.
  public var byteCount: Int {
    calls.reduce(activation.byteCount) { sum, call in
      sum + call.outputs.reduce(0) { $0 + ($1?.byteCount ?? 0) }
    }
  }

  /// Bytes that one row of a walk holds at most, the work of a single call left out: what has
  /// arrived and waits for calls further up.
  public var rowBytes: Int {
    var waiting: [Int: Int] = [end: output.byteCount]
    var most = output.byteCount
    for (call, flow) in zip(calls, flows).reversed() {
      for (slot, input) in zip(flow.inputs, call.inputs) where reached.contains(slot) {
        waiting[slot] = input.byteCount
      }
      most = max(most, waiting.values.reduce(0, +))
      for case let slot? in flow.results { waiting[slot] = nil }
    }
    return most
  }

  /// The call at a place in the program, where what the layer gave flows through it.
  public func call(at index: Int) -> NodeCall? { places[index].map { calls[$0] } }

  /// For each input of a call, the call that gave it; `nil` where the layer did, or a call beside it.
  public func sources(of call: NodeCall) -> [NodeCall?] {
    slots(of: call).map { slot in makers[slot].map { calls[$0] } }
  }

  /// For each input of a call, what made it, before the layer too; `nil` for the network's input.
  public func origins(of call: NodeCall) -> [Lineage.Origin?] {
    slots(of: call).map { lineage.origins[$0] }
  }

  private func slots(of call: NodeCall) -> [Int] {
    places[call.index].map { flows[$0].inputs } ?? []
  }

  /// Walks backward from the network's output to the layer, by the rules of a table.
  ///
  /// Where a value is read by several calls, what it receives of them adds up.
  ///
  /// - Shapes: `rows` is `[R]` + the output's shape, the result `[R]` + the layer's.
  /// - Parameters:
  ///   - progress: Called after each call; throwing stops the walk.
  /// - Throws: ``NetworkError/noRule(operation:at:)`` when the table has none for a call that
  ///   something arrives at.
  public func walkBack(
    from rows: Tensor, by rules: RuleTable, progress: () throws -> Void = {}
  ) throws -> Tensor {
    try walkBack(from: rows, by: rules, to: [(start, startName)], progress: progress)[0]
  }

  /// The same walk, and what arrives at each of some layers on the way.
  ///
  /// - Parameter layers: The layer that the trace begins behind, and later ones.
  public func walkBack(
    from rows: Tensor, by rules: RuleTable, to layers: [Layer], progress: () throws -> Void = {}
  ) throws -> [Tensor] {
    try walkBack(
      from: rows, by: rules, to: layers.map { ($0.slot, $0.name) }, progress: progress)
  }

  private func walkBack(
    from rows: Tensor, by rules: RuleTable, to places: [(slot: Int, name: String)],
    progress: () throws -> Void
  ) throws -> [Tensor] {
    let slots = places.map(\.slot)
    var arrived: [Int: Tensor] = [end: rows]
    for (call, flow) in zip(calls, flows).reversed() {
      let outgoing = flow.results.map { $0.flatMap { arrived[$0] } }
      if outgoing.allSatisfy({ $0 == nil }) { continue }
      let incoming = try rules.rule(for: call).incoming(outgoing, through: call)
      for slot in flow.results where !slots.contains(slot ?? start) {
        slot.map { arrived[$0] = nil }
      }
      for case (let slot, let received?) in zip(flow.inputs, incoming)
      where reached.contains(slot) {
        arrived[slot] = try arrived[slot].map { try $0 + received } ?? received
      }
      try progress()
    }
    return try places.map { slot, name in
      guard let found = arrived[slot] else {
        throw NetworkError.layerDoesNotReachOutput(name)
      }
      return found
    }
  }

  init(
    of program: Program, inputs: [String: Tensor], behind layer: Layer
  ) throws(NetworkError) {
    var run = try Run(of: program, inputs: inputs, keeping: [layer.slot])
    try run.advance(to: layer.position)
    activation = try run.copy(of: layer.slot)
    start = layer.slot
    startName = layer.name
    end = program.output
    lineage = Lineage(of: program)
    var flowing: Set<Int> = [layer.slot]
    var read = lineage.slots.union(flowing)
    var calls: [NodeCall] = []
    var flows: [(inputs: [Int], results: [Int?])] = []
    for index in layer.position..<program.nodes.count {
      let node = program.nodes[index]
      let inputs = node.inputs(among: read)
      guard inputs.contains(where: { flowing.contains($0.slot) }), node.isRecorded,
        case .tensor(let callee) = node.operation,
        OperatorKind(operatorNamed: callee.name) != .shape
      else {
        try run.advance(to: index + 1)
        continue
      }
      if node.written != nil {
        throw .noRule(operation: callee.name, at: node.label)
      }
      let made = try run.observe()
      let results = node.results.flatMap { result -> [Int?] in
        switch result {
        case .slot(let slot): [slot]
        case .list(let slots): slots
        case .ignored: [nil]
        }
      }
      calls.append(
        NodeCall(
          index: index, label: node.label, modules: node.modules.map(\.path),
          operation: callee.name, kind: OperatorKind(operatorNamed: callee.name),
          inputs: try inputs.map { input throws(NetworkError) in
            guard let tensor = made.tensor(at: input.place) else {
              throw .undefinedValue("an input", at: node.label)
            }
            return tensor
          },
          outputs: NodeCall.tensors(made.results), callee: callee, arguments: made.arguments,
          places: inputs.map(\.place)))
      flows.append((inputs.map(\.slot), results))
      for slot in results.compactMap(\.self) where program.isFloating(slot) {
        flowing.insert(slot)
        read.insert(slot)
      }
    }
    self.calls = calls
    self.flows = flows
    places = Dictionary(
      calls.enumerated().map { ($1.index, $0) }, uniquingKeysWith: { first, _ in first })
    makers = Dictionary(
      flows.enumerated().flatMap { place, flow in
        flow.results.compactMap { slot in slot.map { ($0, place) } }
      }, uniquingKeysWith: { first, _ in first })
    reached = flowing
    output = try run.tensor(in: program.output)
  }
}

extension Program {
  /// Runs the program and keeps what every call behind a layer read and gave.
  ///
  /// - Complexity: one forward pass, all of whose values stay in memory.
  /// - Throws: ``NetworkError/noRule(operation:at:)`` for an operator that writes to its argument.
  public func trace(_ input: Tensor, behind layer: Layer) throws(NetworkError) -> Trace {
    try trace(values(input), behind: layer)
  }

  /// The same for values of all inputs by their names.
  public func trace(
    _ inputs: [String: Tensor], behind layer: Layer
  ) throws(NetworkError) -> Trace {
    try Trace(of: self, inputs: inputs, behind: layer)
  }
}

extension Node {
  /// The arguments that are among some slots, with the place each stands in.
  func inputs(
    among flowing: Set<Int>
  ) -> [(slot: Int, place: (argument: Int, element: Int?))] {
    arguments.enumerated().flatMap {
      index, argument -> [(slot: Int, place: (argument: Int, element: Int?))] in
      switch argument.value {
      case .slot(let slot) where flowing.contains(slot): [(slot, (index, nil))]
      case .tensors(let slots):
        slots.enumerated().compactMap { element, slot in
          guard let slot, flowing.contains(slot) else { return nil }
          return (slot, (index, element))
        }
      default: []
      }
    }
  }
}
