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
