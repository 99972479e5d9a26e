internal import Tensors

extension Program {
  /// Checks what runs and walks rely on.
  ///
  /// - Every slot is written once: by an input, a weight or one node.
  /// - Every slot is read behind what writes it.
  /// - What an operator has written over is not read any more, by no name that shares its memory;
  ///   where a program says so itself (``Node/written``), all of these are in ``written``.
  ///
  /// - Parameter isFresh: Whether the program was just built: then nothing reads what a pure twin
  ///   has taken the place of either. Passes may read it again, for it is still there.
  /// - Complexity: little more than linear in the nodes and their arguments.
  /// - Throws: ``NetworkError/undefinedValue(_:at:)``, ``NetworkError/invariant(_:at:)``.
  func checkInvariants(isFresh: Bool = false) throws(NetworkError) {
    var check = InvariantCheck(slotCount: slots.count)
    for slot in openInputs.map(\.slot) { try check.write(slot, at: "input") }
    for weight in weights { try check.write(weight.slot, at: weight.name) }
    for node in nodes {
      for slot in node.arguments.flatMap(\.value.slots) { try check.read(slot, at: node.label) }
      for slot in node.results.flatMap(\.slots) { try check.write(slot, at: node.label) }
      try check.overwrite(by: node, of: self, isFresh: isFresh)
    }
    for slot in Set(outputs.map(\.slot) + [output]) { try check.read(slot, at: "output") }
  }
}

private struct InvariantCheck {
  private enum State {
    case empty
    case filled
    case overwritten
  }

  private var states: [State]
  private var memory = SharedMemory()

  init(slotCount: Int) { states = Array(repeating: .empty, count: slotCount) }

  mutating func write(_ slot: Int, at label: String) throws(NetworkError) {
    guard states.indices.contains(slot), states[slot] == .empty else {
      throw .invariant("slot \(slot) is written twice", at: label)
    }
    states[slot] = .filled
    memory.add(slot)
  }

  func read(_ slot: Int, at label: String) throws(NetworkError) {
    guard states.indices.contains(slot), states[slot] != .empty else {
      throw .undefinedValue("slot \(slot)", at: label)
    }
    if states[slot] == .overwritten {
      throw .invariant("slot \(slot) is read, which was written over", at: label)
    }
  }

  mutating func overwrite(
    by node: Node, of program: Program, isFresh: Bool
  ) throws(NetworkError) {
    guard case .tensor(let called) = node.operation else { return }
    let results = node.results.flatMap(\.slots)
    if let target = node.written {
      guard let group = program.written[target],
        results.allSatisfy({ program.written[$0] == group })
      else {
        throw .invariant("what slot \(target) shares memory with is not known", at: node.label)
      }
    } else if let argument = called.writtenPlace(in: node.arguments),
      case .slot(let target) = node.arguments[argument].value
    {
      retire(target, isAlone: false)
      return
    }
    if isFresh, let old = node.supersedes { retire(old, isAlone: called.viewedArgument != nil) }
    for base in called.sharedSlots(node.arguments) {
      for slot in results { memory.join(slot, base) }
    }
  }

  /// Nothing may read a slot from here on, nor, unless it is alone, what shares its memory.
  private mutating func retire(_ slot: Int, isAlone: Bool) {
    states[slot] = .overwritten
    if isAlone { return }
    for member in memory.removeMembers(around: slot) { states[member] = .overwritten }
  }
}
