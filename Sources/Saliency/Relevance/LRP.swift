internal import Networks
internal import Tensors
internal import Terms

/// Layer-wise relevance propagation: what a score starts with is distributed, layer by layer, over
/// what contributed to it ([Bach et al. 2015]).
///
///     R_i = Σ_j z_ij / Σ_k z_kj · R_j,   z_ij = x_i w_ij
///
/// The ``Rule`` says which contributions count, the ``Start`` what the outputs start with. Residual
/// sums and means share by contribution, activations pass all, max pooling passes to the winner,
/// a product to its signal and not to its gate. Layer, group, instance and RMS normalisation share by
/// contribution too, with the deviation held constant. Stabilisers are zennit's: `z + ε sign z`,
/// `sign 0 = 1`.
///
/// Departs from the paper in that batch normalisation is folded into the layers beside it, and in
/// that any ``Score`` can be explained.
///
/// - Shapes: at the input an attribution `[C, H, W]`; at a layer `[1, K, h, w]` the sum over
///   channels `[h, w]`, enlarged bilinearly (corners not aligned).
/// - Range: signed, in units of the start. Relevance is conserved up to what biases and
///   stabilisers absorb; the map's measurement says what arrived in all.
/// - Randomness: none.
/// - Complexity: one forward pass; a walk in which each convolution runs forward and backward one
///   to four times, with a row for each score, or for each class that the scores lie on where those
///   are fewer.
///
/// [Bach et al. 2015]: https://doi.org/10.1371/journal.pone.0130140
public struct LRP: Explainer {
  /// Which contributions count.
  public enum Rule: String, Sendable, CaseIterable {
    /// All, as they are.
    case epsilon
    /// Those of the result's sign 1 + γ times.
    case gamma
    /// Positive ones alone.
    case zPlus = "z-plus"
    /// Positive ones α times, negative ones −β times, β = α − 1.
    case alphaBeta = "alpha-beta"
    /// ε in linear layers, γ in convolutions, z^B in the first one; evenly there, where it does not
    /// read the picture's own numbers, as behind a normalisation inside the network.
    case composite
    /// ε in linear layers, z⁺ in convolutions, evenly in the first one.
    case compositePlus = "composite-plus"
    /// ε in linear layers, αβ in convolutions, evenly in the first one.
    case compositeAlphaBeta = "composite-alpha-beta"
    /// AttnLRP, for transformers: γ in linear layers and convolutions, or ε where γ is 0, and half to each
    /// factor of a product, so that relevance flows through attention's weights to queries and keys
    /// ([Achtibat et al. 2024]).
    ///
    /// All other rules hold attention's weights constant, as other gates: with ε that is CP-LRP
    /// ([Ali et al. 2022]).
    ///
    /// [Achtibat et al. 2024]: https://arxiv.org/abs/2402.05602
    /// [Ali et al. 2022]: https://arxiv.org/abs/2202.07304
    case attention = "attn-lrp"
  }

  /// What the outputs start with; `g = ∂s/∂y` is the score's gradient at the logits y.
  public enum Start: Sendable {
    /// `y ⊙ g`; a class's logit for that class.
    case score
    /// CLRP: the fact's relevance less its dual's, and of that the positive part, element by
    /// element ([Gu et al. 2018]).
    ///
    ///     R = max(0, R_fact − R_dual)
    ///
    /// The fact starts with `y ⊙ g⁺`. The dual starts with as much, spread over the score's foil in
    /// proportion to `g⁻`, or evenly over all other classes where there is none.
    ///
    /// [Gu et al. 2018]: https://doi.org/10.1007/978-3-030-20893-6_8
    case contrastive
    /// SGLRP: the gradient of a class's probability, `p_t (1 − p_t)` at the class and `−p_t p_i` at
    /// the others ([Iwana et al. 2019]).
    ///
    /// A score other than a logit starts with its own gradient g.
    ///
    /// [Iwana et al. 2019]: https://doi.org/10.1109/ICCVW.2019.00513
    case softmaxGradient
  }

  /// Which contributions count.
  public var rule: Rule
  /// What the outputs start with.
  public var start: Start
  /// The stabiliser of ε rules.
  public var epsilon: Float
  /// How much more contributions of the result's sign count.
  public var gamma: Float
  /// How much positive contributions count; negative ones count α − 1.
  public var alpha: Float

  /// Chooses the settings.
  public init(
    _ rule: Rule = .composite, start: Start = .score, epsilon: Float = 1e-6, gamma: Float = 0.25,
    alpha: Float = 2
  ) {
    self.rule = rule
    self.start = start
    self.epsilon = epsilon
    self.gamma = gamma
    self.alpha = alpha
  }

  /// One map a score, at the input or at the request's layer; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    let network = request.network
    if case .contrastive = start, network.card.task == .regression {
      throw SettingError.needsClasses("clrp")
    }
    let layer = request.layers.isEmpty ? network.program.inputLayer : try request.layer()
    let rules = RelevanceRules(of: self, in: network, at: layer)
    var found = try RelevanceWalk(to: [layer]).found(
      for: request, by: rules.table, from: start.rows)
    if case .contrastive = start { found.relevance = try found.relevance.map { try $0.relu() } }
    return Explanation(
      prediction: found.prediction, scores: found.scores,
      maps: try found.maps(at: layer, for: request))
  }
}
