internal import Tensors

extension Program {
  /// The same function with element-wise operators that write over what nothing else reads.
  ///
  /// A run of the result must not be recorded, forked or looked into. A value is written over only
  /// where a call of a known operator made it in memory of its own, every call that read it gave
  /// memory of its own as well, and none reads it later.
  ///
  /// - Parameter profile: Shapes and types, of two pictures where the batch's length is free.
  func workingInPlace(_ profile: RunProfile) -> Program {
    var rewriting = Rewriting(of: self)
    let readers = rewriting.readers
    var owned: Set<Int> = []
    var packed: Set<Int> = []
    for (index, node) in nodes.enumerated() {
      guard let result = node.resultSlot, written[result] == nil else { continue }
      if Self.ownsResult(node) { owned.insert(result) }
      if node.baseName == Self.fused { packed.insert(result) }
      // Where the fused convolution adds, the sum must lie in memory as oneDNN lays it.
      guard let (twin, target) = Self.inPlace(node), target != output,
        (node.baseName == Self.fused ? packed : owned).contains(target),
        written[target] == nil, profile.shapes[target] == profile.shapes[result],
        profile.types[target] == profile.types[result],
        Self.isLast(index, target, readers, nodes)
      else { continue }
      rewriting.nodes[index]?.operation = .tensor(twin)
      if node.baseName == Self.fused { rewriting.nodes[index]?.arguments.swapAt(0, 1) }
    }
    return rewriting.result
  }

  /// Whether a call is the last of a slot's readers, and reads it once, and none before kept a view.
  private static func isLast(
    _ index: Int, _ slot: Int, _ readers: [Int: [Int]], _ nodes: [Node]
  ) -> Bool {
    let all = readers[slot, default: []]
    return all.allSatisfy { $0 <= index && ownsResult(nodes[$0]) }
      && all.filter { $0 == index }.count == 1
  }

  /// A call's twin that writes to an argument, and that argument.
  private static func inPlace(_ node: Node) -> (twin: Operator, target: Int)? {
    guard case .tensor(let found) = node.operation, found.writtenArgument == nil else { return nil }
    if found.name == fused + ".binary" {
      guard let other = node.slot(1, "other"),
        let twin = try? Operator(fused + "_", overload: "binary")
      else { return nil }
      return (twin, other)
    }
    let parts = found.name.split(separator: ".")
    guard elementwise.contains(node.baseName), let target = node.slot(0, "self"),
      let twin = try? Operator(parts[0] + "_", overload: parts.count > 1 ? String(parts[1]) : "")
    else { return nil }
    return (twin, target)
  }

  private static func ownsResult(_ node: Node) -> Bool {
    elementwise.contains(node.baseName) || makers.contains(node.baseName)
  }

  private static let elementwise: Set<String> = Set(
    [
      "relu", "hardtanh", "relu6", "silu", "hardswish", "hardsigmoid", "sigmoid", "tanh",
      "leaky_relu", "elu", "gelu", "clamp", "clamp_min", "mish", "add", "sub", "mul",
    ].map { "aten::" + $0 })

  private static let makers: Set<String> =
    Set(
      [
        "conv2d", "convolution", "linear", "addmm", "mm", "bmm", "max_pool2d", "avg_pool2d",
        "adaptive_avg_pool2d", "mean", "batch_norm", "layer_norm", "softmax", "cat",
        "constant_pad_nd", "pad",
      ].map { "aten::" + $0 }
    )
    .union([fused])

  private static let fused = "mkldnn::_convolution_pointwise"
}
