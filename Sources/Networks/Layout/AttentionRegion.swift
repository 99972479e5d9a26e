/// The values inside a program's attentions: what lies between the weights that make queries, keys and values, and those
/// behind the sum of the values. Their places look at each other there, and are no maps of a layer.
struct AttentionRegion {
  private(set) var slots: Set<Int> = []

  /// - Complexity: two passes over the nodes.
  init(of program: Program, _ analysis: LayoutAnalysis) {
    let steps = Array(zip(program.nodes, analysis.rules))
    func operands(_ node: Node) -> [Int] {
      node.arguments.flatMap(\.value.slots).filter(analysis.flowing.contains)
    }
    // Forward, from the products to the next weights.
    for (node, rule) in steps {
      let operands = operands(node)
      let isBehind = Self.passes(node, rule) && operands.count == 1 && slots.contains(operands[0])
      if rule.isOfAttention && operands.count > 1 || isBehind {
        slots.formUnion(node.results.flatMap(\.slots))
      }
    }
    // Back, from the products to the weights before: what nothing else reads.
    var readers: [Int: Int] = [:]
    for (node, _) in steps { for slot in operands(node) { readers[slot, default: 0] += 1 } }
    var inside: [Int: Int] = [:]
    for (node, rule) in steps.reversed() {
      let operands = operands(node)
      let results = node.results.flatMap(\.slots)
      let isOfAttention = rule.isOfAttention && operands.count > 1
      let isBefore =
        Self.passes(node, rule) && !results.isEmpty && results.allSatisfy { slots.contains($0) }
      guard isOfAttention || isBefore else { continue }
      for slot in operands {
        inside[slot, default: 0] += 1
        if inside[slot] == readers[slot] { slots.insert(slot) }
      }
    }
  }

  /// Whether an operator only moves or normalises numbers.
  private static func passes(_ node: Node, _ rule: LayoutRule) -> Bool {
    switch rule {
    case .linear, .maps, .patches, .convolution1d, .product, .attention, .mixing, .reduction,
      .joining:
      false
    case .unknown: !["gru", "lstm", "rnn_tanh", "rnn_relu"].contains(node.plainName)
    default: true
    }
  }
}
