public import ArgumentParser
public import Documents
import Sessions

extension Shard: ExpressibleByArgument {
  /// Reads `2/8`.
  public init?(argument: String) { self.init(argument) }

  /// As it is typed.
  public var defaultValueDescription: String { "\(number)/\(count)" }
}

/// `rather documents DIR|LIST`: the documents of pictures.
struct CollectDocuments: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    commandName: "collect",
    abstract: "Makes documents from pictures; the word “collect” may be left out.",
    discussion: """
      Pictures that cannot be read are named and left out; in that case the exit status is 65. \
      Finished work is kept in FILE.part until FILE is complete, so that the same command resumes \
      where an earlier run ended.
      """)

  @Argument(
    help: ArgumentHelp(
      "A folder of pictures, or a text file with one path per line, relative to that "
        + "file; - reads the list from standard input."))
  var pictures: String

  @OptionGroup(title: "Network") var network: NetworkOptions

  @Option(help: "The probability that the classes of a document exceed together, 0…1.")
  var mass = Sessions.Documents().mass

  @Option(help: ArgumentHelp("The largest number of classes in a document.", valueName: "count"))
  var atMost: Int?

  @Option(
    help: ArgumentHelp(
      "Make one of several parts, such as 2/8. The file's name must end in .gz, and "
        + "its header says which part it is.",
      valueName: "i/n"))
  var shard = Sessions.Documents().shard

  @Option(
    help: ArgumentHelp(
      "Pictures per pass of the network. (default: \(DocumentRun.defaultBatch))", valueName: "count"
    ))
  var batch: Int?

  @OptionGroup var memory: MemoryOption

  @OptionGroup var output: DocumentOutput

  var memoryBytes: Int { memory.bytes }

  func validate() throws {
    try usage {
      var request = Sessions.Documents()
      (request.mass, request.atMost, request.batch) = (mass, atMost, batch)
      try request.validate()
    }
  }

  func run() throws {
    var request = Sessions.Documents()
    request.pictures = pictures
    request.network = try network.choice()
    (request.mass, request.atMost, request.batch) = (mass, atMost, batch)
    (request.shard, request.memory) = (shard, memory.allowance)
    (request.file, request.force) = (output.output, output.force)
    let answer = try request.answered()
    try DocumentsCommand.tell(
      answer.summary, of: shard, labels: request.network.namesFile, asJSON: output.json)
    if answer.summary.failed > 0 {
      throw PartlyFailed(failed: answer.summary.failed, total: answer.pictureCount)
    }
  }
}
