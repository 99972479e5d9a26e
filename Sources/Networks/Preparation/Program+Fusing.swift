internal import Tensors

extension Program {
  /// The same function with oneDNN's fused convolutions, for the processor.
  ///
  /// A convolution takes over the addition and the activation that alone read it, and its weights
  /// are stored as oneDNN wants them for this batch. The operators are those that PyTorch's own
  /// compiler calls.
  ///
  /// - Parameters:
  ///   - profile: Shapes and types, of two pictures where the batch's length is free.
  ///   - batch: Pictures a pass; another batch gives the same, but slower.
  /// - Throws: ``NetworkError/node(_:_:)`` where libtorch was built without oneDNN.
  func fusingConvolutions(_ profile: RunProfile, batch: Int) throws(NetworkError) -> Program {
    do {
      var fusing = try Fusing(of: self, profile: profile, batch: batch)
      for index in nodes.indices.reversed() { try fusing.fuse(index) }
      return fusing.rewriting.result
    } catch {
      throw .node("fused convolution", error)
    }
  }
}

/// The state of one fusing; nodes are taken from the last to the first.
private struct Fusing {
  var rewriting: Rewriting
  private let profile: RunProfile
  private let batch: Int
  private let readers: [Int: [Int]]
  private let reorder: Operator
  private let pointwise: Operator
  private let binary: Operator

  init(of program: Program, profile: RunProfile, batch: Int) throws(TensorError) {
    rewriting = Rewriting(of: program)
    self.profile = profile
    self.batch = batch
    readers = rewriting.readers
    reorder = try Operator("mkldnn::_reorder_convolution_weight")
    pointwise = try Operator("mkldnn::_convolution_pointwise")
    binary = try Operator("mkldnn::_convolution_pointwise", overload: "binary")
  }

  mutating func fuse(_ index: Int) throws(TensorError) {
    guard let node = rewriting.nodes[index],
      let call = ConvolutionCall(node, weights: rewriting.tensors), isFree(call.input),
      profile.shapes[call.input]?.count == 4, let type = profile.types[call.input],
      type == .float32 || type == .bfloat16, call.weight.elementType == type,
      profile.types[call.result] == type
    else { return }
    var tail = Tail(index: index, slot: call.result)
    if let (reader, other) = addition(to: call.result) {
      tail = Tail(index: reader, slot: rewriting.nodes[reader]?.resultSlot ?? 0, other: other)
    }
    if let reader = onlyReader(of: tail.slot), let activation = activation(reader, after: tail) {
      tail.activation = activation
      let result = rewriting.nodes[reader]?.resultSlot
      rewriting.nodes[tail.index] = nil
      tail.index = reader
      tail.slot = result ?? 0
    }
    rewriting.nodes[index] = nil
    rewriting.nodes[tail.index] = try fused(node, call, tail)
  }

  /// What a convolution takes over.
  private struct Tail {
    /// The last node, whose place the fused one takes, and its result.
    var index: Int
    var slot: Int
    /// What is added.
    var other: Int?
    var activation: FusedActivation?
  }

  /// An addition that alone reads a slot, and what it adds: a value of the same shape.
  private func addition(to slot: Int) -> (reader: Int, other: Int)? {
    guard let reader = onlyReader(of: slot), let node = rewriting.nodes[reader],
      node.operation.name == "aten::add.Tensor", node.argument(2, "alpha") == nil,
      let a = node.slot(0, "self"), let b = node.slot(1, "other"), a != b
    else { return nil }
    let other = a == slot ? b : a
    guard isFree(other), profile.shapes[other] == profile.shapes[slot],
      profile.types[other] == profile.types[slot], let sum = node.resultSlot, isFree(sum)
    else { return nil }
    return (reader, other)
  }

  private func activation(_ reader: Int, after tail: Tail) -> FusedActivation? {
    guard let node = rewriting.nodes[reader], let result = node.resultSlot, isFree(result),
      (node.slot(0, "self") ?? node.slot(0, "input")) == tail.slot,
      let activation = FusedActivation(node), tail.other == nil || activation.name == "relu"
    else { return nil }
    return activation
  }

  /// The node that alone reads a slot.
  private func onlyReader(of slot: Int) -> Int? {
    guard slot != rewriting.program.output, isFree(slot), let all = readers[slot], all.count == 1
    else { return nil }
    return all[0]
  }

  private func isFree(_ slot: Int) -> Bool { rewriting.program.written[slot] == nil }

  private mutating func fused(
    _ node: Node, _ call: ConvolutionCall, _ tail: Tail
  ) throws(TensorError) -> Node {
    var shape = profile.shapes[call.input] ?? []
    shape[0] = shape[0] * batch / profile.pictures
    let packed = try reorder.tensor([
      .tensor(call.weight), .ints(call.padding), .ints(call.stride), .ints(call.dilation),
      .int(call.groups), .ints(shape),
    ])
    let weight = rewriting.add(packed, named: "\(node.name).weight (packed)")
    let convolution: [NodeArgument] = [
      .slot(weight), call.bias.map(NodeArgument.slot) ?? .constant(.none),
      .constant(.ints(call.padding)), .constant(.ints(call.stride)),
      .constant(.ints(call.dilation)), .constant(.int(call.groups)),
    ]
    let arguments: [NodeArgument]
    if let other = tail.other {
      let attribute = tail.activation.map { Value.string($0.name) } ?? .none
      arguments =
        [.slot(call.input), .slot(other)] + convolution + [
          .constant(.string("add")), .constant(.double(1)), .constant(attribute),
          .constant(.doubles([])), .constant(.none),
        ]
    } else {
      arguments =
        [.slot(call.input)] + convolution + [
          .constant(.string(tail.activation?.name ?? "none")),
          .constant(.doubles(tail.activation?.scalars ?? [])),
          .constant(.string(tail.activation?.algorithm ?? "")),
        ]
    }
    return Node(
      name: node.name, operation: .tensor(tail.other == nil ? pointwise : binary),
      arguments: arguments.map { ("", $0) }, results: [.slot(tail.slot)], modules: node.modules,
      isRecorded: false)
  }
}
