import ArgumentParser
import Datasets
import Report

/// What trainings of generators have in common.
struct GeneratorOptions: ParsableArguments {
  @OptionGroup var training: TrainingOptions

  @Option(
    help: ArgumentHelp("The length of a code. (default: 32; 100 for a GAN)", valueName: "count"))
  var latent: Int?

  @Option(
    help: ArgumentHelp(
      "Passes over the training pictures. (default: the fewer they are, the more passes)",
      valueName: "count"))
  var epochs: Int?

  @OptionGroup(title: "Shortcuts") var shortcuts: ShortcutOptions

  /// Reads the pictures, changed as the shortcuts say.
  func dataset() throws -> Dataset {
    try shortcuts.changed(training.dataset(), seed: training.chosenSeed).dataset
  }

  func validate() throws {
    try training.validate(epochs: epochs, sizes: 16...128)
    if let latent, !(1...4096).contains(latent) {
      throw ValidationError("--latent must be from 1 to 4096")
    }
  }

  /// How a run was made, for its page.
  func settings(epochCount: Int, batchSize: Int, rate: Double) -> [TrainingReport.Fact] {
    [
      ("passes over the training pictures", "\(epochCount)"),
      ("command", CommandLine.quoted), ("pictures a step", "\(batchSize)"),
      ("highest learning rate", "\(rate)"),
    ]
  }
}
