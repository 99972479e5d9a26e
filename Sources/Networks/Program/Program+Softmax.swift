internal import Tensors

extension Program {
  /// The place of the softmax over the classes that the output is, moved at most; `nil` where the
  /// output is something else.
  ///
  /// - Parameters:
  ///   - logarithm: Whether its logarithm is looked for instead.
  ///   - isReadAlone: Whether nothing else may read the softmax.
  func lastSoftmax(
    over classes: Int, logarithm: Bool = false, isReadAlone: Bool
  ) -> Int? {
    let readers = readerCounts
    var slot = output
    while written[slot] == nil,
      readers[slot, default: 0] == (slot == output ? 0 : 1) || !isReadAlone,
      let index = nodes.lastIndex(where: { $0.resultSlot == slot })
    {
      let node = nodes[index]
      guard let source = node.slot(0, "self") ?? node.slot(0, "input") else { return nil }
      if logarithm ? node.isLogSoftmax : node.isSoftmax {
        return isOverClasses(node, classes) ? index : nil
      }
      guard node.keepsNumbers else { return nil }
      slot = source
    }
    return nil
  }

  /// The places of the sigmoids that the output is, moved or joined at most; `nil` where it is something
  /// else, or something else reads one of them.
  func lastSigmoids() -> [Int]? {
    let readers = readerCounts
    func found(behind slot: Int, _ depth: Int) -> [Int]? {
      guard depth < 100, written[slot] == nil,
        readers[slot, default: 0] <= (slot == output ? 0 : 1),
        let index = nodes.lastIndex(where: { $0.resultSlot == slot })
      else { return nil }
      let node = nodes[index]
      if node.isSigmoid { return [index] }
      if node.joins, case .tensors(let parts)? = node.argument(0, "tensors") {
        var all: [Int] = []
        for part in parts {
          guard let part, let own = found(behind: part, depth + 1) else { return nil }
          all += own
        }
        return all
      }
      guard node.keepsNumbers, let source = node.slot(0, "self") ?? node.slot(0, "input") else {
        return nil
      }
      return found(behind: source, depth + 1)
    }
    return found(behind: output, 0)
  }

  /// How many arguments read each slot.
  private var readerCounts: [Int: Int] {
    var readers: [Int: Int] = [:]
    for slot in nodes.flatMap({ $0.arguments.flatMap(\.value.slots) }) {
      readers[slot, default: 0] += 1
    }
    return readers
  }

  /// The same program with what some calls read in place of what they gave.
  func undoing(_ places: [Int]) throws(NetworkError) -> Program {
    var rewriting = Rewriting(of: self)
    for index in places {
      guard var node = rewriting.nodes[index],
        let source = node.slot(0, "self") ?? node.slot(0, "input")
      else { return self }
      do { node.operation = .tensor(try Operator("aten::alias")) } catch {
        throw .node(node.label, error)
      }
      node.arguments = [("self", .slot(source))]
      node.typedAs = nil
      rewriting.nodes[index] = node
    }
    return rewriting.result
  }

  /// Whether a call's axis is that of the classes, and all others but the batch's have one place.
  private func isOverClasses(_ node: Node, _ classes: Int) -> Bool {
    guard let slot = node.resultSlot, let shape = shape(of: slot), !shape.isEmpty,
      let axis = node.argument(1, "dim")?.ints?.first
    else { return false }
    let place = axis < 0 ? axis + shape.count : axis
    guard shape.indices.contains(place), shape[place] == classes else { return false }
    // So it is where each place of a picture has classes of its own.
    if shape.count == 4, place == 1 { return true }
    return shape.indices.allSatisfy { $0 == place || $0 == 0 || shape[$0] == 1 }
  }
}

extension Node {
  fileprivate var isSoftmax: Bool {
    ["aten::softmax", "aten::_softmax", "aten::special_softmax", "aten::_safe_softmax"].contains(
      baseName)
  }

  fileprivate var isLogSoftmax: Bool {
    ["aten::log_softmax", "aten::_log_softmax", "aten::special_log_softmax"].contains(baseName)
  }

  fileprivate var isSigmoid: Bool {
    ["aten::sigmoid", "aten::special_expit"].contains(baseName)
  }

  fileprivate var joins: Bool {
    ["cat", "concat", "concatenate", "stack", "hstack"].contains { baseName == "aten::" + $0 }
  }

  /// Whether the call gives the numbers that it read, in their order.
  fileprivate var keepsNumbers: Bool {
    [
      "alias", "detach", "contiguous", "clone", "view", "_unsafe_view", "reshape", "flatten",
      "squeeze", "unsqueeze", "to", "_to_copy", "lift_fresh_copy",
    ].contains { baseName == "aten::" + $0 }
  }
}
