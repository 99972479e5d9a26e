public import Networks
public import Tensors
public import Terms

/// Integrated Gradients: the gradient, averaged on the way from a baseline to the input, times the
/// way.
///
///     R = (x − x′) ⊙ ∫₀¹ ∂s(x′ + t(x − x′))/∂x dt            (1)
///
/// Equation 1 of [Sundararajan et al. 2017]; R sums to `s(x) − s(x′)` (Proposition 1). The integral
/// is a sum over points of the path, and how far its sum is from that is reported as
/// ``SaliencyMap/Measurement/completenessError``.
///
/// - Shapes: the attribution is `[C, H, W]`, in units of the score.
/// - Randomness: none but that of a ``Baseline/noise(sigma:seed:)``.
/// - Complexity: one forward and one backward pass a point for all scores. With a tolerance, the
///   gradients at a score's points are kept, and scores whose gradients do not fit the memory
///   together go one group after another.
///
/// [Sundararajan et al. 2017]: https://arxiv.org/abs/1703.01365
public struct IntegratedGradients: GradientExplainer {
  /// How the integral becomes a sum.
  public enum Rule: Hashable, Sendable {
    /// The Gauss–Legendre rule with this many points.
    case gaussLegendre(steps: Int)
    /// The trapezoid rule with as many points, each where it is needed most, as it takes for
    /// `|Σ R − (s(x) − s(x′))| ≤ tolerance · |s(x) − s(x′)|`; at least 33 and at most about `limit`.
    case refined(tolerance: Float, limit: Int)
  }

  /// Where the path begins.
  public var baseline: Baseline
  /// How the integral becomes a sum.
  public var rule: Rule

  /// Explains against a baseline.
  public init(
    baseline: Baseline = .black,
    rule: Rule = .gaussLegendre(steps: IntegratedGradients.defaultSteps)
  ) {
    self.baseline = baseline
    self.rule = rule
  }

  /// Attributions at each input of a batch; see the type.
  public func attributions(
    of scores: [Score], in network: Network, at inputs: Tensor, within resources: Resources,
    progress: ProgressHandler
  ) throws -> Attributions {
    try checkSettings()
    return try .ofEach(inputs) { input, part in
      let path = try InputPath(
        from: baseline.input(for: network, at: input), to: input, in: network)
      func report(_ update: ProgressUpdate) throws { try progress(part(update)) }
      return switch rule {
      case .gaussLegendre(let steps):
        try path.integral(
          of: scores, by: .gaussLegendre(steps), within: resources, progress: report)
      case .refined(let tolerance, let limit):
        try path.refinedIntegral(
          of: scores, tolerance: Double(tolerance), limit: limit, within: resources,
          progress: report)
      }
    }
  }
}

extension IntegratedGradients: MenuMethod {
  static let table: [MethodSetting<IntegratedGradients>] = [
    .baseline("baseline", \.baseline, "where the path begins"), steps, tolerance,
  ]

  private static let steps = MethodSetting<IntegratedGradients>(
    key: "steps", form: .text("a whole number from 1 to 4096, or auto"),
    summary: "points on the path; auto: 50, or at most 500 with a tolerance"
  ) { method in
    switch method.rule {
    case .gaussLegendre(let steps): steps == defaultSteps ? "auto" : String(steps)
    case .refined(_, let limit): limit == defaultLimit ? "auto" : String(limit)
    }
  } write: { method, text, _ in
    if text == "auto" { return }
    guard let number = Int(text), (1...4096).contains(number) else {
      throw SettingError.value(
        text, of: "steps", expected: "a whole number from 1 to 4096, or auto")
    }
    switch method.rule {
    case .gaussLegendre: method.rule = .gaussLegendre(steps: number)
    case .refined(let tolerance, _): method.rule = .refined(tolerance: tolerance, limit: number)
    }
  }

  private static let tolerance = MethodSetting<IntegratedGradients>(
    key: "tolerance", form: .text("a number above 0 and up to 1, or none"),
    summary: "the largest completeness error, as a fraction of the score's difference"
  ) { method in
    if case .refined(let tolerance, _) = method.rule { Setting.text(tolerance) } else { "none" }
  } write: { method, text, _ in
    if text == "none" { return }
    guard let tolerance = Float(text), tolerance > 0, tolerance <= 1 else {
      throw SettingError.value(
        text, of: "tolerance", expected: "a number above 0 and up to 1, or none")
    }
    method.rule = .refined(tolerance: tolerance, limit: defaultLimit)
  }

  /// The points of a path where none are chosen.
  public static let defaultSteps = 50
  /// The most points of a path with a tolerance where none are chosen.
  package static let defaultLimit = 500

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// Integrated Gradients on the menu.
  static let entry = ExplainerEntry(
    IntegratedGradients(), named: "integrated-gradients", title: "Integrated Gradients",
    summary: "gradients on the path from a baseline to the picture, times the difference",
    source: "Sundararajan et al. 2017", asksOften: true)
}
