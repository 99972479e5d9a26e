internal import Networks
internal import Tensors

/// The rule of LRP for a normalisation by own statistics: the deviation is held constant, and
/// relevance follows what each number contributed, to the mean too.
///
///     R(in) = x ⊙ ∂zᵀ (R(out) ⊘ ẑ),   z = γ (x − mean x)/σ + β,   σ constant
///
/// Proposition 3.4 of [Achtibat et al. 2024]; before them, [Ali et al. 2022]. The shift β absorbs its
/// part, as a bias does.
///
/// [Achtibat et al. 2024]: https://arxiv.org/abs/2402.05602
/// [Ali et al. 2022]: https://arxiv.org/abs/2202.07304
struct HeldDeviationRule: BackwardRule {
  /// What keeps denominators from 0.
  let stabiliser: Stabiliser

  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    guard let relevance = outgoing.first ?? nil, let output = call.outputs.first ?? nil else {
      return [nil]
    }
    let statistics = try OwnStatistics(of: call)
    let type = relevance.elementType ?? .float32
    var slope = statistics.inverseDeviation
    if let factor = statistics.factor { slope = try slope * factor }
    let rows = try statistics.grouped(relevance / stabiliser(output))
    let back = try statistics.decentred(rows * slope.converted(to: type))
    return [try call.inputs[0] * statistics.ungrouped(back)]
  }
}

/// The rule of DeepLIFT for a normalisation by own statistics: its parts, each with the rule of its kind.
///
///     c = x − mean x,   v = mean c² + ε,   r = v^−½,   y = γ c r + β
///     Δ(c r) = A Δc + B Δr,   Δr = −(r r₀)²/(r + r₀) Δv,   Δv = mean ((c + c₀) Δc)
///
/// with `A` the smaller of r and r₀, and `B` that of c and c₀ whose spread is smaller: of the two orders in
/// which both factors can change, the one in which nothing grows without bound. Where a reference has one
/// colour, r₀ may be `1/√ε`, and half of each would multiply rounding a thousandfold. All of it is
/// identities, so `m_in·Δx = m_out·Δy`.
struct NormalizationDifference: BackwardRule {
  let reference: Trace

  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    guard let rows = outgoing.first ?? nil else { return [nil] }
    let here = try OwnStatistics(of: call)
    let there = try OwnStatistics(of: reference.twin(of: call))
    let type = rows.elementType ?? .float32
    let (r, r0) = (here.inverseDeviation, there.inverseDeviation)
    let isSpreadMore = try (r - r0).isLess(than: 0)
    let a = try Tensor.choosing(r, where: isSpreadMore, otherwise: r0)
    let b = try Tensor.choosing(there.centred, where: isSpreadMore, otherwise: here.centred)
    let sum = try here.centred + there.centred
    let slope = try (r * r0).squared() / (r + r0) * -1
    let scale = Float(1) / Float(here.centred.shape[1])
    var m = try here.grouped(rows)
    if let factor = here.factor { m = try m * factor.converted(to: type) }
    let onDeviation = try (m * b.converted(to: type)).sum(axes: [2])
    let spread = try (sum * slope * scale).converted(to: type)
    let onCentred = try m * a.converted(to: type) + onDeviation.withAxis(at: 2) * spread
    return [try here.ungrouped(here.decentred(onCentred))]
  }
}
