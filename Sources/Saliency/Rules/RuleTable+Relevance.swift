internal import Networks

extension RuleTable {
  /// A table for relevance, all of whose rules are linear in what arrives.
  ///
  /// Whatever keeps numbers as they are, moves, picks or copies them, sends relevance the same way
  /// back. A softmax at the network's very end is passed by: its argument is the logits, up to a
  /// constant. There is no rule for softmax elsewhere, normalisation over an input's own statistics,
  /// or products of two matrices that both follow from the input.
  ///
  /// - Parameters:
  ///   - special: Entries that go before all others.
  ///   - linear: The rule of convolutions and linear layers.
  ///   - sums: The rules of sums, differences and means.
  static func relevance(
    of trace: Trace, special: [Entry] = [], linear: [Entry], sums: [Entry]
  ) -> RuleTable {
    let last = trace.calls.last?.index
    let end = Entry.calls(where: { $0.index == last && $0.kind == .softmax }, rule: PassRule())
    let scaled = Entry.calls(
      where: { $0.kind == .quotient && $0.inputs.count == 1 && $0.constant(0, "self") == nil },
      rule: PassRule())
    return RuleTable(
      special + linear + sums + [
        end, scaled,
        .kinds(.activation, rule: PassRule()), .kinds(.product, rule: ProductRule(in: trace)),
        .kinds(.rearrangement, .concatenation, .maxPooling, rule: GradientRule()),
      ], otherwise: nil)
  }
}
