/// What the axes of a program's values of rank 4 stand for, as far as its operators say.
///
/// A convolution or a pooling in two dimensions takes and gives `[N, K, h, w]`, and so does a mean
/// over the last two axes; what leaves numbers in their places leaves the axes, and a permutation
/// permutes them. What is known of a result holds for what it was made of, too, so the analysis goes
/// forward and back until nothing more is found. A value that no operator tells about stays unknown,
/// for a square of numbers may be heads and tokens as well as rows and columns.
///
/// - Complexity: a few passes over the nodes; nothing is computed.
struct LayoutAnalysis {
  private let program: Program
  private(set) var layouts: [Int: AxisLayout] = [:]

  init(of program: Program) {
    self.program = program
    if program.inputShape.count == 4 { layouts[program.input] = .maps }
    let rules = program.nodes.map(LayoutRule.init)
    for _ in 0..<Self.walks {
      let before = layouts.count
      for (node, rule) in zip(program.nodes, rules) { forward(node, rule) }
      for (node, rule) in zip(program.nodes, rules).reversed() { backward(node, rule) }
      if layouts.count == before { break }
    }
  }

  /// Enough for whatever is learnt at the end to reach what was made of the same values before.
  private static let walks = 4

  private func rank(_ slot: Int) -> Int { program.shape(of: slot)?.count ?? 0 }

  /// The tensors of rank 4 that a node reads.
  private func operands(_ node: Node) -> [Int] {
    node.arguments.flatMap(\.value.slots).filter { rank($0) == 4 }
  }

  private mutating func learn(_ slot: Int?, _ layout: AxisLayout?) {
    guard let slot, let layout, rank(slot) == 4, layouts[slot] == nil else { return }
    layouts[slot] = layout
  }

  private mutating func forward(_ node: Node, _ rule: LayoutRule) {
    let operands = operands(node)
    let results = node.results.flatMap(\.slots).filter { rank($0) == 4 }
    guard let result = results.first else { return }
    let first = operands.first.flatMap { layouts[$0] }
    switch rule {
    case .maps: learn(result, first == .attention ? .attention : .maps)
    case .permutation(let order): learn(result, first?.permuted(order))
    case .lastAxis:
      // Of two values that follow from the input, it is the product inside an attention.
      if operands.count > 1 { return learn(result, .attention) }
      if first?.meaning(of: -1) == .channels { learn(result, first) }
    case .joining(let axis):
      let known = operands.compactMap { layouts[$0] }.first { $0 != .attention }
      if known?.meaning(of: axis) == .channels { learn(result, known) }
    // It keeps its axes, or would not have four.
    case .reduction: learn(result, first)
    case .mixing(let axis):
      if let axis, first?.meaning(of: axis) == .channels || axis == 1 {
        learn(result, first)
      } else {
        learn(result, .attention)
      }
    case .unknown: break
    case .inPlace:
      let known = operands.compactMap { layouts[$0] }
      let best = known.first { $0 != .attention } ?? known.first
      for slot in results { learn(slot, best) }
    }
  }

  private mutating func backward(_ node: Node, _ rule: LayoutRule) {
    guard let operand = operands(node).first else { return }
    let result = node.results.flatMap(\.slots).first.flatMap { layouts[$0] }
    switch rule {
    case .maps: learn(operand, .maps)
    case .permutation(let order):
      let inverse = order.indices.map { order.firstIndex(of: $0) ?? $0 }
      learn(operand, result?.permuted(inverse))
    case .lastAxis: if result?.meaning(of: -1) == .channels { learn(operand, result) }
    case .reduction(let axes):
      switch Set(axes.map { $0 < 0 ? $0 + 4 : $0 }) {
      case [2, 3]: learn(operand, .maps)
      case [1, 2]: learn(operand, .channelsLast)
      default: break
      }
    case .joining, .inPlace:
      guard let result, result != .attention else { return }
      for slot in operands(node) { learn(slot, result) }
    case .mixing: for slot in operands(node) { learn(slot, .attention) }
    case .unknown: break
    }
  }
}
