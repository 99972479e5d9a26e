public import Networks
public import Tensors
public import Terms

/// Guided Integrated Gradients: Integrated Gradients on a path that avoids large gradients.
///
///     R = Σₖ ∂s(γₖ)/∂x ⊙ (γₖ₊₁ − γₖ),   γ₀ = x′,  γₙ = x
///
/// Algorithm 1 of [Kapishnikov et al. 2021]. On the straight path, pictures that belong to nothing have large
/// gradients which have nothing to do with the picture explained. Here the numbers whose gradients are smallest move first, at
/// every step a ``fraction`` of them, none further from the straight path than ``distance`` of its way; at distance 0
/// the path is the straight one. R sums to `s(x) − s(x′)` as steps become many, and how far off it is is reported as
/// ``SaliencyMap/Measurement/completenessError``. A path follows the gradient of its score, so each score has its own, and
/// the map of a contrast is not the difference of two maps.
///
/// - Shapes: the attribution is `[C, H, W]`, in units of the score; distances are those of the network's input.
/// - Randomness: none but that of a ``Baseline/noise(sigma:seed:)``.
/// - Complexity: one forward and one backward pass a step and score, and two sorts of all numbers.
///
/// [Kapishnikov et al. 2021]: https://arxiv.org/abs/2106.09788
public struct GuidedIG: GradientExplainer {
  /// Where the path begins.
  public var baseline: Baseline
  /// n, the number of steps.
  public var steps: Int
  /// The part of the numbers that moves at a time.
  public var fraction: Float
  /// How far a number may be from the straight path, as a part of its way.
  public var distance: Float

  /// Explains against a baseline.
  public init(
    baseline: Baseline = .black, steps: Int = 200, fraction: Float = 0.25, distance: Float = 0.02
  ) {
    self.baseline = baseline
    self.steps = steps
    self.fraction = fraction
    self.distance = distance
  }

  /// Attributions at each input of a batch; see the type.
  public func attributions(
    of scores: [Score], in network: Network, at inputs: Tensor, within resources: Resources,
    progress: ProgressHandler
  ) throws -> Attributions {
    try checkSettings()
    return try .ofEach(inputs) { input, part in
      let start = try baseline.input(for: network, at: input)
      let rows = try scores.indices.map { s in
        try attribution(of: scores[s], in: network, from: start, to: input, within: resources) {
          done in
          let own = ProgressUpdate(completed: done, total: steps)
          try progress(part(own.part(s, of: scores.count)))
        }
      }
      let gradients = PointGradients(of: scores, in: network, within: resources)
      return try .complete(
        .stacked(rows), from: gradients.values(at: start).floats(),
        to: gradients.values(at: input).floats(),
        steps: Array(repeating: steps, count: scores.count))
    }
  }

  private func attribution(
    of score: Score, in network: Network, from start: Tensor, to end: Tensor,
    within resources: Resources, progress: (Int) throws -> Void
  ) throws -> Tensor {
    var path = GuidedPath(
      from: try start.floats(), to: try end.floats(), steps: steps, fraction: fraction,
      distance: distance)
    let gradients = PointGradients(of: [score], in: network, within: resources)
    for step in 0..<steps {
      let point = try Tensor(path.point.map(Float.init), shape: end.shape).on(end.device)
      path.move(by: try gradients.at(point).gradients.floats())
      try progress(step + 1)
    }
    return try Tensor(path.attribution.map(Float.init), shape: end.shape).on(end.device)
  }
}

extension GuidedIG: MenuMethod {
  static let table: [MethodSetting<GuidedIG>] = [
    .baseline("baseline", \.baseline, "where the path begins"),
    .count("steps", \.steps, 1...4096, "steps of the path"),
    .number("fraction", \.fraction, 0...1, "the part of the numbers that moves at a time"),
    .number(
      "distance", \.distance, 0...1,
      "how far a number may be from the straight path, as a part of its way"),
  ]

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Guided Integrated Gradients on the menu.
  static let entry = ExplainerEntry(
    GuidedIG(), named: "guided-ig", title: "Guided Integrated Gradients",
    summary: "Integrated Gradients on a path that avoids large gradients",
    source: "Kapishnikov et al. 2021", asksOften: true)
}
