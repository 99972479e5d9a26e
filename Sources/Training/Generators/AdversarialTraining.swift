public import Datasets
public import Tensors
public import Terms

/// How a generator is trained against a critic, as a Wasserstein GAN (Arjovsky et al. 2017) with the
/// gradient penalty of Gulrajani et al. (2017, algorithm 1):
///
///     critic:     minimise 𝔼 D(G(z)) − 𝔼 D(x) + λ 𝔼 (‖∇D(x̂)‖₂ − 1)²,  λ = 10
///     generator:  minimise −𝔼 D(G(z)),  z ∼ N(0, I)
///
/// The critic makes ``criticStepCount`` steps for each of the generator's. Both learn by Adam with
/// β₁ = 0.5, β₂ = 0.9. The generator's layers are laid out as Radford et al. (2016) do, normalised over
/// the batch; in the end the statistics of `codeCount` codes are folded into its weights, so that
/// what is saved treats every code alone. The critic is thrown away.
///
/// - Randomness: weights, the order of the pictures and codes follow from `seed`; the same seed gives
///   the same weights on the same machine.
public struct AdversarialTraining: Sendable {
  /// The length of a code.
  public var latentLength: Int
  /// Passes of the critic over the training pictures.
  public var epochCount: Int
  /// Pictures a step of the critic.
  public var batchSize: Int
  /// Steps of the critic for each of the generator.
  public var criticStepCount: Int
  /// The highest learning rate of both.
  public var rate: Double
  /// What all randomness follows from.
  public var seed: Seed
  /// Where the steps are computed; the generator that comes of them lies on the processor.
  public var device = Device.cpu

  /// The hidden layer of generator and critic. Without one a critic judges a picture by a sum over
  /// its parts, and parts come to be right that do not belong together.
  static let hiddenLength = 256

  /// Codes whose statistics become those of the saved generator.
  static let codeCount = 2048

  /// Describes a training run.
  public init(
    latentLength: Int = 100, epochCount: Int = 6, batchSize: Int = 64, criticStepCount: Int = 2,
    rate: Double = 5e-4, seed: Seed
  ) {
    self.latentLength = latentLength
    self.epochCount = epochCount
    self.batchSize = batchSize
    self.criticStepCount = criticStepCount
    self.rate = rate
    self.seed = seed
  }

  /// Describes a run for a number of pictures: six passes over many, more over few, so that the
  /// generator makes some thousand steps.
  public init(for pictureCount: Int, seed: Seed) {
    self.init(seed: seed)
    batchSize = min(64, max(16, pictureCount / 16))
    let steps = max(pictureCount / batchSize, 1)
    epochCount = min(max(6, 4000 / steps), 400)
  }

  /// Trains a generator and measures it.
  ///
  /// - Throws: ``DatasetError/alike(_:)``.
  public func train(on dataset: Dataset, progress: ProgressHandler) throws -> GeneratorOutcome {
    try dataset.checkDifferences()
    var run = try AdversarialRun(self, dataset)
    for epoch in 0..<max(epochCount, 0) {
      try run.pass(epoch, progress)
    }
    return try run.outcome()
  }
}
