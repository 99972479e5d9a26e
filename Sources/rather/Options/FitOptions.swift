import ArgumentParser
import Confusion
import Files
import Foundation
import Terms

/// Fitting a tree's probabilities to documents, its structure kept.
struct FitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Fit the probabilities to these documents first, by exact EM; the structure is kept.",
      valueName: "documents"))
  var fit: String?

  @Flag(help: "Fit: leave several roots independent instead of joining them under one.")
  var independentRoots = false

  @Option(help: ArgumentHelp("Fit: the most iterations.", valueName: "count"))
  var iterations = 100

  @Option(help: ArgumentHelp("Fit: what is added to each expected count.", valueName: "number"))
  var pseudoCount = 1.0

  @Option(help: "Fit: the number that all randomness follows from.")
  var seed: UInt64 = 0

  func validate() throws {
    if iterations < 1 { throw ValidationError("--iterations must be 1 or more") }
    if !(pseudoCount >= 0 && pseudoCount.isFinite) {
      throw ValidationError("--pseudo-count must be 0 or more")
    }
  }

  /// The tree with fitted probabilities, or as it is where there is nothing to fit to.
  func fitted(_ file: TreeFile) throws -> TreeFile {
    guard let fit else { return file }
    let documents = try Documents.read(fit)
    Documents.tellStrangers(documents, in: file.tree)
    let meter = Meter("fitting", patience: 1)
    let method = ExpectationMaximization(
      iterations: iterations, pseudoCount: pseudoCount, seed: Seed(seed),
      threads: ProcessInfo.processInfo.activeProcessorCount)
    let start = independentRoots ? file.tree : try file.tree.joined()
    let fitted = try method.fit(start, to: documents.corpus) { meter.show($0) }
    return TreeFile(
      fitted.tree, origin: try origin(documents, fitted.tree), form: file.form)
  }

  private func origin(_ documents: DocumentFile, _ tree: LatentTree) throws -> TreeOrigin {
    let score = try tree.score(of: documents.corpus)
    return TreeOrigin(
      learner: "fit",
      settings: ["iterations": "\(iterations)", "pseudoCount": "\(pseudoCount)"], seed: seed,
      documents: .init(
        file: URL(filePath: documents.path).lastPathComponent, sha256: documents.sha256,
        count: score.documents, dropped: score.dropped),
      logLikelihood: score.logLikelihoodPerDocument)
  }
}
