public import Networks
public import Tensors
public import Terms

/// A method that needs the gradient at the input itself and nowhere else.
public protocol LocalGradientExplainer: GradientExplainer {
  /// The attributions `[S, N, …]` of gradients of that shape at inputs `[N, …]`.
  func attributions(of gradients: Tensor, at inputs: Tensor) throws -> Tensor
}

extension LocalGradientExplainer {
  /// Attributions at each input of a batch; see the type.
  public func attributions(
    of scores: [Score], in network: Network, at inputs: Tensor, within resources: Resources,
    progress: ProgressHandler
  ) throws -> Attributions {
    let count = inputs.shape[0]
    var parts: [Attributions] = []
    try PointGradients(of: scores, in: network, within: resources).each(count) {
      try inputs.slice(axis: 0, $0)
    } take: { range, values, gradients in
      parts.append(
        Attributions(
          values: values,
          signed: try attributions(of: gradients, at: inputs.slice(axis: 0, range))))
      try progress(ProgressUpdate(completed: range.upperBound, total: count))
    }
    return try .joined(parts)
  }

  /// One map a score, by one forward pass that serves the answer and the gradients, or as many as
  /// the memory asks for.
  public func maps(for request: MapRequest) throws -> Explanation {
    var (values, signed): ([Tensor], [Tensor]) = ([], [])
    let input = request.input
    let prediction = try request.gradients(at: [request.network.program.inputLayer]) { found in
      values.append(found.scores)
      signed.append(
        try attributions(of: found.gradients[0].converted(to: .float32), at: input.tensor))
    }
    return try Attributions(values: .concatenated(values), signed: .concatenated(signed))
      .explanation(answering: prediction, over: input.features)
  }
}

/// The gradient of the score with respect to the input.
///
///     R = ∂s/∂x
///
/// [Simonyan et al. 2014], section 3, where the map is the largest magnitude among the channels;
/// that is ``ChannelReduction/maxAbs``, and signed values are kept here.
///
/// - Shapes: the attribution is `[C, H, W]`, in units of the score per unit of the normalised input.
/// - Randomness: none. - Complexity: one forward and one backward pass for all scores that fit the memory.
///
/// [Simonyan et al. 2014]: https://arxiv.org/abs/1312.6034
public struct InputGradient: LocalGradientExplainer {
  /// A method without settings.
  public init() {}

  /// The gradients themselves.
  public func attributions(of gradients: Tensor, at inputs: Tensor) throws -> Tensor { gradients }
}

/// The gradient times the input, the first-order part of the score that each number accounts for.
///
///     R = x ⊙ ∂s/∂x
///
/// [Shrikumar et al. 2016]. `x` is the normalised input, so a pixel of the card's mean colour gets
/// nothing. For a network that is linear without biases, R sums to the score.
///
/// - Shapes: the attribution is `[C, H, W]`, in units of the score.
/// - Randomness: none. - Complexity: one forward and one backward pass for all scores that fit the memory.
///
/// [Shrikumar et al. 2016]: https://arxiv.org/abs/1605.01713
public struct InputXGradient: LocalGradientExplainer {
  /// A method without settings.
  public init() {}

  /// `x ⊙ ∂s/∂x`.
  public func attributions(of gradients: Tensor, at inputs: Tensor) throws -> Tensor {
    try gradients * inputs
  }
}

extension InputGradient {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// The gradient on the menu.
  static let entry = ExplainerEntry(
    name: "saliency", title: "Saliency",
    summary: "the score's gradient with respect to each pixel",
    source: "Simonyan et al. 2014"
  ) { _, _ in InputGradient() }
}

extension InputXGradient {
  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// The gradient times the input on the menu.
  static let entry = ExplainerEntry(
    name: "input-x-gradient", title: "Input × gradient",
    summary: "each pixel times the score's gradient there",
    source: "Shrikumar et al. 2016"
  ) { _, _ in InputXGradient() }
}
