internal import Networks
internal import Tensors

/// Relevance of a product of two values that follow from the input: of numbers, of matrices as in an
/// attention, or of a convolution with a kernel that the network computes.
///
///     R(a) = f a ⊙ ∂zᵀ_a (R(out) ⊘ ẑ),   R(b) = (1 − f) b ⊙ ∂zᵀ_b (R(out) ⊘ ẑ),   z = a · b
///
/// - A gate takes nothing, and the signal all (``Sharing/signal``). A gate says how much passes, not what: it
///   ends in a sigmoid or a softmax, or in another bounded activation where the other factor does not
///   (squeeze-and-excitation, `x·sigmoid(x)`, attention). [Arras et al. 2017]; for attention [Ali et al. 2022].
/// - Factors of one rank, and all of them by ``Sharing/evenly``, take half each ([Achtibat et al. 2024]).
/// - What scales by a reciprocal or a root, as a normalisation that is written out does, is held constant.
///
/// Either way what arrives is conserved.
///
/// [Arras et al. 2017]: https://doi.org/10.18653/v1/W17-5221
/// [Ali et al. 2022]: https://arxiv.org/abs/2202.07304
/// [Achtibat et al. 2024]: https://arxiv.org/abs/2402.05602
struct ProductRule: BackwardRule {
  /// Who takes what arrives.
  enum Sharing: Sendable {
    /// The signal all of it, a gate nothing.
    case signal
    /// Each factor half.
    case evenly
  }

  /// What an input contributes to a product of matrices.
  private let contribution: ContributionRule
  /// For a call's place in the program, how much of what arrives its first factor takes.
  private let shares: [Int: Float]

  init(in trace: Trace, sharing: Sharing, contribution: ContributionRule) {
    self.contribution = contribution
    let products = trace.calls.filter(\.isOfTwoValues)
    shares = Dictionary(
      products.map { call in
        let ranks = trace.origins(of: call).map { Self.rank($0, in: trace.lineage) }
        let isEven = ranks[0] == ranks[1] || sharing == .evenly && ranks.max() != .scale
        return (call.index, isEven ? 0.5 : ranks[0] < ranks[1] ? 1 : 0)
      }, uniquingKeysWith: { first, _ in first })
  }

  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    guard let relevance = outgoing.first ?? nil else { return call.inputs.map { _ in nil } }
    guard call.inputs.count == 2, let first = shares[call.index] else {
      return try PassRule().incoming(outgoing, through: call)
    }
    let shares = [first, 1 - first]
    if call.kind == .product {
      return try zip(call.inputs, shares).map { input, share in
        share == 0 ? nil : try (share == 1 ? relevance : relevance * share).summed(to: input.shape)
      }
    }
    return try zip(contribution.incoming(outgoing, through: call), shares).map { received, share in
      share == 0 ? nil : try received.map { share == 1 ? $0 : try $0 * share }
    }
  }

  /// How much of a gate a factor is.
  private enum Rank: Comparable {
    case signal
    /// What a bounded activation other than a sigmoid gave.
    case bounded
    /// What a sigmoid or a softmax gave.
    case gate
    /// A reciprocal, or a root.
    case scale
  }

  /// The rank of what made a factor; moving and scaling change nothing.
  private static func rank(_ origin: Lineage.Origin?, in lineage: Lineage) -> Rank {
    guard let origin else { return .signal }
    switch origin.operation.split(separator: ".").first {
    case "aten::rsqrt", "aten::reciprocal", "aten::sqrt": return .scale
    case "aten::sigmoid", "aten::hardsigmoid", "aten::special_expit": return .gate
    case "aten::hardtanh", "aten::relu6", "aten::clamp", "aten::tanh": return .bounded
    default: break
    }
    let sources = lineage.sources(of: origin)
    switch origin.kind {
    case .softmax: return origin.operation.contains("log_softmax") ? .signal : .gate
    // `1 − g` is a gate where g is one.
    case .rearrangement, .product, .quotient, .selection, .difference:
      return sources.count == 1 ? rank(sources[0], in: lineage) : .signal
    default: return .signal
    }
  }
}

extension NodeCall {
  /// Whether it multiplies two values that follow from the input.
  var isOfTwoValues: Bool {
    inputs.count == 2 && (kind == .product || kind == .linear || kind == .convolution)
  }
}
