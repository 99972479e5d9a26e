internal import Tensors

/// Which operators made the values of a program that follow from its input, without the values.
///
/// It is what a gradient with respect to the input flows through: floating numbers, of calls that are
/// recorded.
public struct Lineage: Sendable {
  /// The call that made a value.
  public struct Origin: Sendable {
    /// The operator's name in libtorch, such as `aten::sigmoid`.
    public let operation: String
    /// What the operator does.
    public let kind: OperatorKind
    /// The slots of what it read, as far as that follows from the network's input.
    let inputs: [Int]
  }

  /// By slot.
  let origins: [Int: Origin]
  /// The input's slot, and those of all values that follow from it.
  let slots: Set<Int>

  init(of program: Program) {
    var origins: [Int: Origin] = [:]
    var slots = Set(program.openInputs.map(\.slot).filter(program.isFloating))
    slots.insert(program.input)
    for node in program.nodes {
      let inputs = node.inputs(among: slots).map(\.slot)
      guard !inputs.isEmpty, case .tensor(let callee) = node.operation, node.isRecorded else {
        continue
      }
      let kind = OperatorKind(operatorNamed: callee.name)
      if kind == .shape { continue }
      let origin = Origin(operation: callee.name, kind: kind, inputs: inputs)
      for slot in node.results.flatMap(\.slots) where program.isFloating(slot) {
        slots.insert(slot)
        origins[slot] = origin
      }
    }
    self.origins = origins
    self.slots = slots
  }

  /// What made each input of a call; `nil` for the network's input.
  public func sources(of origin: Origin) -> [Origin?] { origin.inputs.map { origins[$0] } }
}
