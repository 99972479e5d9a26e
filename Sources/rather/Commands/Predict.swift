import ArgumentParser
import Sessions

/// `rather predict`: what the network answers.
struct Predict: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    abstract: "Prints the likeliest classes of pictures.")

  @Argument(help: "Pictures, or folders of pictures.")
  var pictures: [String]

  @OptionGroup(title: "Network") var network: NetworkOptions
  @OptionGroup(title: "Network") var region: RegionOption

  @Option(help: "How many classes to print.")
  var top = Sessions.Predict().top

  @Flag(help: "Print JSON: [{file, top: [{index, label, probability, logit}], seen}].")
  var json = false

  @OptionGroup var memory: MemoryOption

  var memoryBytes: Int { memory.bytes }

  func validate() throws {
    try usage {
      var request = Sessions.Predict()
      request.top = top
      try request.validate()
    }
  }

  func run() throws {
    var request = Sessions.Predict()
    (request.pictures, request.top) = (pictures, top)
    request.network = try network.choice()
    request.region = region.region
    request.memory = memory.allowance
    let answer = try request.answered { item in
      if json { return }
      Console.show(item.name)
      Console.show(text: item.summary)
    }
    if json { try Console.json(answer.rows) }
    if answer.failed > 0 {
      throw PartlyFailed(failed: answer.failed, total: answer.failed + answer.rows.count)
    }
  }
}
