internal import Networks
internal import Tensors

/// A relevance rule of an operator that is affine in its input: convolutions of all kinds, linear
/// layers, matrix products with a constant.
///
///     z      = Σ_p f(x_p; w_p, b_p)
///     R(in)  = Σ_shares c Σ_p x_p ⊙ ∂f(x_p; w_p, b_p)ᵀ (R(out) ⊘ ẑ)
///
/// A share distributes c times what arrives in proportion to what its parts p contribute: modified
/// inputs `x_p` times modified weights. The call is made again with those, and its
/// vector-Jacobian product does the rest, so the rule holds for every operator of the kind.
///
/// - Shapes: `R` is `[R]` + the shape of the result or the input.
struct LinearRule: BackwardRule {
  /// A change of an input, a weight or a bias.
  typealias Change = @Sendable (Tensor) throws(TensorError) -> Tensor

  /// Inputs times weights that contribute to a share.
  struct Part: Sendable {
    /// What stands for the inputs.
    var input: Change = LinearRule.unchanged
    /// What stands for the weights.
    var weight: Change = LinearRule.unchanged
    /// What stands for the bias; `nil` for none.
    var bias: Change?
    /// What the contributions are multiplied by.
    var factor: Float = 1
    /// Whether the inputs are only the negative ones, so that there may be none.
    var isOfNegativeInputs = false
  }

  /// A part of the relevance that is distributed by contributions of its own.
  struct Share: Sendable {
    /// How much of what arrives.
    var factor: Float = 1
    /// What contributes.
    let parts: [Part]
    /// Where the share holds, from what the call gave; `nil` for everywhere.
    var mask: Change?
  }

  /// What is distributed.
  let shares: [Share]
  /// What keeps denominators from 0.
  let stabiliser: Stabiliser

  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    guard let relevance = outgoing.first ?? nil else { return [nil] }
    let constants = try LinearConstants(of: call)
    let input = call.inputs[0]
    let wantsNegatives = shares.contains { $0.parts.contains(where: \.isOfNegativeInputs) }
    let hasNegatives = try wantsNegatives && input.extremes().lowerBound < 0
    var sum: Tensor?
    for share in shares {
      let parts = share.parts.filter { hasNegatives || !$0.isOfNegativeInputs }
      let made = try parts.map { part in try call.made(again: part, constants) }
      guard let z = try Tensor.sum(made.map(\.contribution)) else { continue }
      var rows = try relevance / stabiliser(z)
      if let mask = share.mask { rows = try rows * mask(call.output) }
      for (part, made) in zip(parts, made) {
        guard let back = try call.gradients(of: rows, through: made) else { continue }
        let factor = part.factor * share.factor
        let received = try made.input * back
        let weighted = factor == 1 ? received : try received * factor
        sum = try sum.map { try $0 + weighted } ?? weighted
      }
    }
    return [sum]
  }

  /// As it is.
  static let unchanged: Change = { tensor throws(TensorError) in tensor }
  /// The positive ones, 0 for the others.
  static let positive: Change = { tensor throws(TensorError) in try tensor.relu() }
  /// The negative ones, 0 for the others.
  static let negative: Change = { tensor throws(TensorError) in
    try tensor.clamped(to: -.infinity...0)
  }
  /// 1 for each.
  static let ones: Change = { tensor throws(TensorError) in try tensor * 0 + 1 }
}

/// A call made again for one part of a share.
private struct PartialCall {
  let input: Tensor
  let call: (leaves: [Tensor], outputs: [Tensor?])
  let contribution: Tensor
}

extension NodeCall {
  fileprivate func made(
    again part: LinearRule.Part, _ constants: LinearConstants
  ) throws -> PartialCall {
    let input = try part.input(inputs[0])
    let weight = constants.weight
    var changes: [(Int, String, Value)] = [
      (weight.position, weight.name, .tensor(try part.weight(weight.tensor)))
    ]
    if let bias = constants.bias {
      let changed = try part.bias.map { try $0(bias.tensor) } ?? bias.tensor * 0
      changes.append((bias.position, bias.name, .tensor(changed)))
    }
    let call = try repeated(with: [input], replacing: changes)
    guard let output = call.outputs.first ?? nil else {
      throw NetworkError.noRule(operation: operation, at: label)
    }
    let z = try output.detached()
    return PartialCall(
      input: input, call: call, contribution: part.factor == 1 ? z : try z * part.factor)
  }

  fileprivate func gradients(of rows: Tensor, through made: PartialCall) throws -> Tensor? {
    try NodeCall.gradients(of: [rows], through: made.call, label)[0]
  }
}

extension Tensor {
  /// The sum of tensors of one shape; `nil` of none.
  fileprivate static func sum(_ tensors: [Tensor]) throws(TensorError) -> Tensor? {
    guard var sum = tensors.first else { return nil }
    for tensor in tensors.dropFirst() { sum = try sum + tensor }
    return sum
  }
}

extension LinearRule {
  /// LRP-ε: relevance follows what each input contributed, and the bias absorbs its part.
  ///
  ///     R_i = Σ_j x_i w_ij / (z_j + ε sign z_j) · R_j        (58)
  ///
  /// Equation 58 of [Bach et al. 2015]; ε = 0 is LRP-0.
  ///
  /// [Bach et al. 2015]: https://doi.org/10.1371/journal.pone.0130140
  static func epsilon(_ epsilon: Float) -> LinearRule {
    LinearRule(
      shares: [Share(parts: [Part(bias: unchanged)])], stabiliser: Stabiliser(epsilon: epsilon))
  }
}
