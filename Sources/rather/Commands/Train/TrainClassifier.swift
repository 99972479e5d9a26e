import ArgumentParser
import Datasets
import Foundation
import Networks
import Training

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

  func validate() throws { try options.validate(epochs: epochs, sizes: 16...512) }

  func run() throws {
    try Destination.claim(options)
    let (dataset, square) = try shortcuts.changed(options.dataset(), seed: options.chosenSeed)
    let meter = Meter("training")
    var training = ClassifierTraining(for: dataset.train.count, seed: options.chosenSeed)
    if let epochs { training.epochCount = epochs }
    training.device = try options.chosenDevice()
    let outcome = try training.train(on: dataset) { meter.show($0) }
    try Destination.save(to: options.output) { try outcome.network.write(to: $0) }
    Console.show(String(format: "Test accuracy %.4f", outcome.test.accuracy))
    for line in try shortcuts.lines(about: outcome.network, square: square, on: dataset.test) {
      Console.show(line)
    }
    Console.show(options.output)
  }
}
