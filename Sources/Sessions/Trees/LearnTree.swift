public import Confusion
internal import Files
internal import Foundation
internal import Terms

/// Learns which classes a network confuses, from documents, as `rather tree learn` does.
public struct LearnTree: Request {
  /// What commands and manifests call it.
  public static let name = "tree learn"

  /// The file of documents.
  public var documents = ""
  /// The file to write; a Bayesian network where its name ends in `.bif`.
  public var file = ""
  /// A file for a Bayesian network in BIF.
  public var modelFile: String?
  /// A file for the form of the trees that CWOX published.
  public var publishedFile: String?
  /// The names of the classes: a text file with one per line, or a network's card.
  public var labels: String?
  /// How the tree is learnt.
  public var method = TreeLearner.hlta
  /// What all randomness follows from.
  public var seed: UInt64 = 0
  /// Threads; the tree does not depend on their number.
  public var threads: Int?
  /// Whether files that are there are written over.
  public var force = false
  /// Settings of hierarchical latent tree analysis.
  public var hlta = HLTAChoice()
  /// Settings of the methods without a model.
  public var clustering = ClusteringChoice()

  /// Asks nothing yet.
  public init() {}

  /// Fails where its parts do not go together.
  public func validate() throws {
    func fail(_ sentence: String) -> RequestFault { .unfit(sentence) }
    let paths = [file, modelFile, publishedFile].compactMap(\.self)
    if Set(paths.map { URL(filePath: $0).standardizedFileURL.path }).count < paths.count {
      throw fail("-o, --model-file and --published-file must name different files")
    }
    let strange =
      (method == .hlta ? [] : hlta.given) + clustering.strange(to: method)
      + (method == .louvain && threads != nil ? ["--threads"] : [])
    if let option = strange.first {
      throw fail("\(option) is no option of --by \(method.rawValue)")
    }
    let isBIF = modelFile != nil || TreeForm(named: file) == .bif
    if isBIF && method != .hlta {
      throw fail(
        "BIF needs probabilities, which \(method.rawValue) does not give; fit them afterwards by "
          + "`rather tree convert TREE --fit DOCUMENTS -o FILE.bif`")
    }
    if let threads, threads < 1 { throw fail("--threads must be 1 or more") }
    if let counts = clustering.clusterCounts, !counts.allSatisfy({ $0 > 0 }) {
      throw fail("--clusters must be numbers with commas between, such as 300,75,20")
    }
  }

  /// Learns the tree and writes it.
  public func answer(in session: Session, telling: Telling) throws -> TreeFile {
    try Claim.outputs(
      files: [file, modelFile, publishedFile], existing: force ? .overwrite : .refuse,
      reading: [documents] + LabelsFile.inputs(labels), for: telling.outputs)
    let names = try LabelsFile.read(labels)
    let read = try DocumentFile(contentsOf: documents, classCount: names?.names.count)
    if let note = read.omission { telling.note(note) }
    if let note = note(ofLong: read.corpus) { telling.note(note) }
    let found = try found(
      from: read.corpus, threads: threads ?? session.threadCount, telling)
    let tree = TreeFile(
      names.map { found.tree.labelled(by: $0) } ?? found.tree,
      origin: found.origin(method, of: read, seed: seed))
    try write(tree)
    for note in notes(of: read.corpus, isNamed: names != nil) { telling.note(note) }
    return tree
  }

  private func found(
    from corpus: Corpus, threads: Int, _ telling: Telling
  ) throws -> FoundTree {
    let progress = telling.stage("learning")
    switch method {
    case .hlta:
      return try FoundTree(
        by: hlta.learning(seed: Seed(seed), threads: threads), from: corpus, progress)
    case .agglomerative:
      return try clustering.agglomerated(
        corpus, seed: Seed(seed), threads: threads, telling, progress)
    case .louvain: return try clustering.louvain(corpus, seed: Seed(seed))
    }
  }

  /// Why learning will take long.
  private func note(ofLong corpus: Corpus) -> String? {
    let length = corpus.tokens.count / max(corpus.count, 1)
    guard length > 30 else { return nil }
    return "Long documents, of \(length) classes on average, cost the square of their "
      + "length; `rather documents --at-most 5` makes shorter ones."
  }

  /// What the tree cannot be trusted for.
  private func notes(of corpus: Corpus, isNamed: Bool) -> [String] {
    var notes: [String] = []
    if !isNamed {
      notes.append(
        "Without --labels, the tree's classes are numbers, and nothing can tell "
          + "whether the tree belongs to the network it is used with.")
    }
    let classCount = corpus.classes.count
    if corpus.count < classCount {
      notes.append(
        "\(Counted.text(corpus.count, "document")) of \(Counted.text(classCount, "class", "classes")) "
          + "\(corpus.count == 1 ? "is" : "are") too few for clusters to be relied on.")
    }
    return notes
  }

  private func write(_ tree: TreeFile) throws {
    var files = [(path: file, bytes: try tree.text(TreeForm(named: file)))]
    if let modelFile { files.append((modelFile, try tree.text(.bif))) }
    if let publishedFile { files.append((publishedFile, try tree.text(.published))) }
    try WholeFile.write(files)
  }
}

extension DocumentFile {
  /// What of the file was passed over, in a sentence; `nil` for nothing.
  package var omission: String? {
    if emptyLineCount == 0 { return nil }
    return "\(path): passed over \(Counted.text(emptyLineCount, "line")) without a class"
  }
}

/// The ways to find a tree.
public enum TreeLearner: String, CaseIterable, Codable, Hashable, Sendable {
  /// Hierarchical latent tree analysis.
  case hlta
  /// Agglomeration by average linkage.
  case agglomerative
  /// Modularity of the graph of what is confused.
  case louvain
}
