import ArgumentParser
import Confusion
import Files
import Foundation
import Terms

/// `rather tree learn`: which classes a network confuses, from documents.
struct TreeLearn: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "learn",
    abstract: "Learns a latent tree of classes from documents.",
    discussion: """
      Documents are text, plain or compressed by gzip, as `rather documents` writes them: one line \
      per example, with class indices separated by blanks, likeliest first. Documents of one class \
      say nothing about confusion and are left out.

        rather tree learn docs.txt.gz -o tree.json --labels labels.txt --seed 1
        rather tree learn docs.txt.gz -o tree.json --correlation-threshold off
        rather tree learn docs.txt.gz -o plain.json --by agglomerative

      The tree's file holds the structure, the probabilities, the labels, the settings, the seed \
      and the checksum of the documents. The same documents, settings and seed give the same \
      bytes. The methods agglomerative and louvain are for comparison; their trees have no \
      probabilities (`rather tree score --fit` fits them).
      """)

  @Argument(help: "The documents.")
  var documents: String

  @Option(name: [.short, .long], help: ArgumentHelp("The file to write.", valueName: "file.json"))
  var output: String

  @Option(
    help: ArgumentHelp("Also write a Bayesian network in BIF.", valueName: "file.bif"))
  var modelFile: String?

  @Option(
    help: ArgumentHelp(
      "Also write the form of the trees that CWOX published.", valueName: "file.json"))
  var publishedFile: String?

  @OptionGroup var labels: LabelsOption

  @Option(help: ArgumentHelp("How the tree is learnt.", valueName: "method"))
  var by = TreeMethod.hlta

  @Option(help: "The number that all randomness follows from.")
  var seed: UInt64 = 0

  @OptionGroup var threads: ThreadsOption
  @OptionGroup var overwriting: OverwritingOption

  @OptionGroup(title: "hlta") var hlta: HLTAOptions
  @OptionGroup(title: "agglomerative and louvain") var clustering: ClusteringOptions

  @Flag(help: "Print what was found as JSON.")
  var json = false

  /// What was found.
  struct Facts: Encodable {
    let clusters: [Int]
    let classes: Int
    let origin: TreeOrigin?

    init(_ file: TreeFile) {
      (clusters, classes) = (file.tree.levelSizes, file.tree.leaves.count)
      origin = file.origin
    }
  }

  func validate() throws {
    let paths = [output, modelFile, publishedFile].compactMap(\.self)
    if Set(paths.map { URL(filePath: $0).standardizedFileURL.path }).count < paths.count {
      throw ValidationError("-o, --model-file and --published-file must name different files")
    }
    let strange =
      (by == .hlta ? [] : hlta.given) + clustering.strange(to: by)
      + (by == .louvain && threads.threads != nil ? ["--threads"] : [])
    if let option = strange.first {
      throw ValidationError("\(option) is no option of --by \(by.rawValue)")
    }
    let isBIF = modelFile != nil || TreeForm(named: output) == .bif
    if isBIF && by != .hlta {
      throw ValidationError(
        "BIF needs probabilities, which \(by.rawValue) does not give; fit them afterwards by "
          + "`rather tree convert TREE --fit DOCUMENTS -o FILE.bif`")
    }
  }

  func run() throws {
    try overwriting.check(
      [output, modelFile, publishedFile], beside: [documents] + labels.inputs)
    let names = try labels.read()
    let file = try DocumentSource.read(documents, classCount: names?.names.count)
    warn(ofLong: file.corpus)
    let meter = Meter("learning")
    let found = try found(from: file.corpus, names) { meter.show($0) }
    let tree = TreeFile(
      names.map { found.tree.labelled(by: $0) } ?? found.tree,
      origin: found.origin(by, of: file, seed: seed))
    try write(tree)
    warn(of: file.corpus, isNamed: names != nil)
    if json { try Console.json(Facts(tree)) } else { show(tree) }
  }

  private func found(
    from corpus: Corpus, _ names: ClassLabels?, _ progress: ProgressHandler
  ) throws -> FoundTree {
    switch by {
    case .hlta:
      try FoundTree(
        by: hlta.learning(seed: Seed(seed), threads: threads.count), from: corpus, progress)
    case .agglomerative:
      try clustering.agglomerated(
        corpus, seed: Seed(seed), threads: threads.count, progress)
    case .louvain: try clustering.louvain(corpus, seed: Seed(seed))
    }
  }

  /// Says why learning will take long.
  private func warn(ofLong corpus: Corpus) {
    let length = corpus.tokens.count / max(corpus.count, 1)
    guard length > 30 else { return }
    Console.message(
      "Long documents, of \(length) classes on average, cost the square of their "
        + "length; `rather documents --at-most 5` makes shorter ones.")
  }

  /// Says what the tree cannot be trusted for.
  private func warn(of corpus: Corpus, isNamed: Bool) {
    if !isNamed {
      Console.message(
        "Without --labels, the tree's classes are numbers, and nothing can tell "
          + "whether the tree belongs to the network it is used with.")
    }
    let classCount = corpus.classes.count
    if corpus.count < classCount {
      Console.message(
        "\(Counted.text(corpus.count, "document")) of \(Counted.text(classCount, "class", "classes")) "
          + "\(corpus.count == 1 ? "is" : "are") too few for clusters to be relied on."
      )
    }
  }

  private func write(_ tree: TreeFile) throws {
    var files = [(path: output, bytes: try tree.text(TreeForm(named: output)))]
    if let modelFile { files.append((modelFile, try tree.text(.bif))) }
    if let publishedFile { files.append((publishedFile, try tree.text(.published))) }
    try WholeFile.write(files)
  }

  private func show(_ file: TreeFile) {
    let sizes = file.tree.levelSizes.map(String.init).joined(separator: ", ")
    Console.show("clusters        \(sizes), from the lowest level up")
    Console.show("classes         \(file.tree.leaves.count)")
    for fact in file.origin?.results ?? [] {
      Console.show(fact.name.padding(toLength: 16, withPad: " ", startingAt: 0) + fact.text)
    }
    for path in [output, modelFile, publishedFile] { if let path { Console.show(path) } }
  }
}
