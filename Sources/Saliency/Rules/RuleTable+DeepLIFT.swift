internal import Networks
internal import Tensors

extension RuleTable {
  /// The rules of DeepLIFT between a trace at a reference and the one that is walked.
  ///
  /// There is none for softmax, attention, norms over the values themselves, and for what is
  /// unknown: what it would miss, completeness would lack.
  static func deepLIFT(reference: Trace) -> RuleTable {
    RuleTable(
      [
        .kinds(.activation, rule: RescaleRule(reference: reference)),
        .operators(
          "aten::exp", "aten::expm1", "aten::log", "aten::log1p", "aten::sqrt", "aten::rsqrt",
          "aten::reciprocal", "aten::square", "aten::pow", "aten::abs", "aten::neg", "aten::erf",
          "aten::sin", "aten::cos", rule: RescaleRule(reference: reference)),
        .kinds(.maxPooling, rule: WinnerRule(reference: reference)),
        .calls(where: \.isExactQuotient, rule: QuotientRule(reference: reference)),
        .calls(where: \.isPolynomial, rule: MidpointRule(reference: reference)),
      ], otherwise: nil)
  }
}

extension NodeCall {
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
    case .convolution, .linear, .averaging, .sum, .difference, .product, .concatenation,
      .rearrangement:
      true
    case .batchNormalization:
      // By the picture's own statistics it is no polynomial.
      if case .bool(true)? = argument(5, "training") { false } else { true }
    default: false
    }
  }
}
