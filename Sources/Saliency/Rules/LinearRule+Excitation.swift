internal import Tensors

extension LinearRule {
  /// Excitation backpropagation: the probability that an input wins, given that a result has won.
  ///
  ///     P(in) = x ⊙ W₊ᵀ (P(out) ⊘ (W₊ x))        (3, 4)
  ///
  /// Equations 3 and 4 of [Zhang et al. 2018]: excitatory weights only, no bias. What arrives at a
  /// result that nothing excites ends there.
  ///
  /// - Parameters:
  ///   - negatives: What becomes of negative inputs.
  ///   - isInhibitory: Whether the negated weights excite, as at the top of the contrastive method.
  ///
  /// [Zhang et al. 2018]: https://doi.org/10.1007/s11263-017-1059-x
  static func excitation(_ negatives: MWP.Negatives, isInhibitory: Bool = false) -> LinearRule {
    let inhibitory: Change = { weight throws(TensorError) in try (weight * -1).relu() }
    let part = Part(
      input: negatives == .drop ? positive : unchanged, weight: isInhibitory ? inhibitory : positive
    )
    return LinearRule(
      shares: [Share(parts: [part])], stabiliser: negatives == .drop ? .leastOfPositive : .least)
  }
}
