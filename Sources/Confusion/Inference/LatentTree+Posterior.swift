extension LatentTree {
  /// The probability of a document under the tree, `ln P(x)`: these classes are present, and no
  /// others. -∞ where the tree makes it impossible.
  ///
  /// - Throws: ``InferenceError/noDistribution``.
  public func logLikelihood(of document: [Int]) throws(InferenceError) -> Double {
    try passed(document).logLikelihood
  }

  /// `P(Z = 1 | document)` of each latent.
  ///
  /// - Parameter document: Classes, in any order; those that the tree has not are passed over.
  /// - Complexity: O(variables); to score many documents, use ``score(of:threads:)-(Corpus,_)``.
  /// - Throws: ``InferenceError/noDistribution``, ``InferenceError/impossible(documents:)``.
  public func posteriors(of document: [Int]) throws(InferenceError) -> [Double] {
    let passed = try passed(document)
    guard passed.logLikelihood > -.infinity else { throw .impossible(documents: 1) }
    return passed.posteriors.dropFirst().map(\.y)
  }

  private func passed(
    _ document: [Int]
  ) throws(InferenceError) -> (logLikelihood: Double, posteriors: [SIMD2<Double>]) {
    guard let distribution else { throw .noDistribution }
    let tokens = Set(document).sorted().compactMap { $0 < 0 ? nil : Int32(exactly: $0) }
    let cases = TreeCases(
      Corpus(tokens: tokens, starts: [0, tokens.count]), in: self, atLeast: 0)
    let base = AbsenceMessages(distribution, layout: cases.layout)
    let counts = ExpectedCounts.over(cases, base, .counts, threads: 1)
    return (
      counts.impossible > 0 ? -.infinity : counts.logLikelihood,
      counts.joints(base, documents: 1, layout: cases.layout).map {
        [$0.lowHalf.sum(), $0.highHalf.sum()]
      }
    )
  }
}
