import ArgumentParser
import Evaluation
import Sessions
import Terms

/// `rather evaluate --images DIR|LIST`: the measuring itself.
struct EvaluateRun: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Measures methods over pictures; the word “run” may be left out.",
    discussion: """
      Pictures that cannot be read are named, recorded and left out; in that case the exit status \
      is 65. RUN/records.sqlite stores finished pictures, one transaction each.
      """)

  @OptionGroup(title: "Network") var network: NetworkOptions

  @Option(
    help: ArgumentHelp(
      "A folder of pictures, or a text file with one path per line, relative to that "
        + "file; - reads the list from standard input.",
      valueName: "dir|list"))
  var images: String

  @OptionGroup(title: "Clusters") var clusters: EvaluatedClusterOptions
  @OptionGroup(title: "Methods") var methods: EvaluatedMethodOptions
  @OptionGroup(title: "Measures") var metrics: MetricOptions

  @Option(name: [.short, .long], help: ArgumentHelp("The folder of the run.", valueName: "folder"))
  var output: String

  @Option(help: ArgumentHelp("Only this many pictures, from the first on.", valueName: "count"))
  var limit: Int?

  @OptionGroup var memory: MemoryOption

  @Option(help: "The number that all randomness follows from.")
  var seed: UInt64 = 0

  @Flag(
    help: """
      Print JSON: {alteredPictures, failed, methods, pairless, pairs, path, pictures, sharedPictures}.
      """)
  var json = false

  var memoryBytes: Int { memory.bytes }

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more") }
  }

  func run() throws {
    var request = Evaluate()
    request.network = try network.choice()
    request.pictures = images
    (request.clusters, request.metrics) = (clusters.choice, metrics.choice)
    methods.choose(in: &request)
    (request.folder, request.limit) = (output, limit)
    (request.memory, request.seed) = (memory.allowance, seed)
    let answer = try request.answered()
    try tell(answer.summary)
    if answer.summary.failed > 0 {
      throw PartlyFailed(failed: answer.summary.failed, total: answer.pictureCount)
    }
  }

  private func tell(_ summary: EvaluationSummary) throws {
    if json { return try Console.json(summary) }
    Console.show(
      "\(summary.path): \(Counted.text(summary.pictures, "picture")), "
        + "\(Counted.text(summary.pairs, "pair")), \(Counted.text(summary.methods, "method"))")
    if summary.pairless > 0 {
      Console.message(
        "\(summary.pairless) of the pictures \(summary.pairless == 1 ? "has" : "have") no two likely "
          + "classes in one cluster, so there is nothing to tell apart.")
    }
    Console.show("next: rather evaluate report \(summary.path)")
  }
}
