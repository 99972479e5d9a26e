internal import Networks
internal import Tensors
internal import Terms

/// Guided backpropagation: the gradient at the input, where rectifiers pass positive signals alone.
///
///     R_in = f′(x) ⊙ max(0, R_out)  at a rectifier;  R_in = Jᵀ R_out  elsewhere;  R_out = ∂s/∂y  at first
///
/// [Springenberg et al. 2015], section 3.4. Departs from the paper, which knows ReLU only and the
/// logit of one class: `s` is any score, and ReLU6, leaky ReLU, ELU, SiLU, hard-swish, GELU and
/// their like are rectifiers too, each with its own slope `f′`. Sigmoid and tanh take the gradient.
/// An activation that was exported as several operators is met one operator at a time: of
/// `x · sigmoid(x)` every part takes the gradient, and of `x · relu6(x + 3)/6` the inner ReLU6 is
/// the rectifier.
///
/// - Shapes: the attribution is `[C, H, W]`.
/// - Range: signed, in units of the score per unit of the input. It is no gradient of `s`: nothing
///   is conserved, and it depends little on the class (Nie et al. 2018).
/// - Randomness: none.
/// - Complexity: one forward pass, and one walk with a row for each score.
///
/// [Springenberg et al. 2015]: https://arxiv.org/abs/1412.6806
public struct GuidedBackpropagation: Explainer {
  /// The method has no settings.
  public init() {}

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try request.walked(by: .rectifiers(GuidedRectifier()))
  }
}

extension GuidedBackpropagation {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Guided backpropagation on the menu.
  static let entry = ExplainerEntry(
    name: "guided-backprop", title: "Guided backpropagation",
    summary: "the gradient, with activations that pass only positive signals",
    source: "Springenberg et al. 2015"
  ) { _, _ in GuidedBackpropagation() }
}

extension MapRequest {
  /// Maps of what a table of rules brings from the scores' gradients at the output to the input.
  func walked(by rules: RuleTable) throws -> Explanation {
    let program = network.program
    let trace = try program.trace(input.tensor, behind: program.inputLayer)
    let prediction = try network.prediction(from: trace.output)
    let starts = try network.starts(of: scores(prediction), at: trace.output)
    let found = try RuleWalk(trace: trace, rules: rules)
      .arrived(from: starts.gradients, within: resources, progress: progress)
      .converted(to: .float32)
    return Explanation(
      prediction: prediction, scores: try starts.values.floats(),
      maps: try (0..<found.shape[0]).map {
        try SaliencyMap(
          attribution: found.select(axis: 0, index: $0).select(axis: 0, index: 0),
          over: input.features)
      })
  }
}
