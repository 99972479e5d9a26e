internal import Foundation

/// How likely documents are under a latent tree.
public struct TreeScore: Hashable, Codable, Sendable {
  /// How many documents were judged, N.
  public let documents: Int
  /// How many were not, because they name fewer than two classes of the tree.
  public let dropped: Int
  /// `LL = Σ ln P(document)`.
  public let logLikelihood: Double
  /// `LL / N`.
  public let logLikelihoodPerDocument: Double
  /// How many probabilities are free, d.
  public let parameterCount: Int
  /// `LL − d/2 · ln N`; larger is better.
  public let bic: Double

  init(cases: TreeCases, logLikelihood: Double, parameterCount: Int) {
    (documents, dropped) = (cases.documents, cases.dropped)
    (self.logLikelihood, self.parameterCount) = (logLikelihood, parameterCount)
    logLikelihoodPerDocument = logLikelihood / Double(cases.documents)
    bic = logLikelihood - Double(parameterCount) / 2 * log(Double(cases.documents))
  }
}

extension LatentTree {
  /// How many probabilities of the tree are free: one for a root, two for every other variable.
  public var parameterCount: Int { 2 * (latents.count + leaves.count) - roots.count }

  /// How likely documents are, in natural logarithms.
  ///
  ///     LL = Σ_documents ln P(x),   BIC = LL − d/2 ln N
  ///
  /// A document is the full vector of which of the tree's classes are present. Those that name fewer
  /// than two are dropped and counted; classes that the tree has not are passed over.
  ///
  /// - Parameter threads: How many work; the result is the same for any number.
  /// - Complexity: O(words · depth of the tree).
  /// - Throws: ``InferenceError``.
  public func score(of corpus: Corpus, threads: Int = 1) throws(InferenceError) -> TreeScore {
    try score(of: TreeCases(corpus, in: self), threads: threads)
  }

  /// How likely documents are that were read for this tree, or for one of the same structure.
  ///
  /// - Throws: ``InferenceError``.
  public func score(of cases: TreeCases, threads: Int = 1) throws(InferenceError) -> TreeScore {
    guard let distribution else { throw .noDistribution }
    try cases.layout.check(self)
    guard cases.documents > 0 else { throw .noDocuments(dropped: cases.dropped) }
    let base = AbsenceMessages(distribution, layout: cases.layout)
    let counts = ExpectedCounts.over(cases, base, .likelihood, threads: threads)
    guard counts.impossible == 0 else { throw .impossible(documents: Int(counts.impossible)) }
    return TreeScore(
      cases: cases, logLikelihood: counts.logLikelihood, parameterCount: parameterCount)
  }
}
