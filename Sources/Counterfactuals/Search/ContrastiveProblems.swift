internal import Networks
internal import Tensors
internal import Terms

/// The constraints of contrastive examples, at codes:
///
///     h = l_P − l_Q,   g_y′ = l_y′ − l_P − ε  and  l_y′ − l_Q − ε  for every other class y′
///
/// with l of `I(z) = G(z) + Δ` (equation 3.2 of Feghahati 2020, which prints the inequalities with the
/// other sign, its prose and figures mean this one). Differences of log-likelihoods are differences
/// of logits, so the softmax is not computed.
struct ContrastiveProblems: NearestPointProblems {
  let problems: [ContrastiveProblem]
  let network: Network
  let generator: Generator
  let space: PixelSpace
  let method: ContrastiveMethod
  /// ε.
  let slack: Float

  /// Each Δ once, `[D, C, H, W]`.
  private let residuals: Tensor
  private let places: [Int64]
  private let masks: ClassMasks

  init(
    _ problems: [ContrastiveProblem], residuals: Tensor, _ network: Network, _ generator: Generator,
    _ space: PixelSpace, _ method: ContrastiveMethod, slack: Float, device: Device
  ) throws {
    self.problems = problems
    self.network = network
    self.generator = generator
    self.space = space
    self.method = method
    self.slack = slack
    self.residuals = residuals
    places = problems.map { Int64($0.residual) }
    masks = try ClassMasks(
      facts: problems.map(\.fact), foils: problems.map(\.foil), classCount: network.classCount,
      device: device)
  }

  func constraints(at points: Tensor, of chosen: [Int]) throws -> ConstraintValues {
    let rows = try Tensor(chosen.map(Int64.init), shape: [chosen.count]).on(points.device)
    let own = try Tensor(chosen.map { places[$0] }, shape: [chosen.count]).on(points.device)
    let leaf = try points.converted(to: .float32).leaf()
    let pictures = try space.picture(
      drawn: space.picture(drawn: generator.pictures(for: leaf)),
      plus: residuals.gather(axis: 0, at: own))
    let logits = try network.recordedLogits(for: space.input(for: pictures))
    let end = try logits.leaf()
    let values = try values(end, masks.chosen(rows))
    return ConstraintValues(values: values) { weights in
      // First to the logits, where constraints of the same classes meet, then all the way back.
      let single = try weights.on(points.device).converted(to: .float32)
      let atLogits = try values.gradients(withRespectTo: [end], rows: single).first.flatMap(\.self)
      let found = try atLogits.flatMap {
        try logits.gradients(withRespectTo: [leaf], rows: $0).first.flatMap(\.self)
      }
      guard let found else { throw CounterfactualError.codeDoesNotMatter }
      return found
    }
  }

  private func values(_ logits: Tensor, _ masks: ClassMasks) throws -> Tensor {
    let fact = try (logits + masks.notFact).logSumExp(axis: 1).withAxis(at: 1)
    let foil = try (logits + masks.notFoil).logSumExp(axis: 1).withAxis(at: 1)
    let difference = try fact - foil
    if method == .xgems { return difference }
    // Classes of P and Q are put where no constraint of theirs will ever push.
    let others = try logits + masks.asked
    return try Tensor.concatenated(
      [difference, others - fact - slack, others - foil - slack], axis: 1)
  }
}

/// One picture, one starting code and one question.
struct ContrastiveProblem {
  /// z₀.
  let code: [Float]
  /// Δ = x − G(z₀), `[C, H, W]`, as the place among those of all pictures and starts.
  let residual: Int
  let fact: ClassSet
  let foil: ClassSet
}
