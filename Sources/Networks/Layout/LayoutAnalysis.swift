/// What the axes of a program's values stand for, as far as its operators say.
///
/// A convolution or a pooling in two dimensions takes and gives `[N, K, h, w]`, and so does a mean over the last
/// two axes of four; from there views, permutations, products and sums carry what the axes mean: through tokens, heads and
/// windows and back. What is known of a result holds for what it was made of, too, so the analysis goes forward and
/// back until nothing more is found. A value that no operator tells about stays unknown, for a square of numbers may be
/// heads and tokens as well as rows and columns.
///
/// - Complexity: a few passes over the nodes; nothing is computed.
struct LayoutAnalysis {
  private let program: Program
  private(set) var layouts: [Int: AxisLayout] = [:]
  /// For each node what it does to axes.
  let rules: [LayoutRule]
  /// The slots that the input flows into.
  let flowing: Set<Int>

  init(of program: Program) {
    self.program = program
    let flowing = program.slots(after: program.input)
    self.flowing = flowing
    rules = program.nodes.map { node in
      let slots = node.arguments.flatMap(\.value.slots)
      let first = slots.first(where: flowing.contains) ?? slots.first
      return LayoutRule(
        node, shape: first.flatMap(program.shape) ?? [], flowing: flowing)
    }
    let shape = program.inputShape
    if shape.count == 4 { layouts[program.input] = .maps(shape) }
    for _ in 0..<Self.walks {
      let before = layouts.count
      for (node, rule) in zip(program.nodes, rules) { forward(node, rule) }
      for (node, rule) in zip(program.nodes, rules).reversed() { backward(node, rule) }
      if layouts.count == before { break }
    }
  }

  /// Enough for whatever is learnt at the end to reach what was made of the same values before.
  private static let walks = 4

  /// By slot, the one value that it has the numbers of, moved or in part.
  var moved: [Int: Int] {
    var moved: [Int: Int] = [:]
    for (node, rule) in zip(program.nodes, rules) where rule.moves(node) && node.written == nil {
      let operands = operands(node)
      guard operands.count == 1, let result = node.results.flatMap(\.slots).first else { continue }
      moved[result] = operands[0]
    }
    return moved
  }

  private func shape(_ slot: Int) -> [Int?] { program.shape(of: slot) ?? [] }

  /// The tensors that a node reads and that follow from the input.
  private func operands(_ node: Node) -> [Int] {
    node.arguments.flatMap(\.value.slots).filter { flowing.contains($0) && shape($0).count > 1 }
  }

  private mutating func learn(_ slot: Int?, _ layout: AxisLayout?) {
    guard let slot, let layout, layouts[slot] == nil, program.isFloating(slot),
      shape(slot).count == layout.axes.count
    else { return }
    layouts[slot] = layout
  }

  private mutating func forward(_ node: Node, _ rule: LayoutRule) {
    let operands = operands(node)
    guard let operand = operands.first else { return }
    let results = node.results.flatMap(\.slots)
    guard let result = results.first else { return }
    let own = layouts[operand]
    let step = LayoutStep(from: shape(operand), to: shape(result))
    switch rule {
    case .maps:
      learn(
        result, shape(result).count == 4 ? .maps(shape(result), batch: own?.axes[0]) : nil
      )
    case .product, .attention:
      guard let last = operands.last.flatMap({ layouts[$0] })?.axes.last else { return }
      learn(result, own.flatMap { $0.replacing($0.axes.count - 1, with: last) })
    case .joining(let axis): learn(result, joined(operands, node, along: axis, into: result))
    case .parts(let axis):
      var start = 0
      for slot in results {
        guard let own, let place = own.place(axis), let length = shape(slot)[place] else { return }
        let step = LayoutStep(from: shape(operand), to: shape(slot))
        learn(slot, step.part(of: own, axis, start: start, end: start + length, step: 1))
        start += length
      }
    case .inPlace:
      for slot in results {
        let known = operands.filter { shape($0) == shape(slot) }.compactMap { layouts[$0] }
        learn(slot, known.first)
      }
    default: for slot in results { learn(slot, own.flatMap { step.layout(of: $0, by: rule) }) }
    }
  }

  /// Channels beside channels, or tokens of no place beside places.
  private func joined(
    _ operands: [Int], _ node: Node, along axis: Int, into result: Int
  ) -> AxisLayout? {
    guard let known = operands.first(where: { layouts[$0] != nil }), let layout = layouts[known],
      let place = layout.place(axis)
    else { return nil }
    if layout.axes[place].isOfChannels {
      return layout.replacing(place, with: .channels(shape(result)[place]))
    }
    guard layout.axes[place].isOfPlaces else { return nil }
    // Of two sides with places, nothing says how they lie.
    let all = node.arguments.flatMap(\.value.slots).filter { !shape($0).isEmpty }
    guard let index = all.firstIndex(of: known),
      operands.allSatisfy({ $0 == known || layouts[$0]?.axes[place].isOfPlaces != true })
    else { return nil }
    func length(_ slots: ArraySlice<Int>) -> Int? {
      slots.reduce(0) { sum, slot in
        guard let sum, shape(slot).indices.contains(place), let length = shape(slot)[place] else {
          return nil
        }
        return sum + length
      }
    }
    guard let before = length(all[..<index]), let after = length(all[(index + 1)...]) else {
      return nil
    }
    let others = layout.axes[place].others
    return layout.replacing(
      place,
      with: .factors(
        layout.axes[place].factors, before: others.before + before, after: others.after + after))
  }

  private mutating func backward(_ node: Node, _ rule: LayoutRule) {
    let operands = operands(node)
    guard let operand = operands.first else { return }
    let result = node.results.flatMap(\.slots).first
    let own = result.flatMap { layouts[$0] }
    let from = shape(operand)
    switch rule {
    case .maps: if from.count == 4 { learn(operand, .maps(from, batch: own?.axes[0])) }
    case .permutation(let order):
      let inverse = order.indices.map { order.firstIndex(of: $0) ?? $0 }
      learn(operand, own?.permuted(inverse))
    case .view:
      learn(
        operand,
        own.flatMap { layout in result.flatMap { layout.viewed(from: shape($0), as: from) } })
    case .linear:
      guard let own, own.axes.last?.isOfChannels == true else { return }
      learn(operand, own.replacing(own.axes.count - 1, with: .channels(from.last.flatMap(\.self))))
    case .reduction(let axes) where from.count == 4:
      switch Set(axes.map { $0 < 0 ? $0 + 4 : $0 }) {
      case [2, 3]: learn(operand, .maps(from))
      case [1, 2]:
        learn(
          operand, AxisLayout.maps([from[0], from[3], from[1], from[2]]).permuted([0, 2, 3, 1]))
      default: break
      }
    case .joining(let axis):
      guard let own, let place = own.place(axis), own.axes[place].isOfChannels else { return }
      for slot in operands where shape(slot).count == own.axes.count {
        learn(slot, own.replacing(place, with: .channels(shape(slot)[place])))
      }
    case .inPlace:
      for slot in operands where result.map(shape) == shape(slot) { learn(slot, own) }
    default: break
    }
  }
}
