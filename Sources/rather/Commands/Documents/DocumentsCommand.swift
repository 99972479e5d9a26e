import ArgumentParser
import Documents
import Foundation
import Sessions
import Terms

/// `rather documents`: what a network confuses, picture by picture.
struct DocumentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "documents",
    abstract:
      "Writes the likeliest classes of many pictures, one line each: what confusion "
      + "is learnt from.",
    discussion: """
      A document is the smallest number of likeliest classes whose probabilities sum to more than \
      --mass, likeliest first. The same command resumes a run that was interrupted.

        rather documents photos --model net.pt2 -o docs.txt.gz
        rather documents photos --model net.pt2 --at-most 5 -o docs.txt.gz
        rather documents list.txt --model net.pt2 --shard 2/4 -o docs-2.txt.gz
        rather documents merge docs-*.txt.gz -o docs.txt.gz

      `rather help documents collect` lists the options.
      """,
    subcommands: [CollectDocuments.self, MergeDocuments.self],
    defaultSubcommand: CollectDocuments.self)

  /// What is written, in words or as JSON.
  static func tell(
    _ summary: DocumentSummary, of shard: Shard = .whole, labels: String? = nil, asJSON: Bool
  ) throws {
    if asJSON { return try Console.json(summary) }
    Console.show(
      "\(summary.path): \(Counted.text(summary.documents, "document")) of "
        + String(format: "%.2f", summary.meanLength)
        + " classes on average, \(Counted.text(summary.labels, "class", "classes")) in all")
    if summary.meanLength > 20 {
      Console.message(
        "Such long documents say little and take long to learn from; --at-most 5 keeps them short.")
    }
    if shard.count > 1 {
      Console.show(
        "next, with all \(shard.count) shards: rather documents merge SHARDS -o docs.txt.gz")
    } else {
      let names = labels.map { " --labels \($0)" } ?? ""
      Console.show("next: rather tree learn \(summary.path) -o tree.json\(names)")
    }
  }
}

/// Where documents go.
struct DocumentOutput: ParsableArguments {
  @Option(name: [.short, .long], help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: String

  @Flag(help: "Overwrite an existing file, and the unfinished work of another command.")
  var force = false

  @Flag(help: "Print JSON: {documents, failed, labels, meanLength, path, sha256}.")
  var json = false
}

/// `rather documents merge`: parts joined.
struct MergeDocuments: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Joins files of documents.",
    discussion: """
      Shards of one set are put in the order of their numbers, and all of them must be named; the \
      result equals the undivided set byte for byte. Other files are joined in the order given.
      """)

  @Argument(help: "Files of documents.")
  var files: [String]

  @OptionGroup var output: DocumentOutput

  func run() throws {
    var request = Merge()
    (request.files, request.file, request.force) = (files, output.output, output.force)
    try DocumentsCommand.tell(request.answered(), asJSON: output.json)
  }
}
