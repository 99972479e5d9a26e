import ArgumentParser
import Sessions

/// What to train on, where, and what to write.
struct TrainingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "fashion-mnist, mnist, or a folder that holds one folder of pictures per class, "
        + "or IDX files under MNIST's names.",
      valueName: "data"))
  var data: String

  @Option(help: ArgumentHelp("The folder that holds the published data set.", valueName: "folder"))
  var from: String?

  @Option(name: [.short, .long], help: ArgumentHelp("The file to write.", valueName: "file.pt2"))
  var output: String

  @Option(help: "For a folder: the side of the pictures as the network sees them, in pixels.")
  var size = Sessions.Train().size

  @Option(help: "The number that all randomness follows from.")
  var seed = Sessions.Train().seed

  @Option(
    help: ArgumentHelp("Where to compute: cpu, cuda or cuda:1. (default: cpu)", valueName: "device")
  )
  var device: String?

  @OptionGroup var memory: MemoryOption

  @OptionGroup var overwriting: OverwritingOption

  /// The request to train a network of a kind that the words make.
  func request(_ kind: Sessions.Train.Kind) -> Sessions.Train {
    var request = Sessions.Train(kind)
    (request.data, request.from, request.file, request.size) = (data, from, output, size)
    (request.seed, request.device, request.memory) = (seed, device, memory.allowance)
    request.force = overwriting.force
    return request
  }

  /// Trains, and prints what was measured and where it lies.
  static func run(_ request: Sessions.Train) throws {
    let answer = try request.answered()
    for line in answer.lines + answer.files { Console.show(line) }
  }
}
