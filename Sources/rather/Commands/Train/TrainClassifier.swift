import ArgumentParser
import Sessions

/// `rather train classifier`: a small convolutional classifier.
struct TrainClassifier: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    commandName: "classifier",
    abstract: "Trains a small convolutional classifier and saves it as .pt2 with its card.",
    discussion: "Python's torch.export.load opens the file.")

  @OptionGroup var options: TrainingOptions

  @Option(
    help: ArgumentHelp(
      "Passes over the training pictures. (default: 4, or more where they are few)",
      valueName: "count"))
  var epochs: Int?

  @OptionGroup(title: "Shortcuts") var shortcuts: ShortcutOptions

  var memoryBytes: Int { options.memory.bytes }

  func validate() throws { try usage { try request.validate() } }

  private var request: Sessions.Train {
    var request = options.request(.classifier)
    (request.epochs, request.shortcuts) = (epochs, shortcuts.choice)
    return request
  }

  func run() throws { try TrainingOptions.run(request) }
}
