import ArgumentParser
import Confusion
import Foundation

/// `rather tree score`: how likely documents are under a tree.
struct TreeScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Scores documents under a tree.",
    discussion: """
      Prints the log-likelihood, in natural logarithms, and the BIC: the log-likelihood minus half \
      the number of free probabilities times the logarithm of the number of documents. For both, \
      more is better. A document is the full vector of which of the tree's classes it names; \
      documents that name fewer than two are dropped.

        rather tree score tree.json held-out.txt.gz
        rather tree score published.json held-out.txt.gz --fit docs.txt.gz
      """)

  @OptionGroup var options: TreeOptions

  @Argument(help: "The documents to score.")
  var documents: String

  @OptionGroup(title: "Fit") var fit: FitOptions

  @OptionGroup var threads: ThreadsOption

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let file = try options.read()
    if file.tree.distribution == nil && fit.fit == nil { throw InferenceError.noDistribution }
    let judged = try DocumentSource.read(documents)
    DocumentSource.tellStrangers(judged, in: file.tree)
    let score = try fit.fitted(file, threads: threads.count).tree.score(
      of: judged.corpus, threads: threads.count)
    if json { return try Console.json(score) }
    Console.show(
      "documents       \(score.documents)", "dropped         \(score.dropped)",
      "log-likelihood  \(String(format: "%.4f", score.logLikelihoodPerDocument)) a document",
      "BIC             \(String(format: "%.1f", score.bic)) (\(score.parameterCount) free probabilities)"
    )
  }
}
