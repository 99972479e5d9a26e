internal import Networks
internal import Tensors

/// Relevance of a product: the signal takes all, and a gate nothing.
///
/// A gate says how much passes, not what: it ends in a bounded activation, a sigmoid before
/// anything else (squeeze-and-excitation, `x·sigmoid(x)`, gated units). Of two factors of one rank
/// each takes half. Either way what arrives is conserved ([Arras et al. 2017] for the first case).
///
/// [Arras et al. 2017]: https://doi.org/10.18653/v1/W17-5221
struct ProductRule: BackwardRule {
  /// For a call's place in the program, how much of a gate each of its factors is.
  private let ranks: [Int: [Int]]

  init(in trace: Trace) {
    let products = trace.calls.filter { $0.kind == .product && $0.inputs.count == 2 }
    ranks = Dictionary(
      products.map { ($0.index, trace.origins(of: $0).map { Self.rank($0, in: trace.lineage) }) },
      uniquingKeysWith: { first, _ in first })
  }

  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    guard call.inputs.count == 2, let ranks = ranks[call.index], ranks[0] == ranks[1] else {
      let ranks = ranks[call.index] ?? [0]
      return try PassRule(receiver: ranks.count == 2 && ranks[0] > ranks[1] ? 1 : 0)
        .incoming(outgoing, through: call)
    }
    guard let relevance = outgoing.first ?? nil else { return [nil, nil] }
    return try call.inputs.map { try (relevance * 0.5).summed(to: $0.shape) }
  }

  /// 2 for what a sigmoid gave, 1 for what another bounded activation gave, 0 for a signal; moving
  /// and scaling change nothing.
  private static func rank(_ origin: Lineage.Origin?, in lineage: Lineage) -> Int {
    guard let origin else { return 0 }
    switch origin.operation.split(separator: ".").first {
    case "aten::sigmoid", "aten::hardsigmoid": return 2
    case "aten::hardtanh", "aten::relu6", "aten::clamp", "aten::tanh": return 1
    default: break
    }
    let sources = lineage.sources(of: origin)
    switch origin.kind {
    case .rearrangement, .product, .quotient:
      return sources.count == 1 ? rank(sources[0], in: lineage) : 0
    default: return 0
    }
  }
}
