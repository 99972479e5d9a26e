internal import Networks
internal import Tensors

/// Relevance follows what each input contributed: additions, means, sums along axes.
///
///     R(in) = x ⊙ ∂fᵀ (R(out) ⊘ ẑ),   z = f(x)
///
/// It is LRP-ε of an operator whose weights are fixed, such as a residual's 1 and 1; a constant
/// addend absorbs its part as a bias does.
struct ContributionRule: BackwardRule {
  /// What stands for the inputs.
  var input: LinearRule.Change = LinearRule.unchanged
  /// What keeps denominators from 0.
  let stabiliser: Stabiliser

  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    guard let relevance = outgoing.first ?? nil else { return call.inputs.map { _ in nil } }
    let inputs = try call.inputs.map { try input($0) }
    let made = try call.repeated(with: inputs)
    guard let z = try made.outputs.first??.detached() else {
      throw NetworkError.noRule(operation: call.operation, at: call.label)
    }
    let rows = try relevance / stabiliser(z)
    return try zip(inputs, NodeCall.gradients(of: [rows], through: made, call.label)).map {
      input, back in try back.map { try input * $0 }
    }
  }
}
