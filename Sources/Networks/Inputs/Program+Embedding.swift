internal import Tensors

extension Program {
  /// The program in two: what makes rows of numbers of its tokens' numbers, and all that comes behind.
  ///
  /// Tokens' numbers have no gradient and nothing between them; what an embedding makes of them has. So
  /// methods explain what comes behind it, whose input is `[N, n, C]`. Where that asks how many tokens there
  /// are, it asks its new input.
  ///
  /// - Throws: ``UnsuitedNetwork/noEmbedding(_:node:)``.
  func cutBehindEmbedding() throws(UnsuitedNetwork) -> (embedding: Program, rest: Program) {
    let numbered = slotsOfNumbers
    guard
      let place = nodes.firstIndex(where: { node in
        node.baseName == "aten::embedding" && node.slot(1, "indices").map(numbered.contains) == true
      }),
      let slot = nodes[place].resultSlot, written[slot] == nil
    else { throw .noEmbedding(inputShape, node: nil) }
    let front = ancestors(of: place)
    let embedding = replacing(
      nodes: front.sorted().map { nodes[$0] }, output: slot,
      outputs: [
        Port(name: "embedding", shape: shape(of: slot) ?? [], type: slots[slot].type, slot: slot)
      ]
    ).withReadWeights
    var rest: [Node] = []
    for (index, node) in nodes.enumerated() where !front.contains(index) {
      guard node.arguments.contains(where: { !numbered.isDisjoint(with: $0.value.slots) }) else {
        rest.append(node)
        continue
      }
      // Rows and their number are the same before and behind the embedding.
      guard node.baseName == "aten::sym_size", let axis = node.argument(1, "dim")?.ints?.first,
        0..<2 ~= axis, let source = node.slot(0, "self"), shape(of: source)?.count == 2
      else { throw .noEmbedding(inputShape, node: node.label) }
      var asking = node
      for i in asking.arguments.indices {
        asking.arguments[i].value = asking.arguments[i].value.redirected([source: slot])
      }
      rest.append(asking)
    }
    let name = inputs.first { $0.slot == input }?.name ?? "input"
    let port = Port(name: name, shape: shape(of: slot) ?? [], type: slots[slot].type, slot: slot)
    return (
      embedding,
      Program(
        inputs: inputs.map { $0.slot == input ? port : $0 }, outputs: outputs, nodes: rest,
        slots: slots, weights: weights, input: slot, output: output, written: written,
        freeLengths: freeLengths
      ).withReadWeights
    )
  }

  /// The slots that hold numbers of tokens: the input, and what only moves it.
  private var slotsOfNumbers: Set<Int> {
    var found: Set<Int> = [input]
    for node in nodes where node.baseName != "aten::sym_size" && node.baseName != "aten::embedding"
    {
      if let slot = node.resultSlot, slots[slot].type?.isFloating == false,
        node.arguments.contains(where: { !found.isDisjoint(with: $0.value.slots) })
      {
        found.insert(slot)
      }
    }
    return found
  }

  /// A node with all whose results it follows from.
  private func ancestors(of last: Int) -> Set<Int> {
    var read = Set(nodes[last].arguments.flatMap(\.value.slots))
    var found: Set<Int> = [last]
    for index in nodes.indices.prefix(last).reversed()
    where nodes[index].results.flatMap(\.slots).contains(where: read.contains) {
      found.insert(index)
      read.formUnion(nodes[index].arguments.flatMap(\.value.slots))
    }
    return found
  }

  /// The same program with the weights that it reads.
  private var withReadWeights: Program {
    let read = Set(nodes.flatMap { $0.arguments.flatMap(\.value.slots) }).union(returned)
    return replacing(weights: weights.filter { read.contains($0.slot) || written[$0.slot] != nil })
  }
}
