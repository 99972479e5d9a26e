public import Networks
public import Tensors
public import Terms

/// Marginal winning probability (excitation backpropagation): how likely a neuron of a layer wins
/// when a prior on the classes is passed down by excitatory weights.
///
///     P(in) = x ⊙ W₊ᵀ (P(out) ⊘ (W₊ x))        (3, 4)
///
/// Equations 3 and 4 of [Zhang et al. 2018], summed over the layer's channels. Sums, means and
/// pooling share by contribution; activations pass all.
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
public struct MWP: Explainer {
  /// What becomes of negative activations.
  public enum Negatives: String, Sendable, CaseIterable {
    /// They do not compete: x⁺ stands for x.
    case drop
    /// They count as they are, as in TorchRay, and shares may leave 0…1 and grow without bound.
    case keep
  }

  /// What the top linear layer or convolution passes down.
  public enum Top: Sendable {
    /// Its winners.
    case winners
    /// Its winners less those of its negated weights: c-MWP.
    case contrast
  }

  /// The layer whose neurons compete, or the input.
  public let layer: Layer
  /// What the top layer passes down.
  public let top: Top
  /// What becomes of negative activations.
  public let negatives: Negatives

  /// Explains at a layer.
  ///
  /// - Throws: ``NetworkError/notSpatial(_:_:)`` when its output is no stack of maps over the picture.
  public init(
    at layer: Layer, top: Top = .winners, negatives: Negatives = .drop
  ) throws(NetworkError) {
    try layer.checkMaps()
    self.layer = layer
    self.top = top
    self.negatives = negatives
  }

  /// One map a score; see the type.
  public func maps(
    of scores: (Prediction) throws -> [Score], in network: Network, at input: Tensor,
    within resources: Resources, progress: ProgressHandler
  ) throws -> Explanation {
    let found = try found(
      of: scores, at: [layer], in: network, input, within: resources, progress: progress)
    return Explanation(
      prediction: found.prediction, scores: found.scores,
      maps: try maps(found, 0, in: network, input))
  }

  /// Two layers share the forward pass, and the walk down to the earlier of them.
  public func maps(
    of scores: (Prediction) throws -> ScoreLots, beside other: any Explainer, in network: Network,
    at input: Tensor, within resources: Resources, progress: ProgressHandler
  ) throws -> (own: Explanation, other: Explanation) {
    // Beside each other, as on two branches, no walk comes through both.
    guard let other = other as? MWP, other.top == top, other.negatives == negatives,
      network.program.flows(from: layer, into: other.layer)
        || network.program.flows(from: other.layer, into: layer)
    else {
      return try mapsApart(
        of: scores, beside: other, in: network, at: input, within: resources, progress: progress)
    }
    var count = 0
    let found = try found(
      of: { prediction in
        let lots = try scores(prediction)
        count = lots.own.count
        return lots.own + lots.other
      }, at: [layer, other.layer], in: network, input, within: resources, progress: progress)
    return (
      Explanation(
        prediction: found.prediction, scores: Array(found.scores.prefix(count)),
        maps: Array(try maps(found, 0, in: network, input).prefix(count))),
      Explanation(
        prediction: found.prediction, scores: Array(found.scores.dropFirst(count)),
        maps: Array(try other.maps(found, 1, in: network, input).dropFirst(count)))
    )
  }

  private func found(
    of scores: (Prediction) throws -> [Score], at layers: [Layer], in network: Network,
    _ input: Tensor, within resources: Resources, progress: ProgressHandler
  ) throws -> RelevanceWalk.Found {
    try RelevanceWalk(network: network, layers: layers).found(
      of: scores, at: input, within: resources, progress: progress,
      by: { try table($0, at: layers) }
    ) { _, _, gradients in gradients }
  }

  private func maps(
    _ found: RelevanceWalk.Found, _ place: Int, in network: Network, _ input: Tensor
  ) throws -> [SaliencyMap] {
    try found.maps(
      at: layer, place: place, of: network.program, like: input,
      rectification: top == .contrast ? .relu : .none)
  }

  private func table(_ trace: Trace, at layers: [Layer]) throws -> RuleTable {
    let linear = LinearRule.excitation(negatives)
    let last = trace.calls.last { $0.kind == .linear || $0.kind == .convolution }
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
      special: top == .contrast ? [.calls(where: { $0.index == last?.index }, rule: contrast)] : [],
      linear: [.kinds(.convolution, .linear, rule: linear)],
      sums: [
        // A constant addend is a bias: it does not compete, and the one input wins all.
        .calls(where: { $0.addsConstant }, rule: PassRule()),
        .kinds(.sum, .averaging, rule: shared),
      ])
  }
}

extension NodeCall {
  /// Whether it adds a constant to its one input, or takes one away from it.
  fileprivate var addsConstant: Bool {
    inputs.count == 1
      && (operation.hasPrefix("aten::add.")
        || operation.hasPrefix("aten::sub.") && constant(0, "self") == nil)
  }
}
