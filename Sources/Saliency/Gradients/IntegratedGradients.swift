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
public struct IntegratedGradients: GradientMethod {
  /// How the integral becomes a sum.
  public enum Rule: Hashable, Sendable {
    /// The Gauss–Legendre rule with this many points.
    case gaussLegendre(steps: Int)
    /// The trapezoid rule with as many points, each where it is needed most, as it takes for
    /// `|Σ R − (s(x) − s(x′))| ≤ tolerance · |s(x) − s(x′)|`; at least 33 and at most about `limit`.
    case refined(tolerance: Float, limit: Int)
  }

  /// Where the path begins.
  public let baseline: Baseline
  /// How the integral becomes a sum.
  public let rule: Rule

  /// Explains against a baseline.
  public init(baseline: Baseline = .black, rule: Rule = .gaussLegendre(steps: 50)) {
    self.baseline = baseline
    self.rule = rule
  }

  /// Attributions at each input of a batch; see the type.
  public func attributions(
    of scores: [Score], in network: Network, at inputs: Tensor, within resources: Resources,
    progress: ProgressHandler
  ) throws -> Attributions {
    try checkSettings()
    let count = inputs.shape[0]
    var parts: [Attributions] = []
    for i in 0..<count {
      let input = try inputs.slice(axis: 0, i..<i + 1)
      let path = try InputPath(
        from: baseline.input(for: network, at: input), to: input, in: network)
      func report(_ update: ProgressUpdate) throws {
        try progress(
          ProgressUpdate(
            completed: i * update.total + update.completed, total: count * update.total,
            note: update.note))
      }
      switch rule {
      case .gaussLegendre(let steps):
        let rule = Quadrature.gaussLegendre(steps)
        parts.append(try path.integral(of: scores, by: rule, within: resources, progress: report))
      case .refined(let tolerance, let limit):
        parts.append(
          try path.refinedIntegral(
            of: scores, tolerance: Double(tolerance), limit: limit, within: resources,
            progress: report))
      }
    }
    return try .joined(parts)
  }
}

extension IntegratedGradients {
  /// The settings that choose the rule.
  static let settings = [
    Setting("baseline", .baseline, usual: "black", "where the path begins"),
    Setting(
      "steps", .text("a whole number from 1 to 4096, or auto"), usual: "auto",
      "points on the path; auto: 50, or at most 500 with a tolerance"),
    Setting(
      "tolerance", .text("a number above 0 and up to 1, or none"), usual: "none",
      "the largest completeness error, as a fraction of the score's difference"),
  ]

  /// Integrated Gradients on the menu.
  static let entry = ExplainerEntry(
    name: "integrated-gradients", title: "Integrated Gradients",
    summary: "gradients on the path from a baseline to the picture, times the difference",
    source: "Sundararajan et al. 2017", settings: settings
  ) { values, context in try IntegratedGradients(values, context) }

  init(_ values: SettingValues, _ context: ExplainerEntry.Context) throws {
    func wrong(_ key: String) -> SettingError {
      let form = Self.settings.first { $0.key == key }?.expectation ?? ""
      return .value(values.text(key), of: key, expected: form)
    }
    var steps: Int?
    if values.text("steps") != "auto" {
      guard let number = Int(values.text("steps")), (1...4096).contains(number) else {
        throw wrong("steps")
      }
      steps = number
    }
    let baseline = try values.baseline("baseline", context)
    if values.text("tolerance") == "none" {
      self.init(baseline: baseline, rule: .gaussLegendre(steps: steps ?? 50))
      return
    }
    guard let tolerance = Float(values.text("tolerance")), tolerance > 0, tolerance <= 1 else {
      throw wrong("tolerance")
    }
    self.init(baseline: baseline, rule: .refined(tolerance: tolerance, limit: steps ?? 500))
  }
}
