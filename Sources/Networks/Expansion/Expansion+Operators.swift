internal import Tensors

extension Expansion {
  /// Writes out a node where its operator stands for several; `false` where it is to stay.
  mutating func expand(_ node: Node, _ called: Operator) throws(TensorError) -> Bool {
    switch node.baseName {
    case "aten::scaled_dot_product_attention", "aten::_scaled_dot_product_flash_attention_for_cpu":
      try expandAttention(node)
    case "aten::addcmul": try expandProduct(node, "mul")
    case "aten::addcdiv": try expandProduct(node, "div")
    case "aten::addmm": try expandMatrixProduct(node, ["mat1", "mat2"])
    case "aten::baddbmm": try expandMatrixProduct(node, ["batch1", "batch2"])
    case "aten::glu": try expandGatedUnit(node)
    case "aten::gru", "aten::lstm", "aten::rnn_tanh", "aten::rnn_relu": try expandRecurrence(node)
    default: false
    }
  }

  /// `addcmul`: `a + v · b · c`, and the same with a quotient.
  private mutating func expandProduct(
    _ node: Node, _ operation: String
  ) throws(TensorError) -> Bool {
    guard let result = node.resultSlot, let shape = lengths(result),
      let start = node.slot(0, "self"), let first = node.slot(1, "tensor1"),
      let second = node.slot(2, "tensor2")
    else { return false }
    let type = type(result)
    var product = try call(
      operation, "Tensor", [.slot(first), .slot(second)], lengths: shape, typed: type)
    if let factor = node.argument(3, "value"), factor.number != 1 {
      product = try call("mul", "Scalar", [.slot(product), factor], lengths: shape, typed: type)
    }
    _ = try call(
      "add", "Tensor", [.slot(start), .slot(product)], lengths: shape, typed: type, into: result)
    return true
  }

  /// `addmm` of two matrices that both follow from the input: `β a + α b c`.
  private mutating func expandMatrixProduct(
    _ node: Node, _ names: [String]
  ) throws(TensorError) -> Bool {
    guard let result = node.resultSlot, let shape = lengths(result),
      let start = node.slot(0, "self"), let first = node.slot(1, names[0]),
      let second = node.slot(2, names[1]), flows(first), flows(second)
    else { return false }
    let type = type(result)
    func factor(_ place: Int, _ name: String) -> NodeArgument? {
      node.argument(place, name).flatMap { $0.number == 1 ? nil : $0 }
    }
    var product = try call(
      "matmul", "", [.slot(first), .slot(second)], lengths: shape, typed: type)
    if let alpha = factor(4, "alpha") {
      product = try call("mul", "Scalar", [.slot(product), alpha], lengths: shape, typed: type)
    }
    var addend = start
    if let beta = factor(3, "beta") {
      addend = try call(
        "mul", "Scalar", [.slot(start), beta], lengths: lengths(start) ?? shape, typed: type)
    }
    _ = try call(
      "add", "Tensor", [.slot(addend), .slot(product)], lengths: shape, typed: type, into: result)
    return true
  }

  /// `glu`: the first half of an axis times the sigmoid of the second.
  private mutating func expandGatedUnit(_ node: Node) throws(TensorError) -> Bool {
    guard let result = node.resultSlot, let shape = lengths(result),
      let source = node.slot(0, "self")
    else { return false }
    let given = node.argument(1, "dim")?.ints?.first ?? -1
    let axis = given < 0 ? given + shape.count : given
    guard shape.indices.contains(axis), let half = shape[axis].fixed else { return false }
    let type = type(result)
    func part(_ start: Int, _ expansion: inout Expansion) throws(TensorError) -> Int {
      try expansion.call(
        "slice", "Tensor", [.slot(source), .int(axis), .int(start), .int(start + half)],
        lengths: shape, typed: type)
    }
    let signal = try part(0, &self)
    let opening = try part(half, &self)
    let gate = try call("sigmoid", "", [.slot(opening)], lengths: shape, typed: type)
    _ = try call(
      "mul", "Tensor", [.slot(signal), .slot(gate)], lengths: shape, typed: type, into: result)
    return true
  }
}
