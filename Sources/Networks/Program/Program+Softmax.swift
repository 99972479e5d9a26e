internal import Tensors

extension Program {
  /// The place of the softmax over the classes that the output is, moved at most; `nil` where the
  /// output is something else.
  ///
  /// - Parameter isReadAlone: Whether nothing else may read the softmax.
  func lastSoftmax(over classes: Int, isReadAlone: Bool) -> Int? {
    var readers: [Int: Int] = [:]
    for slot in nodes.flatMap({ $0.arguments.flatMap(\.value.slots) }) {
      readers[slot, default: 0] += 1
    }
    var slot = output
    while written[slot] == nil,
      readers[slot, default: 0] == (slot == output ? 0 : 1) || !isReadAlone,
      let index = nodes.lastIndex(where: { $0.resultSlot == slot })
    {
      let node = nodes[index]
      guard let source = node.slot(0, "self") ?? node.slot(0, "input") else { return nil }
      if node.isSoftmax { return isOverClasses(node, classes) ? index : nil }
      guard node.keepsNumbers else { return nil }
      slot = source
    }
    return nil
  }

  /// The same program with the argument of a softmax in place of what that gave.
  func undoingSoftmax(at index: Int) throws(NetworkError) -> Program {
    var rewriting = Rewriting(of: self)
    guard var node = rewriting.nodes[index],
      let source = node.slot(0, "self") ?? node.slot(0, "input")
    else { return self }
    do { node.operation = .tensor(try Operator("aten::alias")) } catch {
      throw .node(node.label, error)
    }
    node.arguments = [("self", .slot(source))]
    node.typedAs = nil
    rewriting.nodes[index] = node
    return rewriting.result
  }

  /// Whether a call's axis is that of the classes, and all others but the batch's have one place.
  private func isOverClasses(_ node: Node, _ classes: Int) -> Bool {
    guard let slot = node.resultSlot, let shape = shape(of: slot), !shape.isEmpty,
      let axis = node.argument(1, "dim")?.ints?.first
    else { return false }
    let place = axis < 0 ? axis + shape.count : axis
    guard shape.indices.contains(place), shape[place] == classes else { return false }
    return shape.indices.allSatisfy { $0 == place || $0 == 0 || shape[$0] == 1 }
  }
}

extension Node {
  fileprivate var isSoftmax: Bool {
    ["aten::softmax", "aten::_softmax", "aten::special_softmax", "aten::_safe_softmax"].contains(
      baseName)
  }

  /// Whether the call gives the numbers that it read, in their order.
  fileprivate var keepsNumbers: Bool {
    [
      "alias", "detach", "contiguous", "clone", "view", "_unsafe_view", "reshape", "flatten",
      "squeeze", "unsqueeze", "to", "_to_copy", "lift_fresh_copy",
    ].contains { baseName == "aten::" + $0 }
  }
}
