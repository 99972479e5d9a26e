internal import Tensors

/// Finds the attentions of a program that has them written out.
///
/// An attention is a softmax over the last axis whose result weighs, in a product, values that follow from the input.
struct AttentionFinder {
  let network: Network
  private let program: Program
  private let maps: MapFinder
  /// By slot, the node that makes it.
  private let makers: [Int: Int]

  init(in network: Network) {
    self.network = network
    program = network.program
    maps = MapFinder(in: program)
    makers = Dictionary(
      program.nodes.enumerated().flatMap { index, node in
        node.results.flatMap(\.slots).map { ($0, index) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Everything, or why there is nothing.
  func found() throws -> AttentiveNetwork {
    if let node = program.nodes.first(where: \.isFusedAttention) {
      throw AttentionFault.unreadable(at: node.label)
    }
    let calls = program.nodes.indices.compactMap { Call($0, in: self) }
    guard let first = calls.first, let last = calls.last else { throw AttentionFault.none }
    for call in calls { try check(call) }
    let counts = Set(calls.map(\.count)).sorted()
    guard counts.count == 1, let count = counts.first else {
      throw AttentionFault.unlikeTokens(counts)
    }
    let layers = Dictionary(
      program.nodeLayers.map { ($0.slot, $0) }, uniquingKeysWith: { first, _ in first })
    let sources = calls.map { tokens(of: $0) }
    let (features, grid) = try features(among: count, of: first, from: sources[0])
    let attentions = calls.indices.compactMap { i -> Attention? in
      guard let matrix = layers[calls[i].matrix] else { return nil }
      let next = calls[i].product == last.product ? program.nodes.count : calls[i + 1].softmax
      let block = lastSum(in: calls[i].product..<next, of: count)
      return Attention(
        matrix: matrix, tokens: sources[i].flatMap { layers[$0] },
        block: block.flatMap { layers[$0] })
    }
    return AttentiveNetwork(
      network: network, attentions: attentions, features: features, grid: grid, count: count)
  }

  private func check(_ call: Call) throws(AttentionFault) {
    let (shape, label) = (program.shape(of: call.matrix) ?? [], program.nodes[call.softmax].label)
    guard shape[shape.count - 1] == shape[shape.count - 2] else {
      throw .notSquare(at: label, shape)
    }
    let isOfWindows = shape.count == 4 && !program.isOfWholePictures(call.matrix)
    if isOfWindows || maps.holdsSomePlaces(along: -1, of: call.matrix) {
      throw .notOfAllTokens(at: label, shape)
    }
  }

  // MARK: Tokens

  /// Which tokens are features, and their rows and columns.
  private func features(
    among count: Int, of call: Call, from tokens: Int?
  ) throws(AttentionFault) -> (Range<Int>, grid: [Int]) {
    if program.inputShape.count == 3 {
      guard program.inputShape[1] == count else { throw .noPatches(tokens: count) }
      return (0..<count, [])
    }
    guard
      let places = maps.places(along: -1, of: call.matrix)
        ?? tokens.flatMap({ maps.places(along: 1, of: $0) })
    else { throw .noPatches(tokens: count) }
    return (places.entries, places.grid)
  }

  /// Whether a value is a row of numbers for each token of whole inputs.
  private func isOfTokens(_ slot: Int, _ count: Int) -> Bool {
    guard let shape = program.shape(of: slot), shape.count == 3, shape[1] == count else {
      return false
    }
    return program.isOfWholePictures(slot) && maps.ofPicture.contains(slot)
  }

  /// The last sum of rows of tokens that some nodes make.
  private func lastSum(in range: Range<Int>, of count: Int) -> Int? {
    program.nodes[range].last { node in
      OperatorKind(operatorNamed: node.operation.name) == .sum
        && node.resultSlot.map { isOfTokens($0, count) } == true
    }?.resultSlot
  }

  /// The rows of tokens that an attention's queries, keys and values are made of.
  private func tokens(of call: Call) -> Int? {
    let sources = call.operands.map { source(of: $0) }
    guard let first = sources[0], sources.allSatisfy({ $0.map(plain) == plain(first) }) else {
      return nil
    }
    var slot = first
    while !isOfTokens(slot, call.count) {
      guard let before = moved(slot) else { return nil }
      slot = before
    }
    return slot
  }

  /// What the linear layer reads that a value is made by, with whatever normalises or turns it on the way.
  private func source(of slot: Int) -> Int? {
    guard let maker = makers[slot] else { return nil }
    let node = program.nodes[maker]
    let operands = node.arguments.flatMap(\.value.slots).filter(maps.ofPicture.contains)
    if OperatorKind(operatorNamed: node.operation.name) == .linear {
      return operands.count == 1 ? operands[0] : nil
    }
    let sources = operands.map { source(of: $0) }
    guard let first = sources.first.flatMap(\.self),
      sources.allSatisfy({ $0.map(plain) == plain(first) })
    else { return nil }
    return first
  }

  /// A value before all that only moved its numbers, so that two that are the same but for that are one.
  private func plain(_ slot: Int) -> Int { moved(slot).map(plain) ?? slot }

  /// What a value was before a call that only moved its numbers.
  private func moved(_ slot: Int) -> Int? {
    guard let maker = makers[slot],
      OperatorKind(operatorNamed: program.nodes[maker].operation.name) == .rearrangement
    else { return nil }
    return program.nodes[maker].arguments.flatMap(\.value.slots).first
  }

  /// The calls of one attention.
  private struct Call {
    let softmax: Int
    let product: Int
    /// The softmax's result.
    let matrix: Int
    let count: Int
    /// Queries, keys and values.
    let operands: [Int]

    init?(_ index: Int, in finder: AttentionFinder) {
      let node = finder.program.nodes[index]
      guard OperatorKind(operatorNamed: node.operation.name) == .softmax,
        let matrix = node.resultSlot, let shape = finder.program.shape(of: matrix),
        3...4 ~= shape.count, let count = shape[shape.count - 1],
        let axis = node.argument(1, "dim")?.ints?.first, axis == -1 || axis == shape.count - 1,
        let input = node.slot(0, "self") ?? node.slot(0, "input"),
        let weighing = finder.product(weighedBy: matrix, after: index),
        let scores = finder.scores(input)
      else { return nil }
      (softmax, self.matrix, self.count, product) = (index, matrix, count, weighing.node)
      operands = scores + [weighing.values]
    }
  }
}

extension AttentionFinder {
  /// The product of a matrix, or of what is made of it without changing its meaning, with values.
  fileprivate func product(weighedBy matrix: Int, after index: Int) -> (node: Int, values: Int)? {
    var same: Set<Int> = [matrix]
    for (place, node) in zip(program.nodes.indices, program.nodes).dropFirst(index + 1) {
      let read = node.arguments.flatMap(\.value.slots)
      guard let first = read.first, same.contains(first), let result = node.resultSlot else {
        continue
      }
      switch OperatorKind(operatorNamed: node.operation.name) {
      case .linear where read.count == 2 && maps.ofPicture.contains(read[1]):
        return (place, read[1])
      case .rearrangement: same.insert(result)
      default: if Self.passing.contains(node.baseName) { same.insert(result) }
      }
    }
    return nil
  }

  /// Queries and keys, behind scaling and masks.
  fileprivate func scores(_ slot: Int) -> [Int]? {
    guard let maker = makers[slot] else { return nil }
    let node = program.nodes[maker]
    let operands = node.arguments.flatMap(\.value.slots).filter(maps.ofPicture.contains)
    if OperatorKind(operatorNamed: node.operation.name) == .linear {
      return operands.count == 2 ? operands : nil
    }
    return operands.count == 1 ? scores(operands[0]) : nil
  }

  private static let passing: Set<String> = [
    "aten::dropout", "aten::to", "aten::_to_copy", "aten::type_as", "aten::clone",
    "aten::contiguous", "aten::alias", "aten::nan_to_num", "aten::detach",
  ]
}
