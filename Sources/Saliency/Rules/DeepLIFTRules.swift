internal import Networks
internal import Tensors

/// The rescale rule of DeepLIFT, for operators that turn numbers into others one by one.
///
///     m_in = m_out ⊙ Δy/Δx,  or  m_out ⊙ f′(x)  where |Δx| < 2⁻²⁰
///
/// Section 3.5.2 of [Shrikumar et al. 2017]. So `m_in Δx = m_out Δy` whatever `f` is. Below 2⁻²⁰,
/// about 10⁻⁶ and 16 times what a number near 1 is rounded by, the rounding of `y` would show in the
/// ratio, and what the gradient misses is less than that itself; at 10⁻¹⁰, which others use, the
/// ratio of a sigmoid is noise. Numbers of other precision than 32 bits have 16 times theirs.
///
/// [Shrikumar et al. 2017]: https://arxiv.org/abs/1704.02685
struct RescaleRule: BackwardRule {
  let reference: Trace

  /// What arrived, times the ratio of differences.
  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    let twin = try reference.twin(of: call)
    guard let rows = outgoing[0] else { return [nil] }
    // Where a slope is infinite, as a root's at 0, nothing moved.
    let found = try call.slopes()
    let slopes = try Tensor.choosing(
      found, where: found.magnitudes().isLess(than: 1e10), otherwise: found.clamped(to: 0...0))
    let change = try SafeDivisor(call.inputs[0] - twin.inputs[0])
    return [try rows * change.quotient(call.output - twin.output, nearZero: slopes)]
  }
}

/// The rule of DeepLIFT for operators that are polynomials of degree 2 or less: their gradient half
/// way between the reference and what was read.
///
///     m_in = J((x + x₀)/2)ᵀ m_out
///
/// The midpoint rule is exact for them, so `m_in·Δx = m_out·Δy`. Of affine operators it is the
/// gradient; of a product of two flowing values it is the symmetric split
/// `xy − x₀y₀ = Δx (y + y₀)/2 + Δy (x + x₀)/2`.
struct MidpointRule: BackwardRule {
  let reference: Trace

  /// The vector-Jacobian products half way.
  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    let middles = try zip(call.inputs, reference.twin(of: call).inputs).map { try ($0 + $1) * 0.5 }
    return try NodeCall.gradients(
      of: outgoing, through: call.repeated(with: middles), call.label)
  }
}

/// The rule of DeepLIFT for quotients: those of a product with a reciprocal, whose rescaled slope is
/// `Δ(1/y)/Δy = −1/(y y₀)`.
///
///     x/y − x₀/y₀ = Δx (1/y + 1/y₀)/2 − Δy (x + x₀)/(2 y y₀)
struct QuotientRule: BackwardRule {
  let reference: Trace

  /// The products of a quotient's gradient at ((x + x₀)/2, y), scaled by what that lacks.
  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    let twin = try reference.twin(of: call)
    guard let rows = outgoing[0] else { return call.inputs.map { _ in nil } }
    guard let below = call.argument(1, "other")?.tensor,
      let belowThere = twin.argument(1, "other")?.tensor
    else { return try call.gradients(of: outgoing) }
    let growth = try below / belowThere
    guard call.inputs.count == 2 else {
      // A constant above, and then the slope is −x/(y y₀); or one below, and then growth is 1.
      return try call.gradients(of: [rows * growth])
    }
    let middle = try (call.inputs[0] + twin.inputs[0]) * 0.5
    func products(_ scale: Tensor) throws -> [Tensor?] {
      try NodeCall.gradients(
        of: [rows * scale], through: call.repeated(with: [middle, call.inputs[1]]), call.label)
    }
    return [try products((growth + 1) * 0.5)[0], try products(growth)[1]]
  }
}

/// The rule of DeepLIFT for max pooling: a rise is the winner's, a fall the reference's winner's.
///
///     Δy > 0:  to i = argmax x,   m_out Δy/Δxᵢ;      Δy < 0:  to j = argmax x₀,  m_out Δy/Δxⱼ
///
/// Both ratios lie in 0…1, for `Δxᵢ = xᵢ − x₀ᵢ ≥ xᵢ − max x₀ = Δy`, and likewise for j; so
/// `m_in·Δx = m_out·Δy` for every window, and nothing blows up. What windows that overlap give one
/// place adds up. Where `Δx` is too small to divide by, the gradient.
struct WinnerRule: BackwardRule {
  let reference: Trace

  /// Contributions of rises and falls, divided by the differences of the places that get them.
  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    let twin = try reference.twin(of: call)
    guard let rows = outgoing[0], let here = call.outputs[0], let there = twin.outputs[0] else {
      return [nil]
    }
    func routed(_ rows: Tensor, by call: NodeCall) throws -> Tensor {
      let others = [Tensor?](repeating: nil, count: outgoing.count - 1)
      guard call.inputs.count == 1, let routed = try call.gradients(of: [rows] + others)[0] else {
        throw NetworkError.noRule(operation: call.operation, at: call.label)
      }
      return routed
    }
    let rises = try routed(rows * (here - there).relu(), by: call)
    let falls = try routed(rows * (there - here).relu(), by: twin)
    return [
      try SafeDivisor(call.inputs[0] - twin.inputs[0])
        .quotient(rises - falls, nearZero: routed(rows, by: call))
    ]
  }
}

/// Differences that ratios are taken to, and where they are too small for that; see ``RescaleRule``.
private struct SafeDivisor {
  private let differences: Tensor
  private let isNearZero: Tensor

  init(_ differences: Tensor) throws {
    let smallest = 8 * Float((differences.elementType ?? .float32).spacing)
    isNearZero = try differences.magnitudes().isLess(than: smallest)
    self.differences = try .choosing(
      Tensor(1).on(differences.device), where: isNearZero, otherwise: differences)
  }

  /// Dividends by the differences, or other numbers where those are near 0.
  func quotient(_ dividends: Tensor, nearZero others: Tensor) throws -> Tensor {
    try .choosing(others, where: isNearZero, otherwise: dividends / differences)
  }
}

extension Trace {
  /// The same call in this trace of the same program.
  func twin(of call: NodeCall) throws(NetworkError) -> NodeCall {
    guard let twin = self.call(at: call.index), twin.inputs.count == call.inputs.count else {
      throw .noRule(operation: call.operation, at: call.label)
    }
    return twin
  }
}
