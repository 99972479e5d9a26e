public import ArgumentParser
public import Documents
import Files
import Foundation
import Networks
import Saliency
import Sessions
import Tensors
import Terms

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
  var mass: Float = 0.95

  @Option(help: ArgumentHelp("The largest number of classes in a document.", valueName: "count"))
  var atMost: Int?

  @Option(
    help: ArgumentHelp(
      "Make one of several parts, such as 2/8. The file's name must end in .gz, and "
        + "its header says which part it is.",
      valueName: "i/n"))
  var shard: Shard = .whole

  @Option(help: ArgumentHelp("Pictures per pass of the network. (default: 8)", valueName: "count"))
  var batch: Int?

  @OptionGroup var memory: MemoryOption

  @OptionGroup var output: DocumentOutput

  var memoryBytes: Int { memory.bytes }

  func validate() throws {
    if !(mass >= 0 && mass < 1) { throw ValidationError("--mass must be at least 0 and below 1") }
    if let atMost, atMost < 1 { throw ValidationError("--at-most must be 1 or more") }
    if let batch, !(1...4096).contains(batch) {
      throw ValidationError("--batch must be from 1 to 4096")
    }
  }

  private func tell(_ taken: TakenUp, of count: Int) {
    if taken.damaged > 0 {
      Console.message(
        "\(Counted.text(taken.damaged, "line", "lines")) of \(output.out).part cannot be relied on; the pictures they were about "
          + "are computed again")
    }
    if taken.changed > 0 {
      Console.message(
        taken.changed == 1
          ? "1 picture changed since it was read; it is computed again"
          : "\(taken.changed) pictures changed since they were read; they are computed again")
    }
    if taken.done > 0 {
      Console.message("resuming after \(taken.done) of \(Counted.text(count, "picture"))")
    }
  }

  func run() throws {
    let network = try self.network.choice()
    if let threads = network.threads { try LibTorch.setThreadCount(threads) }
    let device = try network.chosenDevice()
    let list = try PictureList.told(at: pictures)
    try output.claim(reading: network.inputs + list.files)
    let loaded = try network.load()
    let run = try DocumentRun(
      of: list, by: loaded, networkSHA256: SHA256.hex(ofFile: network.model),
      settings: DocumentSettings(mass: mass, atMost: atMost, batch: batch), shard: shard)
    let summary: DocumentSummary
    do { summary = try written(run, loaded, on: device) } catch let error as FileError {
      // The place was checked before the network was read.
      throw error.whileWriting
    }
    try DocumentsCommand.tell(summary, of: shard, labels: network.namesFile, asJSON: output.json)
    if summary.failed > 0 {
      throw PartlyFailed(failed: summary.failed, total: run.part.count)
    }
  }

  private func written(
    _ run: DocumentRun, _ network: Network, on device: Device
  ) throws -> DocumentSummary {
    var meter = Meter("documents")
    return try run.write(
      to: output.out, existing: output.existing, on: device, workers: LibTorch.threadCount,
      memory: Resources(memory: memory.bytes, beside: network).memory
    ) { taken in
      tell(taken, of: run.part.count)
      meter = Meter("documents", before: taken.done)
    } failure: {
      Console.message("Error: \($0)")
    } progress: {
      meter.show($0)
    }
  }
}
