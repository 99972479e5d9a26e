internal import Tensors

/// A program that is being rewritten: nodes can be replaced or dropped, weights added.
struct Rewriting {
  let program: Program
  /// `nil` where a node was dropped.
  var nodes: [Node?]
  /// Weights by slot that nothing writes to.
  let tensors: [Int: Tensor]
  private(set) var weights: [Program.Weight]
  private(set) var slots: [Slot]

  init(of program: Program) {
    self.program = program
    nodes = program.nodes
    weights = program.weights
    slots = program.slots
    tensors = Dictionary(
      program.weights.filter { program.written[$0.slot] == nil }.map { ($0.slot, $0.tensor) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The nodes that read each slot, once for each time that they do.
  var readers: [Int: [Int]] {
    var readers: [Int: [Int]] = [:]
    for case (let index, let node?) in nodes.enumerated() {
      for slot in node.arguments.flatMap(\.value.slots) { readers[slot, default: []].append(index) }
    }
    return readers
  }

  /// Adds a tensor and returns its slot.
  mutating func add(_ tensor: Tensor, named name: String) -> Int {
    slots.append(Slot(of: tensor))
    weights.append(
      Program.Weight(slot: slots.count - 1, name: name, kind: .constant, tensor: tensor))
    return slots.count - 1
  }

  /// A slot for a value of another slot's shape, which gradients and relevance flow through as
  /// through that one.
  mutating func newSlot(like other: Int) -> Int {
    slots.append(slots[other])
    return slots.count - 1
  }

  /// The rewritten program, with the weights that it still reads.
  var result: Program {
    let kept = nodes.compactMap(\.self)
    let read = Set(kept.flatMap { $0.arguments.flatMap(\.value.slots) } + Array(program.returned))
    let made = Set(
      kept.flatMap { $0.results.flatMap(\.slots) } + program.inputs.map(\.slot)
        + weights.map(\.slot))
    let result = program.replacing(
      nodes: kept, slots: slots,
      weights: weights.filter { read.contains($0.slot) || program.written[$0.slot] != nil },
      // An output that nothing makes any more is none.
      outputs: program.outputs.filter { made.contains($0.slot) })
    assert((try? result.checkInvariants()) != nil, "a pass has broken the program")
    return result
  }
}

extension NodeArgument {
  /// The same argument reading other slots.
  func redirected(_ slots: [Int: Int]) -> NodeArgument {
    func target(_ slot: Int) -> Int { slots[slot] ?? slot }
    return switch self {
    case .constant, .inputDevice: self
    case .slot(let slot): .slot(target(slot))
    case .tensors(let list): .tensors(list.map { $0.map(target) })
    case .numbers(let list):
      .numbers(
        list.map { element in
          if case .slot(let slot) = element { .slot(target(slot)) } else { element }
        })
    }
  }

  /// A constant list of whole numbers, or one number.
  var ints: [Int]? {
    switch self {
    case .constant(.ints(let list)): return list
    case .constant(.int(let value)): return [value]
    case .numbers(let list):
      let values = list.compactMap { element -> Int? in
        if case .constant(.int(let value)) = element { value } else { nil }
      }
      return values.count == list.count ? values : nil
    default: return nil
    }
  }

  /// A constant number.
  var number: Double? {
    if case .constant(let value) = self { value.real } else { nil }
  }

  /// Whether nothing is given.
  var isNone: Bool {
    if case .constant(.none) = self { true } else { false }
  }
}

extension Node {
  /// The operator's name without its overload.
  var baseName: String {
    operation.name.split(separator: ".").first.map(String.init) ?? operation.name
  }

  /// The slot of the only result.
  var resultSlot: Int? {
    if results.count == 1, case .slot(let slot) = results[0] { slot } else { nil }
  }
}
