import ArgumentParser
import Sessions

/// `rather train gan`: a generator trained against a critic.
struct TrainGAN: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    commandName: "gan",
    abstract: "Trains the generator of a Wasserstein GAN and saves it with its card.",
    discussion: """
      FILE.pt2 is the generator, FILE.json the card, and FILE-training a page about the run. \
      Python's torch.export.load opens the network.
      """)

  @OptionGroup var options: GeneratorOptions

  var memoryBytes: Int { options.training.memory.bytes }

  func run() throws { try TrainingOptions.run(options.request(.gan)) }
}
