/// Which of a program's values are stacks of maps over the picture: the one place that says so.
///
/// Such a value is `[N, K, h, w]`, channels first, of whole pictures, with more than one place, its
/// height and width in the ratio of the input's to within one place, and not inside an attention.
struct MapFinder {
  let program: Program
  private let layouts: [Int: AxisLayout]
  /// The slots that the picture flows into.
  let ofPicture: Set<Int>
  /// By slot, the rows and columns of the last stack of maps that flows into it.
  let grids: [Int: [Int]]

  init(in program: Program) {
    self.program = program
    layouts = LayoutAnalysis(of: program).layouts
    ofPicture = program.slots(after: program.input)
    grids = Self.grids(of: program, layouts)
  }

  /// Why a value is no such stack; `nil` for one that is.
  func fault(of slot: Int) -> MapFault? {
    let shape = program.shape(of: slot) ?? []
    guard program.isFloating(slot), shape.count == 4, shape[2] != 1 || shape[3] != 1 else {
      return .shape(shape)
    }
    guard ofPicture.contains(slot) else { return .constant }
    switch layouts[slot] {
    case .maps: break
    case .channelsLast: return .channelsLast(shape)
    case .attention: return .attention(shape)
    case .axes: return .turned(shape)
    case nil: return .unknown(shape)
    }
    guard program.isOfWholePictures(slot) else { return .windows(shape) }
    return fits(shape) ? nil : .ratio(shape, input: program.inputShape)
  }

  /// Whether some scale takes the input's height and width to the maps', each to within one place.
  private func fits(_ shape: [Int?]) -> Bool {
    let input = program.inputShape
    guard input.count == 4, let height = input[2], let width = input[3], let rows = shape[2],
      let columns = shape[3]
    else { return true }
    // (h ± 1) / H and (w ± 1) / W have a scale in common.
    return (rows - 1) * width <= (columns + 1) * height
      && (columns - 1) * height <= (rows + 1) * width
  }

  /// Whether most of the network comes behind a value and works on places in another form, as the
  /// blocks of a transformer do behind the convolution that cuts the picture into patches.
  ///
  /// Counted are calls with weights: in front, those that the value follows from; behind, those
  /// that give a row of numbers for each of several places.
  func isLeftForTokens(_ slot: Int) -> Bool {
    let before = program.slots(before: slot)
    let behind = program.slots(after: slot).intersection(program.slots(before: program.output))
    var (inFront, onTokens) = (0, 0)
    for node in program.nodes {
      guard let result = node.results.flatMap(\.slots).first, hasWeights(node) else { continue }
      if before.contains(result) { inFront += 1 }
      if behind.contains(result), result != slot, isRowForEachPlace(result) { onTokens += 1 }
    }
    return onTokens > inFront
  }

  private func hasWeights(_ node: Node) -> Bool {
    let kind = OperatorKind(operatorNamed: node.operation.name)
    guard kind == .linear || kind == .convolution else { return false }
    return node.arguments.flatMap(\.value.slots).contains { !ofPicture.contains($0) }
  }

  private func isRowForEachPlace(_ slot: Int) -> Bool {
    guard let shape = program.shape(of: slot), shape.count > 1, layouts[slot] != .maps else {
      return false
    }
    let isOneRow = shape.dropFirst().dropLast().allSatisfy { $0 == 1 }
    return !(isOneRow && program.isOfWholePictures(slot))
  }
}

extension Program {
  /// The slots of numbers that a value flows into, itself among them.
  fileprivate func slots(after first: Int) -> Set<Int> {
    var found: Set<Int> = [first]
    for node in nodes where node.reads(found) {
      found.formUnion(changed(by: node).filter(isFloating))
    }
    return found
  }

  /// The slots of numbers that a value follows from while gradients are recorded, itself among them.
  fileprivate func slots(before last: Int) -> Set<Int> {
    var found: Set<Int> = [last]
    for node in nodes.reversed() where node.isRecorded && !found.isDisjoint(with: changed(by: node))
    {
      found.formUnion(node.arguments.flatMap(\.value.slots).filter(isFloating))
    }
    return found
  }

  /// The slots whose numbers lead to the output.
  var slotsOnTheWay: Set<Int> { slots(before: output) }

  /// What a node gives, and what shares the memory that it writes to.
  private func changed(by node: Node) -> [Int] {
    let results = node.results.flatMap(\.slots)
    guard let target = node.written, let group = written[target] else { return results }
    return results + written.filter { $0.value == group }.keys
  }
}

extension Node {
  fileprivate func reads(_ slots: Set<Int>) -> Bool {
    arguments.contains { $0.value.slots.contains(where: slots.contains) }
  }
}
