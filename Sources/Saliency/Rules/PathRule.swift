internal import Networks
internal import Tensors

/// The rule of DeepLIFT for what has no rule of its own, such as norms and recurrent layers: the gradient's
/// mean on the straight way of the call's inputs from the reference.
///
///     m_in = ∫₀¹ J(x₀ + tΔx)ᵀ dt m_out
///
/// The contribution of Aumann and Shapley to one operator, by Gauss and Legendre's rule on as many points as it
/// takes for `m_in·Δx` to be `m_out·Δy` within a hundredth; the rest is closed by the smallest change of
/// m_in. An operator for which 256 points do not do, such as rounding, has no rule.
///
/// [Aumann and Shapley 1974] as [Sundararajan et al. 2017] take it for a whole network.
///
/// [Aumann and Shapley 1974]: https://doi.org/10.1515/9781400867080
/// [Sundararajan et al. 2017]: https://arxiv.org/abs/1703.01365
struct PathRule: BackwardRule {
  let reference: Trace

  private static let rules = [16, 64, 256].map(Quadrature.gaussLegendre)
  private static let tolerance: Float = 0.01

  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    let twin = try reference.twin(of: call)
    let changes = try zip(call.inputs, twin.inputs).map { try $0 - $1 }
    let (owed, size) = try Self.owed(outgoing, from: twin, to: call)
    guard let owed, let size else { return call.inputs.map { _ in nil } }
    for rule in Self.rules {
      let means = try mean(of: outgoing, through: call, from: twin.inputs, changes, rule)
      var rest = owed
      for case (let mean?, let change) in zip(means, changes) {
        rest = try rest - Self.products(mean, change)
      }
      let error = try rest.magnitudes() - size * Self.tolerance - 1e-12
      if try error.extremes().upperBound <= 0 { return try closed(means, changes, rest) }
    }
    throw NetworkError.noRule(operation: call.operation, at: call.label)
  }

  private func mean(
    of outgoing: [Tensor?], through call: NodeCall, from start: [Tensor], _ changes: [Tensor],
    _ rule: Quadrature
  ) throws -> [Tensor?] {
    var sums = [Tensor?](repeating: nil, count: changes.count)
    for (point, weight) in zip(rule.points, rule.weights) {
      let between = try zip(start, changes).map { try $0 + $1 * Float(point) }
      let found = try NodeCall.gradients(
        of: outgoing, through: call.repeated(with: between), call.label)
      for (i, gradient) in found.enumerated() {
        guard let gradient else { continue }
        let part = try gradient * Float(weight)
        sums[i] = try sums[i].map { try $0 + part } ?? part
      }
    }
    return sums
  }

  /// The nearest multipliers that leave nothing over.
  private func closed(
    _ means: [Tensor?], _ changes: [Tensor], _ rest: Tensor
  ) throws -> [Tensor?] {
    var norm: Float = 0
    for case (_?, let change) in zip(means, changes) {
      norm += try change.converted(to: .float64).squared().sum().number()
    }
    guard norm > 0 else { return means }
    let share = try rest * (1 / norm)
    return try zip(means, changes).map { mean, change in
      try mean.map {
        let type = $0.elementType ?? .float32
        let ones = [Int](repeating: 1, count: change.rank)
        return try $0 + change * share.converted(to: type).reshaped([share.count] + ones)
      }
    }
  }

  /// For each row `m_out·Δy`, and the same with all terms positive; `nil` where nothing arrived.
  private static func owed(
    _ outgoing: [Tensor?], from twin: NodeCall, to call: NodeCall
  ) throws -> (Tensor?, Tensor?) {
    var (sum, size): (Tensor?, Tensor?) = (nil, nil)
    for case (let place, let rows?) in zip(outgoing.indices, outgoing) {
      guard let here = call.outputs[place], let there = twin.outputs[place] else { continue }
      let change = try here - there
      let (part, large) = try (
        products(rows, change), products(rows.magnitudes(), change.magnitudes())
      )
      sum = try sum.map { try $0 + part } ?? part
      size = try size.map { try $0 + large } ?? large
    }
    return (sum, size)
  }

  private static func products(_ rows: Tensor, _ change: Tensor) throws -> Tensor {
    try (rows.converted(to: .float64) * change.converted(to: .float64))
      .reshaped([rows.shape[0], -1]).sum(axes: [1])
  }
}

/// No rule: what a call reads beside its inputs is not what it read at the reference, as a mask made of
/// comparisons; what that moved, no multiplier of the inputs could tell.
struct RefusingRule: BackwardRule {
  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    throw NetworkError.noRule(operation: call.operation, at: call.label)
  }
}
