public import Networks
public import Tensors
public import Terms

/// GradientSHAP, or expected gradients: Integrated Gradients averaged over several baselines, by
/// random points.
///
///     R = E[(x + ε − x′) ⊙ ∂s(x′ + t(x + ε − x′))/∂x],  x′ ~ baselines,  t ~ U(0, 1),  ε ~ N(0, σ²)
///
/// [Erion et al. 2021], equation 3 (σ = 0), and [Lundberg and Lee 2017] for the idea. R sums to
/// `mean s(x + ε) − mean s(x′)` in the mean over draws. For σ = 0 that is s(x) − mean s(x′), and how far
/// off R is is reported as ``SaliencyMap/Measurement/completenessError``; with noise, R is not
/// complete for x, and nothing is reported. Departs from both in how it draws: baselines take
/// turns in random order, and `t` is drawn once from each of n equal parts of 0…1. Each draw has the
/// distribution above, so the mean is the same and its error smaller.
///
/// - Shapes: the attribution is `[C, H, W]`, in units of the score.
/// - Randomness: all draws follow from `seed`; sample i uses stream i, the order of the parts and
///   baselines the stream itself.
/// - Complexity: a forward and a backward pass a sample, and a forward pass a baseline.
///
/// [Erion et al. 2021]: https://doi.org/10.1038/s42256-021-00343-w
/// [Lundberg and Lee 2017]: https://arxiv.org/abs/1705.07874
public struct GradientSHAP: GradientExplainer {
  /// What the input is compared with.
  public var baselines: [Baseline]
  /// How many points there are.
  public var samples: Int
  /// σ as a fraction of the input's range.
  public var noise: Float
  /// What the draws follow from.
  public var seed: Seed

  /// Explains against several baselines.
  public init(
    baselines: [Baseline] = [.black, .white], samples: Int = 50, noise: Float = 0, seed: Seed
  ) {
    self.baselines = baselines
    self.samples = samples
    self.noise = noise
    self.seed = seed
  }

  /// Attributions at each input of a batch; see the type.
  public func attributions(
    of scores: [Score], in network: Network, at inputs: Tensor, within resources: Resources,
    progress: ProgressHandler
  ) throws -> Attributions {
    try checkSettings()
    return try .ofEach(inputs) { input, part in
      try attributions(of: scores, in: network, at: input, within: resources) { done in
        try progress(part(ProgressUpdate(completed: done, total: samples)))
      }
    }
  }

  /// What is drawn for each sample: which baseline, and how far from it.
  func draws() -> [(baseline: Int, fraction: Float)] {
    var stream = RandomStream(seed)
    let order = stream.permutation(of: samples)
    let turns = stream.permutation(of: baselines.count)
    return order.enumerated().map { i, part in
      var own = stream.stream(for: i)
      return (turns[i % turns.count], (Float(part) + own.uniform()) / Float(samples))
    }
  }

  /// The input with noise, drawn from other streams than the fractions are.
  func noisyInputs(of input: Tensor) throws -> NoisyInputs {
    var key = RandomStream(seed)
    return try NoisyInputs(of: input, noise: noise, seed: Seed(key.next()))
  }

  private func attributions(
    of scores: [Score], in network: Network, at input: Tensor, within resources: Resources,
    progress: (Int) throws -> Void
  ) throws -> Attributions {
    let starts = try baselines.map { try $0.input(for: network, at: input) }
    let noisy = try noisyInputs(of: input)
    let draws = draws()
    var (differences, moments) = (input, GatheredMaps(over: network.input(input).features))
    let gradients = PointGradients(of: scores, in: network, within: resources)
    try gradients.each(samples) { range in
      let starts = try Tensor.concatenated(draws[range].map { starts[$0.baseline] })
      let ends = try noisy.inputs(range)
      differences = try ends - starts
      let shape = [range.count] + Array(repeating: 1, count: input.rank - 1)
      let t = try Tensor(draws[range].map(\.fraction), shape: shape).on(input.device)
      return try t * ends + (t * -1 + 1) * starts
    } take: { range, _, found in
      try moments.add(found * differences)
      try progress(range.upperBound)
    }
    let last = try gradients.values(at: input)
    let first = try starts.map { try gradients.values(at: $0) }
    return try attributions(moments, values: last, baselines: .concatenated(first, axis: 1))
  }

  /// Adds what is known of the error to the mean over samples.
  private func attributions(
    _ moments: GatheredMaps, values: Tensor, baselines: Tensor
  ) throws -> Attributions {
    let (signed, found) = try moments.attributions(.mean)
    let changes = try (values - baselines.meanKeepingAxes([1])).floats()
    let sums = try signed.converted(to: .float64).sum(axes: Array(1..<signed.rank)).floats()
    return Attributions(
      values: values, signed: try signed.withAxis(at: 1),
      measurements: zip(found, zip(sums, changes)).map { measurements, sum in
        var own: [SaliencyMap.Measurement: Float] = [.scoreDifference: sum.1]
        if noise == 0 { own[.completenessError] = sum.0 - sum.1 }
        return [measurements.merging(own) { _, new in new }]
      })
  }
}

extension GradientSHAP: MenuMethod {
  static let table: [MethodSetting<GradientSHAP>] = [
    .baselines("baselines", \.baselines),
    .count("samples", \.samples, 1...100_000, "the number of random points"),
    .number("noise", \.noise, 0...10, "σ as a fraction of the input's range"),
  ]

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// GradientSHAP on the menu.
  static let entry = ExplainerEntry(
    GradientSHAP(seed: 0), named: "gradient-shap", title: "GradientSHAP",
    summary: "expected gradients: random points between the picture and several baselines",
    source: "Erion et al. 2021; Lundberg and Lee 2017", asksOften: true
  ) { $0.seed = $1.seed }
}
