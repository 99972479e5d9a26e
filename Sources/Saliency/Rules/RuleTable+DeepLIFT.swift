internal import Networks
internal import Tensors

extension RuleTable {
  /// The rules of DeepLIFT between a trace at a reference and the one that is walked.
  ///
  /// What has no rule of its own takes the mean of its gradient on the way, which says itself where it
  /// fails; see ``PathRule``.
  static func deepLIFT(reference: Trace) -> RuleTable {
    RuleTable(
      [
        .calls(where: { !$0.hasConstants(of: reference) }, rule: RefusingRule()),
        .calls(where: \.isOneByOne, rule: RescaleRule(reference: reference)),
        .calls(
          where: { $0.kind == .maxPooling && $0.inputs.count == 1 },
          rule: WinnerRule(reference: reference)),
        .calls(where: \.isExactQuotient, rule: QuotientRule(reference: reference)),
        .calls(where: \.isPolynomial, rule: MidpointRule(reference: reference)),
        .calls(where: \.usesOwnStatistics, rule: NormalizationDifference(reference: reference)),
        .kinds(.softmax, rule: SoftmaxDifference(reference: reference)),
      ], otherwise: PathRule(reference: reference))
  }
}

extension NodeCall {
  /// Whether each of its results is made of one number of its one input.
  fileprivate var isOneByOne: Bool {
    (kind == .activation || kind == .elementwise) && inputs.count == 1
      && outputs.first??.shape == inputs[0].shape
  }

  /// Whether it divides without rounding.
  fileprivate var isExactQuotient: Bool {
    guard kind == .quotient, case .string? = argument(2, "rounding_mode") else {
      return kind == .quotient
    }
    return false
  }

  /// Whether each result is a polynomial of degree 2 or less in all inputs together.
  fileprivate var isPolynomial: Bool {
    switch kind {
    case .linear: inputs.count <= 2
    case .convolution, .averaging, .resampling, .sum, .difference, .product, .concatenation,
      .rearrangement, .selection:
      true
    case .batchNormalization:
      // By the picture's own statistics it is no polynomial.
      if case .bool(true)? = argument(5, "training") { false } else { true }
    default: false
    }
  }
}
