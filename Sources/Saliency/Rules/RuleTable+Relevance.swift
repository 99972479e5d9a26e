internal import Networks
internal import Tensors

/// The rules of relevance that methods choose; all others are the same for each.
struct RelevanceChoices {
  /// Entries that go before all others.
  var special: [RuleTable.Entry] = []
  /// The rules of convolutions and linear layers.
  var linear: [RuleTable.Entry]
  /// The rules of sums, differences and means.
  var sums: [RuleTable.Entry]
  /// Who takes what arrives at a product of two values.
  var sharing = ProductRule.Sharing.signal
  /// What an input contributes to a product of matrices.
  var products = ContributionRule(stabiliser: .least)
  /// The rule of normalisations by statistics of their own, and of batch normalisation that no layer took up.
  var normalization: any BackwardRule = HeldDeviationRule(stabiliser: .least)
  /// The rule of batch normalisation that no layer took up.
  var affine: any BackwardRule = ContributionRule(stabiliser: .least)
}

extension RuleTable {
  /// A table for relevance, all of whose rules are linear in what arrives.
  ///
  /// Whatever keeps numbers as they are, moves, picks or copies them, sends relevance the same way
  /// back, and so does what turns numbers into others one by one: all of `R` passes, whatever
  /// `f(x)/x` is. Of a quotient the divisor is held constant. A softmax at the network's very end is passed
  /// by: its argument is the logits, up to a constant.
  static func relevance(of trace: Trace, _ choices: RelevanceChoices) -> RuleTable {
    let last = trace.calls.last?.index
    let product = ProductRule(
      in: trace, sharing: choices.sharing, contribution: choices.products)
    return RuleTable(
      choices.special
        + [.calls(where: \.isOfTwoValues, rule: product)] + choices.linear + choices.sums
        + [
          .calls(where: { $0.index == last && $0.kind == .softmax }, rule: PassRule()),
          .kinds(.softmax, rule: SoftmaxRule(stabiliser: .least)),
          .kinds(.activation, .elementwise, .quotient, .product, rule: PassRule()),
          .calls(where: \.usesOwnStatistics, rule: choices.normalization),
          .kinds(.batchNormalization, rule: choices.affine),
          .kinds(.norm, rule: choices.products),
          .kinds(
            .rearrangement, .concatenation, .maxPooling, .extreme, .selection, rule: GradientRule()),
        ], otherwise: nil)
  }
}
