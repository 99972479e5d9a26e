public import ArgumentParser
import Sessions
public import Training

extension ClassifierArchitecture: ExpressibleByArgument {}

/// `rather train classifier`: a small classifier.
struct TrainClassifier: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    commandName: "classifier",
    abstract: "Trains a small classifier and saves it as .pt2 with its card.",
    discussion: "Python's torch.export.load opens the file.")

  @OptionGroup var options: TrainingOptions

  @Option(
    help: ArgumentHelp(
      "The network: small (convolutions and two linear layers), resnet, vgg, or vit (a vision transformer).",
      valueName: "name"))
  var architecture = Sessions.Train().architecture

  @Option(
    help: ArgumentHelp(
      "Passes over the training pictures. (default: 4; 5 for resnet, 7 for vit; more where they are few)",
      valueName: "count"))
  var epochs: Int?

  @OptionGroup(title: "Shortcuts") var shortcuts: ShortcutOptions

  var memoryBytes: Int { options.memory.bytes }

  func validate() throws { try usage { try request.validate() } }

  private var request: Sessions.Train {
    var request = options.request(.classifier)
    (request.architecture, request.epochs) = (architecture, epochs)
    request.shortcuts = shortcuts.choice
    return request
  }

  func run() throws { try TrainingOptions.run(request) }
}
