import ArgumentParser
import Contrast
import Documents
import Evaluation
import Files
import Foundation
import Networks
import Saliency
import Sessions
import Tensors
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

  @Option(name: [.long, .short], help: ArgumentHelp("The folder of the run.", valueName: "folder"))
  var out: String

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
    let network = try self.network.choice()
    if let threads = network.threads { try LibTorch.setThreadCount(threads) }
    let device = try network.chosenDevice()
    let loaded = try network.load()
    if loaded.card.task == .regression { throw EvaluationError.regression }
    let source = try clusters.source(for: loaded.labels)
    var settings = try EvaluationSettings(
      partition: source.partition, from: source.origin, mass: clusters.mass, top: clusters.top,
      contrast: methods.contrast, metrics: metrics.settings, deleted: metrics.deleted(seed),
      ground: metrics.ground(seed))
    settings.seed = Seed(seed)
    let job = try EvaluationJob(
      of: .told(at: images), limit: limit ?? .max, by: loaded,
      networkSHA256: SHA256.hex(ofFile: network.model), settings: settings,
      candidates: methods.candidates(for: loaded, on: device, seed: Seed(seed)),
      schemes: methods.schemes.list)
    var meter = Meter("evaluation", unit: EvaluationJob.progressSteps)
    let summary = try job.run(
      in: out, on: device, workers: LibTorch.threadCount,
      memory: Resources(memory: memory.bytes, beside: loaded).memory
    ) { done in
      if done > 0 {
        Console.message("resuming after \(done) of \(Counted.text(job.names.count, "picture"))")
      }
      meter = Meter(
        "evaluation", before: done * EvaluationJob.progressSteps,
        unit: EvaluationJob.progressSteps)
    } failure: {
      Console.message("Error: \($0)")
    } progress: {
      meter.show($0)
    }
    try tell(summary)
    if summary.failed > 0 {
      throw PartlyFailed(failed: summary.failed, total: job.names.count)
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
