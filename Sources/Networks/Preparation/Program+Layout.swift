internal import Tensors

extension Program {
  /// The same function with values laid out channels last, in which a pixel's channels are
  /// neighbours in memory.
  func channelsLast() throws(NetworkError) -> Program {
    do {
      var rewriting = Rewriting(of: self)
      for (index, node) in nodes.enumerated() {
        if let call = ConvolutionCall(node, weights: rewriting.tensors) {
          let last = try call.weight.channelsLast()
          let slot = rewriting.add(last, named: "\(node.name).weight (channels last)")
          rewriting.nodes[index]?.set(1, "weight", .slot(slot))
        } else if ["aten::view", "aten::_unsafe_view"].contains(node.baseName),
          node.operation.name.split(separator: ".").count == 1,
          let source = node.slot(0, "self"), written[source] == nil
        {
          // Memory in another order cannot always be seen under another shape.
          let shape = node.argument(1, "size") ?? .constant(.none)
          rewriting.nodes[index]?.operation = .tensor(try Operator("aten::reshape"))
          rewriting.nodes[index]?.arguments = [("self", .slot(source)), ("shape", shape)]
        }
      }
      guard inputShape.count == 4, written[input] == nil else { return rewriting.result }
      return try rewriting.result.startingWith(
        "aten::contiguous", arguments: [("memory_format", .int(MemoryFormat.channelsLast))])
    } catch {
      throw .node("channels last", error)
    }
  }

  /// The same function in 16-bit numbers with the exponents of 32-bit ones.
  func inBfloat16() throws(NetworkError) -> Program {
    do {
      let kind = ElementType.bfloat16
      let halved = replacing(
        weights: try weights.map { weight throws(TensorError) in
          guard weight.tensor.elementType == .float32 else { return weight }
          return Weight(
            slot: weight.slot, name: weight.name, kind: weight.kind,
            tensor: try weight.tensor.converted(to: kind))
        })
      guard inputType == .float32 else { return halved }
      return try halved.startingWith(
        "aten::to", "dtype", arguments: [("dtype", .int(Int(kind.rawValue)))])
    } catch { throw .node("bfloat16", error) }
  }

  /// The program whose input first goes through an operator.
  private func startingWith(
    _ name: String, _ overload: String = "", arguments: [(String, Value)]
  ) throws(TensorError) -> Program {
    var rewriting = Rewriting(of: self)
    let slot = rewriting.newSlot(like: input)
    for index in nodes.indices {
      for i in nodes[index].arguments.indices {
        rewriting.nodes[index]?.arguments[i].value = nodes[index].arguments[i].value
          .redirected([input: slot])
      }
    }
    let first = Node(
      name: "prepared input", operation: .tensor(try Operator(name, overload: overload)),
      arguments: [("self", .slot(input))] + arguments.map { ($0.0, .constant($0.1)) },
      results: [.slot(slot)], modules: [], isRecorded: true)
    rewriting.nodes.insert(first, at: 0)
    return rewriting.result
  }
}

/// Orders of elements in memory, by libtorch's numbers (`c10::MemoryFormat`).
enum MemoryFormat {
  static let contiguous = 0
  static let channelsLast = 2
}

extension Tensor {
  fileprivate func channelsLast() throws(TensorError) -> Tensor {
    // Of one channel, both orders are one, and `contiguous` would leave the strides that say which.
    try Operator("aten::clone")([
      ("self", .tensor(self)), ("memory_format", .int(MemoryFormat.channelsLast)),
    ]).first?.tensor ?? self
  }
}
