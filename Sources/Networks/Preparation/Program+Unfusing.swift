internal import Tensors

extension Program {
  /// The same function with plain convolutions, additions and activations in place of oneDNN's fused
  /// ones, whose packed weights only this machine reads.
  ///
  /// - Throws: ``NetworkError/node(_:_:)`` where libtorch does not unpack a weight.
  func unfusingConvolutions() throws(NetworkError) -> Program {
    guard nodes.contains(where: { $0.baseName.hasPrefix(Self.fusedPrefix) }) else { return self }
    var rewriting = Rewriting(of: self)
    var plain: [Node?] = []
    for node in nodes {
      guard node.baseName.hasPrefix(Self.fusedPrefix) else {
        plain.append(node)
        continue
      }
      do {
        plain += try Self.plain(node, &rewriting)
      } catch { throw .node(node.label, error) }
    }
    rewriting.nodes = plain
    return rewriting.result
  }

  private static let fusedPrefix = "mkldnn::_convolution_pointwise"

  private static func plain(
    _ node: Node, _ rewriting: inout Rewriting
  ) throws(TensorError) -> [Node] {
    // In place, the sum comes first.
    let isBinary = node.operation.name.hasSuffix(".binary")
    let isInPlace = node.operation.name.hasPrefix(fusedPrefix + "_")
    let values = node.arguments.map(\.value)
    let (input, other) = (values[isInPlace ? 1 : 0], isBinary ? values[isInPlace ? 0 : 1] : nil)
    let own = Array(values[(isBinary ? 2 : 1)...])
    guard case .slot(let packed) = own[0], let weight = rewriting.tensors[packed],
      let result = node.resultSlot
    else { throw .unexpectedResult(operation: node.operation.name) }
    let tensor = try Operator("aten::to_dense").tensor([.tensor(weight)]).cloned()
    let name = node.name + ".weight"
    var calls = [
      Node(
        name: node.name, operation: .tensor(try Operator("aten::conv2d")),
        arguments: [
          ("input", input), ("weight", .slot(rewriting.add(tensor, named: name))),
          ("bias", own[1]), ("stride", own[3]), ("padding", own[2]), ("dilation", own[4]),
          ("groups", own[5]),
        ], results: [], modules: node.modules, isRecorded: true)
    ]
    if let other {
      calls.append(
        try call("add", "Tensor", behind: node, [("self", .constant(.none)), ("other", other)]))
    }
    let place = isBinary ? 8 : 6
    if case .constant(.string(let attribute)) = own[place], attribute != "none" {
      calls.append(
        try activation(
          attribute, behind: node, own[isBinary ? 9 : 7], own[isBinary ? 10 : 8]))
    }
    for index in calls.indices {
      let slot = index == calls.count - 1 ? result : rewriting.newSlot(like: result)
      if index > 0, let source = calls[index - 1].resultSlot {
        calls[index].arguments[0].value = .slot(source)
      }
      calls[index].results = [.slot(slot)]
    }
    return calls
  }

  /// The operator that oneDNN's word stands for; see ``FusedActivation``.
  private static func activation(
    _ word: String, behind node: Node, _ scalars: NodeArgument, _ algorithm: NodeArgument
  ) throws(TensorError) -> Node {
    let name = word == "swish" ? "silu" : word
    var arguments: [(String, NodeArgument)] = [("self", .constant(.none))]
    if case .constant(.doubles(let numbers)) = scalars {
      let names = ["hardtanh": ["min_val", "max_val"], "leaky_relu": ["negative_slope"]]
      for (name, number) in zip(names[word] ?? [], numbers) {
        arguments.append((name, .constant(.double(number))))
      }
    }
    if word == "gelu" { arguments.append(("approximate", algorithm)) }
    return try call(name, "", behind: node, arguments)
  }

  private static func call(
    _ name: String, _ overload: String, behind node: Node, _ arguments: [(String, NodeArgument)]
  ) throws(TensorError) -> Node {
    Node(
      name: "\(node.name)_\(name)",
      operation: .tensor(try Operator("aten::" + name, overload: overload)), arguments: arguments,
      results: [], modules: node.modules, isRecorded: true)
  }
}
