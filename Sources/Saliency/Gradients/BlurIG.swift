public import Networks
public import Tensors
public import Terms

/// Blur Integrated Gradients: gradients on the way from a blurred picture to the sharp one, times what each step of
/// the way brings back.
///
///     R = ∫ from σ̂ to 0 of ∂s(z(σ))/∂z ⊙ ∂z(σ)/∂σ dσ,   z(σ) = Gauss(σ) ∗ x
///     R = Σᵢ (z(σᵢ) − z(σᵢ₊₁)) ⊙ ∂s(z(σᵢ))/∂z,   σᵢ = i σ̂ / n,  i = 0 … n − 1
///
/// Equations 3 and 4 of [Xu et al. 2020]. The path leads through pictures that lack detail, and not through faint ones, so it
/// has no baseline whose colour would hide what has the same. R sums to `s(x) − s(z(σ̂))` as the sum becomes
/// the integral, and how far off it is is reported as ``SaliencyMap/Measurement/completenessError``. Departs from the authors' code:
///
/// - A step's difference is taken exactly, where the code multiplies a difference quotient over σ = 0.01 by the step.
/// - Pictures are reflected at their border (``Baseline/blur(sigma:)``), where the code blurs zeros in.
///
/// - Shapes: the attribution is `[C, H, W]`, in units of the score.
/// - Randomness: none.
/// - Complexity: one forward and one backward pass a step, and a forward pass at either end.
/// - Throws: ``InputError/noBaseline(_:of:)`` for an input that is no picture.
///
/// [Xu et al. 2020]: https://openaccess.thecvf.com/content_CVPR_2020/html/Xu_Attribution_in_Scale_and_Space_CVPR_2020_paper.html
public struct BlurIG: GradientExplainer {
  /// σ̂, the widest blur, in pixels of the input.
  public var sigma: Float
  /// n, the number of steps.
  public var steps: Int

  /// Explains against the blurred picture.
  public init(sigma: Float = 50, steps: Int = 100) {
    self.sigma = sigma
    self.steps = steps
  }

  /// Attributions at each input of a batch; see the type.
  public func attributions(
    of scores: [Score], in network: Network, at inputs: Tensor, within resources: Resources,
    progress: ProgressHandler
  ) throws -> Attributions {
    try checkSettings()
    return try .ofEach(inputs) { input, part in
      try attributions(of: scores, in: network, at: input, within: resources) { done in
        try progress(part(ProgressUpdate(completed: done, total: steps)))
      }
    }
  }

  private func attributions(
    of scores: [Score], in network: Network, at input: Tensor, within resources: Resources,
    progress: (Int) throws -> Void
  ) throws -> Attributions {
    func blurred(_ step: Int) throws -> Tensor {
      if step == 0 { return input }
      let sigma = sigma * Float(step) / Float(steps)
      return try Baseline.blur(sigma: sigma).input(for: network, at: input)
    }
    let gradients = PointGradients(of: scores, in: network, within: resources)
    var (sum, differences): (Tensor?, Tensor) = (nil, input)
    // The points of a batch and the first one behind it.
    var next = input
    try gradients.each(steps) { range in
      let points = try [next] + range.map { try blurred($0 + 1) }
      next = points[range.count]
      let nearer = try Tensor.concatenated(Array(points.dropLast()))
      differences = try nearer - Tensor.concatenated(Array(points.dropFirst()))
      return nearer
    } take: { range, _, found in
      let part = try (found * differences).sum(axes: [1])
      sum = try sum.map { try $0 + part } ?? part
      try progress(range.upperBound)
    }
    guard let sum else { throw NetworkError.noTensorOutput }
    return try .complete(
      sum.withAxis(at: 1), from: gradients.values(at: next).floats(),
      to: gradients.values(at: input).floats(),
      steps: Array(repeating: steps, count: scores.count))
  }
}

extension BlurIG: MenuMethod {
  static let table: [MethodSetting<BlurIG>] = [
    .number("sigma", \.sigma, 0.1...1000, "the widest blur, in pixels of the input"),
    .count("steps", \.steps, 1...4096, "steps from the blurred picture to the sharp one"),
  ]

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Blur Integrated Gradients on the menu.
  static let entry = ExplainerEntry(
    BlurIG(), named: "blur-ig", title: "Blur Integrated Gradients",
    summary: "gradients on the path from a blurred picture to the sharp one",
    source: "Xu et al. 2020", asksOften: true)
}
