internal import Tensors

extension Program {
  /// The same function without nodes that change nothing or that nothing reads; of several outputs
  /// the one that is explained stays.
  ///
  /// - Parameter keepingGradients: Whether what stops gradients counts as a change: `detach`, and
  ///   whatever is called without recording.
  func droppingDeadCode(keepingGradients: Bool = false) -> Program {
    var rewriting = Rewriting(of: self)
    var redirects: [Int: Int] = [:]
    for (index, node) in nodes.enumerated() {
      var node = node
      for i in node.arguments.indices {
        node.arguments[i].value = node.arguments[i].value.redirected(redirects)
      }
      rewriting.nodes[index] = node
      let isChange =
        keepingGradients && (node.baseName == "aten::detach" || !node.isRecorded)
      if !isChange, let (result, source) = node.passedOn, result != output, written[result] == nil,
        written[source] == nil
      {
        redirects[result] = source
        rewriting.nodes[index] = nil
      }
    }
    var read: Set<Int> = [output]
    for index in nodes.indices.reversed() {
      guard let node = rewriting.nodes[index] else { continue }
      let isRead = node.results.flatMap(\.slots).contains(where: read.contains)
      if isRead || node.written != nil {
        read.formUnion(node.arguments.flatMap(\.value.slots))
      } else {
        rewriting.nodes[index] = nil
      }
    }
    return rewriting.result.replacing(outputs: outputs.filter { $0.slot == output })
  }

  /// The same function with zero padding left to the convolutions that read it, where it is the same
  /// on both sides; what other operators read stays.
  func mergingPads() -> Program {
    var rewriting = Rewriting(of: self)
    let readers = rewriting.readers
    for node in nodes {
      guard let (margin, source) = node.zeroMargin, let result = node.resultSlot, result != output,
        written[result] == nil, written[source] == nil
      else { continue }
      for reader in readers[result, default: []] {
        guard var convolution = rewriting.nodes[reader], convolution.baseName == "aten::conv2d",
          convolution.operation.name == "aten::conv2d", convolution.slot(0, "input") == result,
          let padding = convolution.pair(4, "padding", default: 0)
        else { continue }
        convolution.set(
          4, "padding", .constant(.ints([padding[0] + margin[0], padding[1] + margin[1]])))
        convolution.set(0, "input", .slot(source))
        rewriting.nodes[reader] = convolution
      }
    }
    return rewriting.result.droppingDeadCode()
  }
}

extension Node {
  /// The result and the argument that it is, for a call that changes nothing.
  fileprivate var passedOn: (result: Int, source: Int)? {
    guard let result = resultSlot, let source = slot(0, "self") ?? slot(0, "input") else {
      return nil
    }
    switch baseName {
    case "aten::alias", "aten::detach", "aten::lift_fresh_copy": return (result, source)
    case "aten::dropout", "aten::feature_dropout":
      if case .constant(.bool(false))? = argument(2, "train") { return (result, source) }
      return nil
    default: return nil
    }
  }

  /// The rows and columns that a call adds on every side, all zero, and what it adds them to.
  fileprivate var zeroMargin: (margin: [Int], source: Int)? {
    guard ["aten::pad", "aten::constant_pad_nd"].contains(baseName),
      let source = slot(0, "self"), let pad = argument(1, "pad")?.ints, pad.count == 4,
      pad[0] == pad[1], pad[2] == pad[3], pad[0] >= 0, pad[2] >= 0
    else { return nil }
    if baseName == "aten::pad" {
      if let mode = argument(2, "mode"), case .constant(.string(let name)) = mode,
        name != "constant"
      {
        return nil
      }
      if let value = argument(3, "value"), !value.isNone, value.number != 0 { return nil }
    } else if let value = argument(2, "value"), value.number != 0 {
      return nil
    }
    return ([pad[2], pad[0]], source)
  }

  /// Two whole numbers, given as two, as one, or left out; `nil` where they are not constant.
  func pair(_ position: Int, _ name: String, default fallback: Int) -> [Int]? {
    guard let value = argument(position, name) else { return [fallback, fallback] }
    guard let ints = value.ints else { return nil }
    return switch ints.count {
    case 2: ints
    case 1: [ints[0], ints[0]]
    default: nil
    }
  }
}
