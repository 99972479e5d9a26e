/// What the output is made of, of the values that lead to it: their places, or only entries that belong to none, such
/// as a class token behind the last attention.
struct PlaceReading {
  /// What is read of a value.
  enum Extent: Int, Comparable {
    /// Nothing leads from it to the output.
    case none
    /// Entries that belong to no place.
    case others
    /// Its places, whatever else is read.
    case places

    static func < (left: Extent, right: Extent) -> Bool { left.rawValue < right.rawValue }
  }

  private let extents: [Int: Extent]
  /// The slots that weights or an attention read on the way to the output.
  let weighted: Set<Int>

  subscript(_ slot: Int) -> Extent { extents[slot] ?? .none }

  /// - Complexity: one pass over the nodes, from the output on.
  init(of program: Program, _ analysis: LayoutAnalysis) {
    var extents: [Int: Extent] = [program.output: .places]
    var weighted: Set<Int> = []
    for (node, rule) in zip(program.nodes, analysis.rules).reversed() where node.isRecorded {
      let results = program.changed(by: node)
      let read = results.map { extents[$0] ?? .none }.max() ?? .none
      if read == .none { continue }
      let hasWeights = rule.isOfAttention || Self.weighs(node)
      let isBehindWeights = hasWeights || results.contains(where: weighted.contains)
      for slot in Set(node.arguments.flatMap(\.value.slots)) where program.isFloating(slot) {
        let read = (read, results.filter { (extents[$0] ?? .none) > .none })
        let extent = Self.extent(of: slot, node, rule, read: read, program, analysis)
        extents[slot] = max(extents[slot] ?? .none, extent)
        if isBehindWeights { weighted.insert(slot) }
      }
    }
    self.extents = extents
    self.weighted = weighted
  }

  private static func weighs(_ node: Node) -> Bool {
    let kind = OperatorKind(operatorNamed: node.operation.name)
    return kind == .linear || kind == .convolution || kind == .softmax
      || ["gru", "lstm", "rnn_tanh", "rnn_relu"].contains(node.plainName)
  }

  /// What a node reads of one operand where so much of its results is read, of those that are read.
  private static func extent(
    of slot: Int, _ node: Node, _ rule: LayoutRule, read: (extent: Extent, results: [Int]),
    _ program: Program,
    _ analysis: LayoutAnalysis
  ) -> Extent {
    guard let layout = analysis.layouts[slot], let shape = program.shape(of: slot),
      let axis = layout.axes.firstIndex(where: { $0.others != (0, 0) || $0.isOfPlaces })
    else { return .places }
    let (before, after) = layout.axes[axis].others
    func areOthers(_ start: Int, _ end: Int) -> Bool {
      guard let length = shape[axis] else { return false }
      return end <= before || start >= length - after
    }
    func place(_ entry: Int) -> Int { entry < 0 ? entry + (shape[axis] ?? 0) : entry }
    switch rule {
    case .selection(let own, let entry?) where layout.place(own) == axis:
      return areOthers(place(entry), place(entry) + 1) ? .others : .places
    case .part(let own, let start, let end, _) where layout.place(own) == axis:
      return areOthers(place(start), end.map(place) ?? shape[axis] ?? 0) ? .others : .places
    case .parts(let own) where layout.place(own) == axis:
      return .places
    case .joining(let own) where layout.place(own) == axis:
      // Of tokens beside a class token that alone is read, nothing is.
      return read.extent == .others && before + after == 0 ? .none : read.extent
    case .product, .attention, .mixing, .maps, .patches, .convolution1d, .unknown: return .places
    default:
      // Where a result has the same tokens beside its places, they stay what they were.
      let isKept = read.results.allSatisfy {
        analysis.layouts[$0]?.axes.contains { $0.others == (before, after) } == true
      }
      return isKept ? read.extent : .places
    }
  }
}
