internal import Tensors

extension Program {
  /// The same function with attention written out: a product of queries and keys, a softmax, a product with the
  /// values. Then what each token looks at is a value, which can be read and differentiated.
  ///
  /// Calls that leave something out at random, mask what comes later, or share keys among heads stay as they are.
  func writingOutAttention() throws(NetworkError) -> Program {
    var writer = AttentionWriter(slots: slots)
    for node in nodes { try writer.add(node) }
    let result = replacing(nodes: writer.nodes, slots: writer.slots)
    assert((try? result.checkInvariants()) != nil, "a pass has broken the program")
    return result
  }
}

/// Writes out one call after another.
private struct AttentionWriter {
  var nodes: [Node] = []
  var slots: [Slot]

  init(slots: [Slot]) { self.slots = slots }

  mutating func add(_ node: Node) throws(NetworkError) {
    guard node.isFusedAttention, let call = FusedAttention(node, slots) else {
      nodes.append(node)
      return
    }
    let (queries, keys) = (call.query.lengths, call.key.lengths)
    let turned = call.key.lengths.dropLast(2) + [keys[keys.count - 1], keys[keys.count - 2]]
    let square = queries.dropLast() + [keys[keys.count - 2]]
    let back = try append(
      node, "transpose.int",
      [call.key.slot].map(NodeArgument.slot) + [.constant(.int(-2)), .constant(.int(-1))],
      Array(turned), call.type)
    let product = try append(
      node, "matmul", [.slot(call.query.slot), .slot(back)], Array(square), call.type)
    var scores = try append(
      node, "mul.Scalar", [.slot(product), .constant(.double(call.scale))], Array(square), call.type
    )
    if let mask = call.mask {
      scores =
        slots[mask].type == .bool
        ? try append(
          node, "where.ScalarOther",
          [.slot(mask), .slot(scores), .constant(.double(-.infinity))], Array(square), call.type)
        : try append(node, "add.Tensor", [.slot(scores), .slot(mask)], Array(square), call.type)
    }
    let matrix = try append(
      node, "softmax.int", [.slot(scores), .constant(.int(-1))], Array(square), call.type)
    nodes.append(
      try Self.call(
        node, "matmul", [.slot(matrix), .slot(call.value)], result: call.result, nodes.count))
  }

  private mutating func append(
    _ node: Node, _ name: String, _ arguments: [NodeArgument], _ lengths: [Length],
    _ type: ElementType?
  ) throws(NetworkError) -> Int {
    slots.append(.tensor(type, lengths))
    nodes.append(
      try Self.call(node, name, arguments, result: slots.count - 1, nodes.count))
    return slots.count - 1
  }

  /// A call in the place of another's, by position.
  private static func call(
    _ node: Node, _ name: String, _ arguments: [NodeArgument], result: Int, _ number: Int
  ) throws(NetworkError) -> Node {
    let parts = name.split(separator: ".").map(String.init)
    do {
      let found = try Operator("aten::" + parts[0], overload: parts.count > 1 ? parts[1] : "")
      return Node(
        name: "\(node.name).\(parts[0])_\(number)", operation: .tensor(found),
        arguments: arguments.map { ("", $0) }, results: [.slot(result)], modules: node.modules,
        isRecorded: node.isRecorded)
    } catch {
      throw .node(node.label, error)
    }
  }
}

/// The parts of a call of attention as one operator.
private struct FusedAttention {
  let query, key: (slot: Int, lengths: [Length])
  let value: Int
  let mask: Int?
  let scale: Double
  let result: Int
  let type: ElementType?

  /// - Returns: `nil` for a call that cannot be written out.
  init?(_ node: Node, _ slots: [Slot]) {
    func tensor(_ position: Int, _ name: String) -> (slot: Int, lengths: [Length])? {
      guard let slot = node.slot(position, name), case .tensor(_, let lengths) = slots[slot],
        lengths.count > 2
      else { return nil }
      return (slot, lengths)
    }
    let isPlain = node.baseName == "aten::scaled_dot_product_attention"
    guard let query = tensor(0, "query"), let key = tensor(1, "key"),
      let value = node.slot(2, "value"), let result = node.results.first?.slots.first,
      let width = query.lengths.last?.fixed, node.isOff(isPlain ? 5 : 4, "is_causal"),
      node.isOff(-1, "enable_gqa"), node.isOff(isPlain ? 4 : 3, "dropout_p")
    else { return nil }
    (self.query, self.key, self.value, self.result) = (query, key, value, result)
    type = slots[query.slot].type
    mask = node.slot(isPlain ? 3 : -1, "attn_mask")
    let given = node.argument(-1, "scale")
    if let given, !given.isNone {
      guard let number = given.number else { return nil }
      scale = number
    } else {
      scale = 1 / Double(width).squareRoot()
    }
  }
}

extension Node {
  /// Whether it is attention as one operator.
  var isFusedAttention: Bool {
    [
      "aten::scaled_dot_product_attention", "aten::_scaled_dot_product_flash_attention_for_cpu",
      "aten::_scaled_dot_product_attention_math",
    ].contains(baseName)
  }

  /// Whether an argument is not given, or is false or 0.
  fileprivate func isOff(_ position: Int, _ name: String) -> Bool {
    switch argument(position, name) {
    case nil, .constant(.none): true
    case .constant(.bool(let value)): !value
    case .some(let value): value.number == 0
    }
  }
}
