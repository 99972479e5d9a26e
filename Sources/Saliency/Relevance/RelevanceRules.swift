internal import Networks
internal import Tensors

/// The rules of an LRP in a network.
struct RelevanceRules {
  private let settings: LRP
  private let network: Network
  private let isAtInput: Bool
  /// What keeps denominators of rules other than ε from 0.
  private let stabiliser = Stabiliser(epsilon: 1e-6)

  init(of settings: LRP, in network: Network, at layer: Layer) {
    self.settings = settings
    self.network = network
    isAtInput = layer == network.program.inputLayer
  }

  /// The table for a trace; which layers are asked for makes no difference.
  func table(_ trace: Trace, _ layers: [Layer]) throws -> RuleTable {
    let epsilon = LinearRule.epsilon(settings.epsilon)
    let gamma = LinearRule.gamma(settings.gamma, stabiliser: stabiliser)
    let zPlus = LinearRule.zPlus(stabiliser: stabiliser)
    let alphaBeta = LinearRule.alphaBeta(
      alpha: settings.alpha, beta: settings.alpha - 1, stabiliser: stabiliser)
    let flat = LinearRule.flat(stabiliser: stabiliser)
    return switch settings.rule {
    case .epsilon: table(trace, epsilon, epsilon)
    case .gamma: table(trace, gamma, gamma)
    case .attention:
      settings.gamma == 0 ? table(trace, epsilon, epsilon) : table(trace, gamma, gamma)
    case .zPlus: table(trace, zPlus, zPlus)
    case .alphaBeta: table(trace, alphaBeta, alphaBeta)
    case .composite: table(trace, gamma, epsilon, first: try box(trace) ?? flat)
    case .compositePlus: table(trace, zPlus, epsilon, first: flat)
    case .compositeAlphaBeta: table(trace, alphaBeta, epsilon, first: flat)
    }
  }

  private func table(
    _ trace: Trace, _ convolution: LinearRule, _ linear: LinearRule, first: LinearRule? = nil
  ) -> RuleTable {
    let places = isAtInput && first != nil ? trace.firstLinearCalls : []
    // AttnLRP's residual sums are input times gradient, as in the authors' library.
    let shared = ContributionRule(
      stabiliser: settings.rule == .attention ? .least : stabiliser)
    return .relevance(
      of: trace,
      RelevanceChoices(
        special: first.map { first in
          [.calls(where: { places.contains($0.index) }, rule: first)]
        } ?? [],
        linear: [
          .calls(where: { $0.kind == .linear && !$0.hasWeights }, rule: shared),
          .kinds(.convolution, rule: convolution), .kinds(.linear, rule: linear),
        ], sums: [.kinds(.sum, .difference, .averaging, .resampling, rule: shared)],
        sharing: settings.rule == .attention ? .evenly : .signal))
  }

  /// The rule for pixels of 0…1 as the card normalises them; `nil` where what the first
  /// convolutions read is something else.
  private func box(_ trace: Trace) throws -> LinearRule? {
    guard case .image(let card) = network.form else { return nil }
    let places = trace.firstLinearCalls
    let first = trace.calls.filter { places.contains($0.index) }
    guard card.mean.count == card.channels, card.std.count == card.channels,
      first.allSatisfy({ call in
        call.inputs[0].rank == 4 && call.inputs[0].shape[1] == card.channels
          && trace.isMovedInput(call)
      })
    else { return nil }
    func bound(_ value: Float) throws -> Tensor {
      try card.normalisation.applied(to: Tensor(value), rank: 4).on(trace.activation.device)
    }
    return .box(low: try bound(0), high: try bound(1), stabiliser: stabiliser)
  }
}

extension Trace {
  /// The places of the convolutions and linear layers that no other such call comes before.
  fileprivate var firstLinearCalls: Set<Int> {
    var first: Set<Int> = []
    var behind: Set<Int> = []
    for call in calls {
      let isLinear = call.kind == .convolution || call.kind == .linear
      if sources(of: call).contains(where: { $0.map { behind.contains($0.index) } ?? false }) {
        behind.insert(call.index)
      } else if isLinear {
        first.insert(call.index)
        behind.insert(call.index)
      }
    }
    return first
  }

  /// Whether a call reads the input's own numbers, moved or padded at most.
  fileprivate func isMovedInput(_ call: NodeCall) -> Bool {
    sources(of: call).allSatisfy { source in
      source.map { $0.kind == .rearrangement && isMovedInput($0) } ?? true
    }
  }
}
