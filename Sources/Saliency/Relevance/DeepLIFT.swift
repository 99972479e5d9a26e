internal import Networks
internal import Tensors
internal import Terms

/// DeepLIFT with the rescale rule: how far each number of the input moved the score away from what
/// it is at a reference.
///
///     Σ_i C_i = s(x) − s(x′),   C = m ⊙ (x − x′),   m_in Δin = m_out Δout  at every operator
///
/// [Shrikumar et al. 2017], equations 1 to 3 and section 3.5.2. Multipliers walk back from the score to the
/// input between two traces, one at `x` and one at `x′`, so that sums of branches and modules that
/// are called again are what the program says. Departs from the paper:
///
/// - Products and quotients of two flowing values are split symmetrically, and max pooling gives a
///   rise to its winner and a fall to the reference's (`MidpointRule`, `QuotientRule`,
///   `WinnerRule`): the paper has no rule for them, and its code and Captum's no complete one.
/// - A softmax and its logarithm, layer, group, instance and RMS normalisation have closed forms of the rule
///   that are complete (`SoftmaxDifference`, `NormalizationDifference`), attention is met as the products and
///   the softmax that it stands for, and what has no rule takes the mean of its gradient on the way from the
///   reference (`PathRule`).
/// - A score that is not linear in the logits starts with the mean of its gradient on the way
///   between the outputs (`ScoreSecants`), where the paper explains logits only. What the last
///   layer's normalisation in the paper's section 3.6 is for, log-odds as a score do.
/// - An activation that was exported as several operators is met one operator at a time:
///   `x · sigmoid(x)` as one SiLU and as two operators differ, and both are complete.
///
/// - Shapes: the attribution is `[C, H, W]`.
/// - Range: signed, in units of the score; sums to `s(x) − s(x′)`, but for rounding.
/// - Randomness: none, but for what the baseline draws.
/// - Complexity: two forward passes, and one walk with a row for each score, or for each class that
///   the scores read where those are fewer.
/// - Throws: ``NetworkError/noRule(operation:at:)`` where the change of an operator cannot be told from its
///   inputs' changes, such as rounding, or a choice by a mask that the picture makes.
///
/// [Shrikumar et al. 2017]: https://arxiv.org/abs/1704.02685
public struct DeepLIFT: Explainer {
  /// The reference x′.
  public var baseline: Baseline

  /// Explains differences from a baseline.
  public init(from baseline: Baseline = .black) { self.baseline = baseline }

  /// One map a score; see the type.
  public func maps(for request: MapRequest) throws -> Explanation {
    try checkSettings()
    return try Self.maps(
      for: request, from: baseline.input(for: request.network, at: request.input.tensor))
  }

  /// One map a score of how the input differs from a reference of its shape.
  static func maps(for request: MapRequest, from reference: Tensor) throws -> Explanation {
    try maps(for: request, from: [reference])
  }

  /// One map a score: the mean of how the input differs from each of some references of its shape.
  static func maps(for request: MapRequest, from references: [Tensor]) throws -> Explanation {
    let (network, input) = (request.network, request.input.tensor)
    let program = try network.program.expandingOperators().program
    let trace = try program.trace(input, behind: program.inputLayer)
    let prediction = try network.prediction(from: trace.output)
    let scores = try request.scores(prediction)
    var (values, differences) = ([Float](), Array(repeating: Float(0), count: scores.count))
    var sum: Tensor?
    for (i, reference) in references.enumerated() {
      let there = try program.trace(reference, behind: program.inputLayer)
      let secants = try ScoreSecants(
        of: scores, in: network, from: there.output, to: trace.output)
      let starts = try SharedStarts(secants.multipliers)
      let walked = try RuleWalk(trace: trace, rules: .deepLIFT(reference: there))
        .arrived(
          from: starts.rows.reshaped([-1] + trace.output.shape)
            .converted(to: trace.output.elementType ?? .float32),
          within: request.resources
        ) { try request.progress($0.part(i, of: references.count)) }
      let part = try starts.combined(walked).converted(to: .float32) * (input - reference)
      sum = try sum.map { try $0 + part } ?? part
      values = secants.values
      differences = zip(differences, secants.differences).map(+)
    }
    guard let sum else { throw NetworkError.noTensorOutput }
    let count = Float(references.count)
    let attributions = references.count == 1 ? sum : try sum * (1 / count)
    return Explanation(
      prediction: prediction, scores: values,
      maps: try differences.enumerated().map { i, difference in
        let attribution = try attributions.select(axis: 0, index: i).select(axis: 0, index: 0)
        let (sum, mean) = (
          try attribution.converted(to: .float64).sum().number(), difference / count
        )
        return try SaliencyMap(
          attribution: attribution, over: request.input.features,
          measurements: [.completenessError: sum - mean, .scoreDifference: mean])
      })
  }
}

extension DeepLIFT: MenuMethod {
  static let table: [MethodSetting<DeepLIFT>] = [
    .baseline("baseline", \.baseline, "the picture that differences are taken from")
  ]

  /// What the menu calls it.
  public var menuName: String { Self.entry.name }

  /// DeepLIFT on the menu.
  static let entry = ExplainerEntry(
    DeepLIFT(), named: "deeplift", title: "DeepLIFT",
    summary: "how far each pixel moved the score from what it is at a baseline",
    source: "Shrikumar et al. 2017")
}
