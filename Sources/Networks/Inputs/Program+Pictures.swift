internal import Tensors

extension Program {
  /// The same program taking pictures of 1 or 3 channels as Rather gives them.
  public var takingPictures: Program { takingPictures(of: [1, 3]) }

  /// The same program taking pictures as Rather gives them, `[N, channels, height, width]` of floating-point numbers,
  /// where it takes them with the channels last, without an axis for their number, or as bytes.
  ///
  /// - Parameter channels: How many channels a picture may have.
  func takingPictures(of channels: Set<Int>) -> Program {
    guard openInputs.count == 1 else { return self }
    var program = self
    func may(_ length: Int?) -> Bool { length.map(channels.contains) ?? false }
    let single = program.inputShape
    if single.count == 3, may(single[0]) || may(single[2]), single.allSatisfy({ $0 != nil }) {
      program = program.behind("squeeze.dim", [("dim", .constant(.int(0)))]) { [.fixed(1)] + $0 }
    }
    let shape = program.inputShape
    if shape.count == 4, shape[1] != nil, !may(shape[1]), may(shape[3]) {
      program = program.behind("permute", [("dims", .constant(.ints([0, 2, 3, 1])))]) {
        [$0[0], $0[3], $0[1], $0[2]]
      }
    }
    if !program.inputType.isFloating, let floats = program.takingFloats { program = floats }
    return program
  }

  /// The program behind a call that moves the numbers of a new input to where the old one had them.
  private func behind(
    _ operation: String, _ arguments: [(name: String, value: NodeArgument)],
    shaped change: ([Length]) -> [Length]
  ) -> Program {
    guard case .tensor(let type, let lengths) = slots[input], written[input] == nil,
      let found = try? Operator(
        "aten::" + String(operation.prefix { $0 != "." }), overload: Self.overload(operation))
    else { return self }
    let slot = Slot.tensor(type, change(lengths))
    let node = Node(
      name: "brought", operation: .tensor(found),
      arguments: [("self", .slot(slots.count))] + arguments, results: [.slot(input)], modules: [],
      isRecorded: true)
    let ports = inputs.map { port in
      port.slot == input
        ? Port(name: port.name, shape: slot.shape ?? [], type: port.type, slot: slots.count) : port
    }
    return Program(
      inputs: ports, outputs: outputs, nodes: [node] + nodes, slots: slots + [slot],
      weights: weights, input: slots.count, output: output, written: written,
      freeLengths: freeLengths)
  }

  private static func overload(_ operation: String) -> String {
    operation.split(separator: ".").dropFirst().first.map(String.init) ?? ""
  }

  /// The program of the same numbers as floating-point ones, where whole numbers go nowhere but into what makes such of
  /// them; `nil` where they are counted, compared or computed with as whole numbers.
  private var takingFloats: Program? {
    guard written[input] == nil else { return nil }
    var whole: Set<Int> = [input]
    var kept: [Node] = []
    for node in nodes {
      guard node.arguments.flatMap(\.value.slots).contains(where: whole.contains) else {
        kept.append(node)
        continue
      }
      // It says of the input what it will not be.
      if node.baseName == "aten::_assert_tensor_metadata" { continue }
      guard node.written == nil, node.supersedes == nil, let slot = node.resultSlot,
        written[slot] == nil, let type = slots[slot].type
      else { return nil }
      if type.isFloating, node.makesFloats {
        kept.append(node)
      } else if type == inputType,
        OperatorKind(operatorNamed: node.baseName) == .rearrangement, !node.converts
      {
        whole.insert(slot)
        kept.append(node)
      } else {
        return nil
      }
    }
    if whole.contains(output) { return nil }
    var slots = slots
    for slot in whole {
      if case .tensor(_, let lengths) = slots[slot] { slots[slot] = .tensor(.float32, lengths) }
    }
    let ports = inputs.map { port in
      port.slot == input
        ? Port(name: port.name, shape: port.shape, type: .float32, slot: input) : port
    }
    return Program(
      inputs: ports, outputs: outputs, nodes: kept, slots: slots, weights: weights, input: input,
      output: output, written: written, freeLengths: freeLengths)
  }
}

extension Node {
  /// Whether a floating-point result is the same of whole numbers as of the same numbers with a point.
  fileprivate var makesFloats: Bool {
    let names = ["to", "_to_copy", "type_as", "div", "true_divide", "mul", "sub", "add", "rsub"]
    // Division with a rounding mode is none of floating-point numbers.
    return names.contains { baseName == "aten::" + $0 } && !operation.name.contains("mode")
  }

  fileprivate var converts: Bool { baseName == "aten::to" || baseName == "aten::_to_copy" }
}
