internal import Tensors

extension Program {
  /// The same function with operators that stand for several, such as an attention as one call,
  /// written out in those.
  ///
  /// Rules of a walk are known for the parts. An operator whose lengths the network leaves open where
  /// the parts need them stays as it is.
  ///
  /// - Complexity: linear in the nodes; nothing is computed.
  public func expandingOperators() throws(NetworkError) -> ExpandedProgram {
    var expansion = Expansion(of: self)
    for node in nodes {
      expansion.begin(node)
      let isWritten = node.results.flatMap(\.slots).contains { written[$0] != nil }
      var isExpanded = false
      if !isWritten, node.typedAs == nil, case .tensor(let called) = node.operation {
        do { isExpanded = try expansion.expand(node, called) } catch {
          throw .node(node.label, error)
        }
      }
      if !isExpanded { expansion.keep(node) }
    }
    return expansion.result
  }
}

/// A program with operators written out, and where its layers have gone.
public struct ExpandedProgram: Sendable {
  /// The program with its operators written out.
  public let program: Program
  /// For each node of the plain program, and behind the last one, how many nodes come before it.
  let starts: [Int]

  /// A layer of the plain program in this one.
  public func layer(_ layer: Layer) -> Layer {
    guard starts.indices.contains(layer.position) else { return layer }
    return Layer(
      name: layer.name, type: layer.type, shape: layer.shape, slot: layer.slot,
      position: starts[layer.position], mapFault: layer.mapFault, layout: layer.layout,
      arrangement: layer.arrangement)
  }
}

/// The state of writing out a program's operators: calls that take the place of one node.
struct Expansion {
  let program: Program
  private let flowing: Set<Int>
  private var nodes: [Node] = []
  private var slots: [Slot]
  private var weights: [Program.Weight]
  private var starts: [Int] = []
  private var current: Node?

  init(of program: Program) {
    self.program = program
    flowing = Lineage(of: program).slots
    slots = program.slots
    weights = program.weights
  }

  mutating func begin(_ node: Node) {
    starts.append(nodes.count)
    current = node
  }

  mutating func keep(_ node: Node) { nodes.append(node) }

  var result: ExpandedProgram {
    ExpandedProgram(
      program: program.replacing(nodes: nodes, slots: slots, weights: weights),
      starts: starts + [nodes.count])
  }

  // MARK: What expansions are made of

  /// Whether a value follows from the network's input.
  func flows(_ slot: Int) -> Bool { flowing.contains(slot) }

  /// The declared lengths of a value's axes; `nil` for none or an open number of them.
  func lengths(_ slot: Int?) -> [Length]? {
    guard let slot, case .tensor(_, let lengths) = slots[slot] else { return nil }
    return lengths
  }

  /// The type of a value's numbers.
  func type(_ slot: Int) -> ElementType? { slots[slot].type }

  /// Adds a call behind those that were added, made where the current node was.
  ///
  /// - Parameter result: The slot that it gives, where that is not a new one.
  /// - Returns: The slot.
  mutating func call(
    _ name: String, _ overload: String = "", _ arguments: [NodeArgument], lengths: [Length],
    typed type: ElementType?, into result: Int? = nil
  ) throws(TensorError) -> Int {
    let operation = try Operator("aten::" + name, overload: overload)
    let parameters = operation.parameters.map(\.name)
    let slot = result ?? slots.count
    if result == nil { slots.append(.tensor(type, lengths)) }
    var node = Node(
      name: "\(current?.name ?? name).\(name)", operation: .tensor(operation),
      arguments: zip(parameters, arguments).map { ($0, $1) }, results: [.slot(slot)],
      modules: current?.modules ?? [], isRecorded: current?.isRecorded ?? true)
    if result != nil, let current { node.name = current.name }
    nodes.append(node)
    return slot
  }

  /// Adds a constant of the program.
  mutating func constant(_ tensor: Tensor, _ name: String) -> Int {
    slots.append(Slot(of: tensor))
    weights.append(
      Program.Weight(
        slot: slots.count - 1, name: "\(current?.name ?? "").\(name) (written out)",
        kind: .constant, tensor: tensor))
    return slots.count - 1
  }
}

extension NodeArgument {
  static func int(_ value: Int) -> NodeArgument { .constant(.int(value)) }
  static func double(_ value: Double) -> NodeArgument { .constant(.double(value)) }
}
