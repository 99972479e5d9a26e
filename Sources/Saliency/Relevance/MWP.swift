internal import Networks
internal import Tensors
internal import Terms

/// Marginal winning probability (excitation backpropagation): how likely a neuron of a layer wins
/// when a prior on the classes is passed down by excitatory weights.
///
///     P(in) = x ⊙ W₊ᵀ (P(out) ⊘ (W₊ x))        (3, 4)
///
/// Equations 3 and 4 of [Zhang et al. 2018], summed over the layer's channels. Sums, means and
/// pooling share by contribution; activations pass all, and so do layer, group, instance and RMS
/// normalisation, number by number. Attention is a mean of values whose weights are positive: values
/// compete, and what made the weights takes nothing, as at other gates.
///
/// Contrastive, the top linear layer passes down the difference to what its negated weights would:
/// the MWP of “not this class” (their section 3.3).
///
/// Departs from the paper:
/// - The prior is `∂s/∂y` at the logits: one class alone for its logit, softmax-weighted for a set,
///   signed for scores with a foil. The method is linear in its prior, so the map of P against Q is
///   that of P less that of Q.
/// - Activations must not be negative for it to be a probability. Those of linear bottlenecks and
///   residual branches are: they do not compete (``Negatives/drop``).
/// - Batch normalisation is folded into the layers before it; the paper's and TorchRay's pass it by
///   and read weights whose signs and sizes it changes.
///
/// - Shapes: at a layer `[1, K, h, w]` the map is `[h, w]`, enlarged bilinearly (corners not
///   aligned); at the input an attribution `[C, H, W]`.
/// - Range: sums to what the prior does, 1 for a class and 0 for a contrast, less what arrives
///   where nothing excites. Contrastive maps of a layer lose their negative values when enlarged.
/// - Randomness: none.
/// - Throws: ``SettingError/noWeightsBehind(_:)`` for the contrastive form at a layer that no weights
///   come behind.
/// - Complexity: one forward pass, and one walk down to the layer with a row for each score, or for
///   each class that the scores lie on where those are fewer.
///
/// [Zhang et al. 2018]: https://doi.org/10.1007/s11263-017-1059-x
public struct MWP: Explainer, Hashable {
  /// What becomes of negative activations.
  public enum Negatives: String, Sendable, CaseIterable {
    /// They do not compete: x⁺ stands for x.
    case drop
    /// They count as they are, as in TorchRay, and shares may leave 0…1 and grow without bound.
    case keep
  }

  /// What the top linear layer or convolution passes down.
  public enum Top: Sendable {
    /// What won at it, by its positive weights: MWP.
    case winners
    /// Its winners less those of its negated weights: c-MWP.
    case contrast
  }

  /// What the top layer passes down.
  public var top: Top
  /// What becomes of negative activations.
  public var negatives: Negatives

  /// Chooses the settings.
  public init(top: Top = .winners, negatives: Negatives = .drop) {
    self.top = top
    self.negatives = negatives
  }

  /// One map a score; see the type. Groups at several layers share the forward pass, and the walk down
  /// to the earliest of them.
  public func maps(for request: MapRequest) throws -> Explanation {
    let layers = try request.spatialLayers()
    let program = request.network.program
    // Beside each other, as on two branches, no walk comes through both.
    let isOneWalk = layers.allSatisfy { layer in
      layers.allSatisfy {
        program.flows(from: layer, into: $0) || program.flows(from: $0, into: layer)
      }
    }
    if !isOneWalk { return try mapsApart(for: request, at: layers) }
    var counts: [Int] = []
    let asking = request.asking { prediction in
      let groups = try request.groups(prediction)
      counts = groups.map(\.count)
      return groups
    }
    let found = try RelevanceWalk(to: layers).found(
      for: asking, by: table
    ) { _, _, gradients in gradients }
    let maps = try layers.enumerated().map { place, layer in
      try found.maps(
        at: layer, place: place, for: request, rectification: top == .contrast ? .relu : .none)
    }
    if layers.count == 1 { counts = [found.scores.count] }
    var first = 0
    return Explanation(
      prediction: found.prediction, scores: found.scores,
      maps: counts.enumerated().flatMap { place, count in
        defer { first += count }
        return maps[place][first..<first + count]
      })
  }

  /// The groups of scores, each by a walk of its own.
  private func mapsApart(for request: MapRequest, at layers: [Layer]) throws -> Explanation {
    let first = try request.network.prediction(for: request.input.tensor)
    let groups = try request.groups(first)
    let found = try zip(layers, groups).enumerated().map { place, own in
      try maps(
        for: request.changing(
          layers: [own.0],
          progress: {
            try request.progress(
              .init(
                completed: place * $0.total + $0.completed, total: layers.count * $0.total,
                note: $0.note))
          }
        ).asking { _ in [own.1] })
    }
    return Explanation(
      prediction: first, scores: found.flatMap(\.scores), maps: found.flatMap(\.maps))
  }

  private func table(_ trace: Trace, _ layers: [Layer]) throws -> RuleTable {
    let linear = LinearRule.excitation(negatives)
    let last = trace.calls.last(where: \.hasConstantWeights)
    // Without weights behind a layer there is nothing to negate.
    if top == .contrast,
      let bare = layers.first(where: { layer in last.map { !layer.precedes($0) } ?? true })
    {
      throw SettingError.noWeightsBehind(bare.name)
    }
    let contrast = DifferenceRule(
      of: linear, less: LinearRule.excitation(negatives, isInhibitory: true))
    let shared = ContributionRule(
      input: negatives == .drop ? LinearRule.positive : LinearRule.unchanged,
      stabiliser: negatives == .drop ? .leastOfPositive : .least)
    return .relevance(
      of: trace,
      RelevanceChoices(
        special: top == .contrast
          ? [.calls(where: { $0.index == last?.index }, rule: contrast)] : [],
        linear: [.calls(where: \.hasConstantWeights, rule: linear)],
        sums: [
          // A constant addend is a bias: it does not compete, and the one input wins all. So does what
          // another value is taken away from, for that weighs −1.
          .calls(where: { $0.addsConstant }, rule: PassRule()),
          .calls(where: { $0.inputs.count == 2 && $0.kind == .difference }, rule: MinuendRule()),
          .kinds(.sum, .averaging, rule: shared),
        ], products: shared, normalization: PassRule(), affine: PassRule()))
  }
}

/// What is taken away from takes all.
private struct MinuendRule: BackwardRule {
  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    try PassRule(receiver: call.operation.hasPrefix("aten::rsub") ? 1 : 0)
      .incoming(outgoing, through: call)
  }
}

extension NodeCall {
  /// Whether it is a convolution or a linear layer of one value.
  fileprivate var hasConstantWeights: Bool {
    inputs.count == 1 && (kind == .linear || kind == .convolution)
  }

  /// Whether it adds a constant to its one input, or takes one away from it.
  fileprivate var addsConstant: Bool {
    inputs.count == 1
      && (operation.hasPrefix("aten::add.")
        || operation.hasPrefix("aten::sub.") && constant(0, "self") == nil)
  }
}
