internal import Networks
internal import Tensors

/// The rule of AttnLRP for a softmax s inside a network: the first terms of its Taylor series at x.
///
///     R_i = x_i (R′_i − s_i Σ_j R′_j)
///
/// Proposition 3.1 of [Achtibat et al. 2024]. Of a logarithm of a softmax it is input times gradient, too.
/// What the series leaves out is absorbed, as by a bias.
///
/// [Achtibat et al. 2024]: https://arxiv.org/abs/2402.05602
struct SoftmaxRule: BackwardRule {
  /// What keeps the denominators of a logarithm from 0.
  let stabiliser: Stabiliser

  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    guard let relevance = outgoing.first ?? nil else { return [nil] }
    let axis = try call.softmaxAxis
    let output = try call.output
    // What a mask hides has no part, and minus infinity times 0 is no number.
    let x = try call.inputs[0].clamped(to: -1e30...1e30)
    if call.isLogarithm {
      let rows = try relevance / stabiliser(output)
      return [try x * (rows - output.exp() * rows.sum(axes: [axis + 1]).withAxis(at: axis + 1))]
    }
    let sums = try relevance.sum(axes: [axis + 1]).withAxis(at: axis + 1)
    return [try x * (relevance - output * sums)]
  }
}

/// The rule of DeepLIFT for softmax and its logarithm.
///
///     Δp_i = λ_i Δ ln p_i,   Δ ln p_i = Δx_i − ΔL,   L = ln Σ_j exp x_j
///     ΔL = Σ_j w_j Δx_j,     w = λ / Σ_j λ_j
///
/// `λ = Δp/Δ ln p` is the logarithmic mean of p and p₀, which lies between them; the weights w follow from
/// `Σ_i Δp_i = 0`. It is the rescale rule of the exponential on the shares themselves: exactly complete,
/// the same in both directions, blind to what is added to all x, and the gradient where nothing changes.
///
///     m_in,j = λ_j (m_out,j − Σ_i w_i m_out,i)   of p;    m_in,j = m_out,j − w_j Σ_i m_out,i   of ln p
struct SoftmaxDifference: BackwardRule {
  let reference: Trace

  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    guard let rows = outgoing.first ?? nil else { return [nil] }
    let axis = try call.softmaxAxis
    func logarithms(_ call: NodeCall) throws -> Tensor {
      try call.inputs[0].converted(to: .float64).logSoftmax(axis: axis).clamped(to: -1e4...0)
    }
    let (here, there) = try (logarithms(call), logarithms(reference.twin(of: call)))
    let (p, p0) = try (here.exp(), there.exp())
    let change = try here - there
    let isSmall = try change.magnitudes().isLess(than: 1e-6)
    let ones = try change * 0 + 1
    var means = try Tensor.choosing(
      (p + p0) * 0.5, where: isSmall,
      otherwise: (p - p0) / Tensor.choosing(ones, where: isSmall, otherwise: change))
    // Where everything is hidden nothing is a number.
    means = try Tensor.choosing(means, where: means.isLess(than: 2), otherwise: ones * 0)
    let sums = try means.sum(axes: [axis]).withAxis(at: axis)
    let type = rows.elementType ?? .float32
    let weights = try (means / (sums + 1e-30)).converted(to: type)
    if call.isLogarithm {
      return [try rows - weights * rows.sum(axes: [axis + 1]).withAxis(at: axis + 1)]
    }
    let mean = try (rows * weights).sum(axes: [axis + 1]).withAxis(at: axis + 1)
    return [try means.converted(to: type) * (rows - mean)]
  }
}

extension NodeCall {
  /// The axis of a softmax, counted from the first.
  fileprivate var softmaxAxis: Int {
    get throws {
      guard case .int(let axis)? = argument(1, "dim"), let rank = inputs.first?.rank,
        (-rank..<rank).contains(axis)
      else { throw NetworkError.noRule(operation: operation, at: label) }
      return axis < 0 ? axis + rank : axis
    }
  }

  fileprivate var isLogarithm: Bool { operation.contains("log_softmax") }
}
