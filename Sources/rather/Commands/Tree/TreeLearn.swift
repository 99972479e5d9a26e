public import ArgumentParser
import Confusion
import Foundation
public import Sessions

extension TreeLearner: ExpressibleByArgument {}

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
  var by = LearnTree().method

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

  func validate() throws { try usage { try request.validate() } }

  private var request: LearnTree {
    get throws {
      var request = LearnTree()
      (request.documents, request.file, request.labels) = (documents, output, labels.labels)
      (request.modelFile, request.publishedFile) = (modelFile, publishedFile)
      (request.method, request.seed, request.threads) = (by, seed, threads.threads)
      request.force = overwriting.force
      (request.hlta, request.clustering) = (hlta.choice, try clustering.choice)
      return request
    }
  }

  func run() throws {
    let tree = try request.answered()
    if json { try Console.json(Facts(tree)) } else { show(tree) }
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
