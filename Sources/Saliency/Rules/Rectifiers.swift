internal import Networks
internal import Tensors

/// The rule of guided backpropagation at a rectifier: its gradient, of positive signals alone.
///
///     R_in = f′(x) ⊙ max(0, R_out)
///
/// For `f` = ReLU this is [Springenberg et al. 2015]: a signal passes where both it and what the
/// rectifier read are positive.
///
/// [Springenberg et al. 2015]: https://arxiv.org/abs/1412.6806
struct GuidedRectifier: BackwardRule {
  /// The positive signals, times the slope.
  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    guard let rows = outgoing[0] else { return [nil] }
    return [try rows.relu() * call.slopes()]
  }
}

/// The rule of the deconvolutional network at a rectifier: positive signals, whatever it read.
///
///     R_in = max(0, R_out)
///
/// For `f` = ReLU this is [Zeiler and Fergus 2014].
///
/// [Zeiler and Fergus 2014]: https://arxiv.org/abs/1311.2901
struct DeconvolvedRectifier: BackwardRule {
  /// The positive signals.
  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    [try outgoing[0]?.relu()]
  }
}

extension RuleTable {
  /// One rule at rectifiers, the gradient elsewhere.
  ///
  /// Rectifiers are ReLU and the activations that stand where a ReLU could: they fade out or are cut
  /// off below, and features pass them. Sigmoid, hard sigmoid and tanh do not; where networks of
  /// pictures have them they are gates, whose negative signals are no less worth, so they take the
  /// gradient.
  static func rectifiers(_ rule: any BackwardRule) -> RuleTable {
    RuleTable(
      [
        .operators(
          "aten::relu", "aten::relu6", "aten::hardtanh", "aten::clamp", "aten::clamp_min",
          "aten::leaky_relu", "aten::prelu", "aten::rrelu", "aten::threshold", "aten::elu",
          "aten::selu", "aten::celu", "aten::gelu", "aten::silu", "aten::mish", "aten::hardswish",
          "aten::softplus", rule: rule)
      ], otherwise: GradientRule())
  }
}

extension NodeCall {
  /// The derivative of each result with respect to the one number that it is made of, for operators
  /// that turn numbers into others one by one.
  ///
  /// - Shapes: those of the result.
  func slopes() throws -> Tensor {
    let output = try output
    let ones = try Tensor(1).converted(to: output.elementType ?? .float32).on(output.device)
      .expanded([1] + output.shape)
    guard inputs.count == 1, let slopes = try gradients(of: [ones])[0] else {
      throw NetworkError.noRule(operation: operation, at: label)
    }
    return try slopes.select(axis: 0, index: 0)
  }
}
