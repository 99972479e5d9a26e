internal import Tensors

extension AttentiveNetwork {
  /// The network that answers from the tokens of an earlier block, whose attention can be differentiated.
  ///
  /// The head, which is all that comes behind the last block, reads the mean of the block's tokens in the place of each of
  /// the last block's.
  ///
  /// - Parameter place: Which attention's block.
  /// - Returns: The network, and the attention's matrix in it.
  /// - Throws: ``AttentionFault/noCommonHead`` where the answer follows from more than the last block's tokens.
  package func answering(fromBlock place: Int) throws -> (network: Network, matrix: Layer) {
    let program = network.program
    guard let last = attentions.last?.block?.slot, let own = attentions[place].block?.slot else {
      throw AttentionFault.noCommonHead
    }
    let end = program.nodes.firstIndex { $0.resultSlot == last } ?? 0
    var slots = program.slots
    slots += [slots[own], slots[own]]
    let (mean, spread) = (slots.count - 2, slots.count - 1)
    if case .tensor(let type, let lengths) = slots[own] {
      slots[mean] = .tensor(type, [lengths[0], .fixed(1), lengths[2]])
    }
    let model = program.nodes[end]
    func call(_ name: String, _ arguments: [NodeArgument], _ result: Int) throws -> Node {
      let parts = name.split(separator: ".").map(String.init)
      return Node(
        name: "early.\(parts[0])",
        operation: .tensor(
          try Operator("aten::" + parts[0], overload: parts.count > 1 ? parts[1] : "")),
        arguments: arguments.map { ("", $0) }, results: [.slot(result)], modules: model.modules,
        isRecorded: true)
    }
    let pooling = [
      try call(
        "mean.dim", [.slot(own), .constant(.ints([1])), .constant(.bool(true))], mean),
      try call("expand_as", [.slot(mean), .slot(own)], spread),
    ]
    let tail = program.nodes[(end + 1)...].map { node in
      var node = node
      for i in node.arguments.indices {
        node.arguments[i].value = node.arguments[i].value.redirected([last: spread])
      }
      return node
    }
    let early = program.replacing(nodes: program.nodes[...end] + pooling + tail, slots: slots)
      .droppingDeadCode(keepingGradients: true)
    // What is left of the blocks behind this one would be read around the mean.
    let later = attentions[(place + 1)...].map(\.matrix.slot)
    let made = Set(early.nodes.flatMap { $0.results.flatMap(\.slots) })
    guard made.isDisjoint(with: later),
      let matrix = early.nodeLayers.first(where: { $0.slot == attentions[place].matrix.slot })
    else { throw AttentionFault.noCommonHead }
    return (Network(network, program: early), matrix)
  }
}
