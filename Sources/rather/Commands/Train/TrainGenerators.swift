import ArgumentParser
import Sessions

/// `rather train vae`: a generator with an encoder, whose codes are drawn from N(0, I).
struct TrainVAE: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    commandName: "vae",
    abstract: "Trains a variational autoencoder and saves its decoder, encoder and card.",
    discussion: TrainAutoencoder.discussion)

  @OptionGroup var options: GeneratorOptions

  var memoryBytes: Int { options.training.memory.bytes }

  func run() throws { try TrainingOptions.run(options.request(.vae)) }
}

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

/// `rather train autoencoder`: a generator with an encoder, whose codes have N(0, I)'s moments.
struct TrainAutoencoder: ParsableCommand, MemoryBounded {
  static let configuration = CommandConfiguration(
    commandName: "autoencoder",
    abstract: "Trains a plain autoencoder and saves its decoder, encoder and card.",
    discussion: discussion)

  static let discussion = """
    FILE.pt2 is the decoder, FILE-encoder.pt2 the encoder, FILE.json the card, and FILE-training a \
    page about the run. Python's torch.export.load opens the networks.
    """

  @OptionGroup var options: GeneratorOptions

  var memoryBytes: Int { options.training.memory.bytes }

  func run() throws { try TrainingOptions.run(options.request(.autoencoder)) }
}
