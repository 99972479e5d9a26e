import ArgumentParser
import Datasets
import Networks
import Training

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

  func run() throws { try Self.run(options, .plain) }

  static func run(
    _ options: GeneratorOptions, _ coding: AutoencoderTraining.Coding
  ) throws {
    let destination = GeneratorDestination(options: options.training)
    try destination.claim(encoder: true)
    let dataset = try options.dataset()
    let meter = Meter("training")
    var training = AutoencoderTraining(
      coding, for: dataset.train.count, seed: options.training.chosenSeed)
    if let epochs = options.epochs { training.epochCount = epochs }
    if let latent = options.latent { training.latentLength = latent }
    training.device = try options.training.chosenDevice()
    let outcome = try training.train(on: dataset) { meter.show($0) }
    try destination.save(
      outcome, of: dataset,
      settings: options.settings(
        epochCount: training.epochCount, batchSize: training.batchSize, rate: training.rate))
  }
}
