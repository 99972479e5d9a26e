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

  @Option(
    help: ArgumentHelp(
      "Fit: the largest number of iterations. (default: \(defaults.iterations))", valueName: "count"
    ))
  var iterations: Int?

  @Option(
    help: ArgumentHelp(
      "Fit: the number that is added to each expected count. (default: \(defaults.pseudoCount))",
      valueName: "number"))
  var pseudoCount: Double?

  @Option(
    help: ArgumentHelp(
      "Fit: the number that all randomness follows from. (default: \(defaults.seed.value))",
      valueName: "seed"))
  var seed: UInt64?

  private static let defaults = ExpectationMaximization(seed: Seed(0))

  /// The files that are read.
  var inputs: [String] { fit.map { [$0] } ?? [] }

  /// The options given that do nothing without `--fit`.
  private var given: [String] {
    [
      ("--independent-roots", independentRoots), ("--iterations", iterations != nil),
      ("--pseudo-count", pseudoCount != nil), ("--seed", seed != nil),
    ].filter(\.1).map(\.0)
  }

  func validate() throws {
    if fit == nil, let option = given.first { throw Self.idle(option) }
    if let iterations, iterations < 1 { throw ValidationError("--iterations must be 1 or more") }
    if let pseudoCount, !(pseudoCount >= 0 && pseudoCount.isFinite) {
      throw ValidationError("--pseudo-count must be 0 or more")
    }
  }

  /// What to say of an option that only a fit has a use for.
  static func idle(_ option: String) -> ValidationError {
    ValidationError("\(option) does nothing without --fit DOCUMENTS")
  }

  /// The tree with fitted probabilities, or as it is where there is nothing to fit to.
  func fitted(_ file: TreeFile, threads: Int) throws -> TreeFile {
    guard let fit else { return file }
    let documents = try DocumentSource.read(fit)
    DocumentSource.tellStrangers(documents, in: file.tree)
    let bar = ProgressBar("fitting")
    var method = Self.defaults
    method.threads = threads
    if let iterations { method.iterations = iterations }
    if let pseudoCount { method.pseudoCount = pseudoCount }
    if let seed { method.seed = Seed(seed) }
    let start = independentRoots ? file.tree : try file.tree.joined()
    let fitted = try method.fit(start, to: documents.corpus) { bar.show($0) }
    let score = try fitted.tree.score(of: documents.corpus, threads: threads)
    let origin = TreeOrigin(
      learner: "fit",
      settings: [
        "iterations": "\(method.iterations)", "pseudoCount": "\(method.pseudoCount)",
        "independentRoots": "\(independentRoots)",
      ], seed: method.seed.value,
      documents: .init(
        file: URL(filePath: documents.path).lastPathComponent, sha256: documents.sha256,
        count: score.documents, dropped: score.dropped),
      logLikelihood: score.logLikelihoodPerDocument, structure: file.origin)
    return TreeFile(fitted.tree, origin: origin, form: file.form)
  }
}
