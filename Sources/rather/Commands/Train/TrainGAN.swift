import ArgumentParser
import Datasets
import Networks
import Training

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

  func run() throws {
    let destination = GeneratorDestination(options: options.training)
    try destination.claim(encoder: false)
    let dataset = try options.dataset()
    let meter = Meter("training")
    var training = AdversarialTraining(
      for: dataset.train.count, seed: options.training.chosenSeed)
    if let epochs = options.epochs { training.epochCount = epochs }
    if let latent = options.latent { training.latentLength = latent }
    training.device = try options.training.chosenDevice()
    let outcome = try training.train(on: dataset) { meter.show($0) }
    try destination.save(
      outcome, of: dataset,
      settings: options.settings(
        epochCount: training.epochCount, batchSize: training.batchSize, rate: training.rate)
        + [("steps of the critic for each of the generator", "\(training.criticStepCount)")])
  }
}
