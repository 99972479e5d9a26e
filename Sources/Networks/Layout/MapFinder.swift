/// Which of a program's values are stacks of maps over the picture: the one place that says so.
///
/// Such a value holds rows of channels for more than one place of whole pictures, its height and width in the ratio of
/// the input's to within one place. It follows from the picture, is not inside an attention, and the output is made of
/// its places.
struct MapFinder {
  let program: Program
  private let facts: MapFacts

  init(in program: Program) {
    self.program = program
    facts = program.mapFacts.value { MapFacts(of: program) }
  }

  /// The slots that the picture flows into.
  var ofPicture: Set<Int> { facts.ofPicture }
  /// The slots between the weights before an attention and those behind it.
  var insideAttention: Set<Int> { facts.insideAttention }
  private var layouts: [Int: AxisLayout] { facts.layouts }
  private var reading: PlaceReading { facts.reading }

  /// How a value becomes stacks of maps; `nil` where nothing says so.
  func arrangement(of slot: Int) -> MapArrangement? {
    guard let layout = layouts[slot], let shape = program.shape(of: slot) else { return nil }
    return MapArrangement(layout, shape: shape)
  }

  /// The entries of an axis that are all places of the picture, row by row, and how many rows and columns there are;
  /// `nil` where they are something else, lie in another order, or nothing says so.
  func places(along axis: Int, of slot: Int) -> (entries: Range<Int>, grid: [Int])? {
    guard let layout = layouts[slot], let place = layout.place(axis) else { return nil }
    let factors = layout.axes[place].factors
    // Of one row or one column there is no factor.
    let meanings: [[AxisFactor.Meaning]] = [[.rows, .columns], [.rows], [.columns]]
    guard meanings.contains(factors.map(\.meaning)),
      factors.allSatisfy({ $0.shift == 0 && $0.isOutermost })
    else { return nil }
    let grid = [AxisFactor.Meaning.rows, .columns].map { meaning in
      factors.first { $0.meaning == meaning }?.length ?? 1
    }
    guard fault(ofGrid: grid) == nil else { return nil }
    let start = layout.axes[place].others.before
    return (start..<start + grid.reduce(1, *), grid)
  }

  /// Whether an axis counts places of the picture, but not all, as within windows.
  func holdsSomePlaces(along axis: Int, of slot: Int) -> Bool {
    guard let layout = layouts[slot], let place = layout.place(axis),
      layout.axes[place].isOfPlaces
    else { return false }
    let factors = layout.axes[place].factors
    return layout.axes[0].factors.contains(where: \.meaning.isPlace)
      || [AxisFactor.Meaning.rows, .columns].contains { meaning in
        let own = factors.filter { $0.meaning == meaning }
        return !own.isEmpty && !own.contains(where: \.isOutermost)
      }
  }

  /// Why a value is no stack of maps, in whatever order of axes; `nil` for one that is.
  func fault(of slot: Int) -> MapFault? {
    let shape = program.shape(of: slot) ?? []
    guard program.isFloating(slot), shape.count > 2 else { return .shape(shape) }
    guard ofPicture.contains(slot) else { return .constant }
    if insideAttention.contains(slot) { return .attention(shape) }
    guard let layout = layouts[slot] else { return .unknown(shape) }
    guard program.isOfWholePictures(slot) else { return .windows(shape) }
    guard let arrangement = MapArrangement(layout, shape: shape) else {
      return layout.axes.contains { $0.factors.contains(where: \.meaning.isPlace) }
        ? .unknown(shape) : .shape(shape)
    }
    if arrangement.grid == [1, 1] { return .shape(shape) }
    if let fault = fault(ofGrid: arrangement.grid) { return fault }
    switch reading[slot] {
    case .none: return .aside
    case .others: return .unread(shape)
    case .places: return nil
    }
  }

  /// The fault of rows and columns to which no scale takes the input's height and width, each to within one place.
  private func fault(ofGrid grid: [Int?]) -> MapFault? {
    let input = program.inputShape
    guard input.count == 4, let height = input[2], let width = input[3], let rows = grid[0],
      let columns = grid[1]
    else { return nil }
    // (h ± 1) / H and (w ± 1) / W have a scale in common.
    let isInRatio =
      (rows - 1) * width <= (columns + 1) * height && (columns - 1) * height <= (rows + 1) * width
    return isInRatio ? nil : .ratio(grid, input: input)
  }

  /// The values that a value has the numbers of, the last first: before views, permutations and the like.
  func sources(of slot: Int) -> [Int] {
    Array(sequence(first: slot) { facts.moved[$0] }.prefix(100))
  }

  /// Whether weights or an attention lie between a value and the output, and not only what moves, pools or rectifies
  /// numbers, as behind the maps of the classes themselves.
  func isReadByWeights(_ slot: Int) -> Bool { reading.weighted.contains(slot) }

  /// Whether most of the network comes behind a value and works on tokens whose places nothing tells, as where they are
  /// put in another order behind the convolution that cuts the picture into patches.
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
    guard let shape = program.shape(of: slot), shape.count > 1,
      arrangement(of: slot) == nil, !insideAttention.contains(slot)
    else { return false }
    let isOneRow = shape.dropFirst().dropLast().allSatisfy { $0 == 1 }
    return !(isOneRow && program.isOfWholePictures(slot))
  }
}

extension Program {
  /// The slots of numbers that a value flows into, itself among them.
  func slots(after first: Int) -> Set<Int> {
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

  /// What a node gives, and what shares the memory that it writes to.
  func changed(by node: Node) -> [Int] {
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
