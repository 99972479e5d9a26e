public import Datasets
public import Tensors
public import Terms

/// How autoencoders are trained: Adam, a learning rate that rises over the first twentieth of the
/// steps and then falls as a cosine.
///
/// A variational one (Kingma and Welling 2014) minimises, by one draw z = μ + σ ε a picture,
///
///     −log p(x | z) + D_KL(N(μ, σ²) ‖ N(0, I))          (equation 10)
///
/// and its saved encoder gives μ. A plain one decodes the code itself and minimises the first term
/// alone; its codes are then changed such that those of the training pictures have mean 0 and
/// covariance I, and decode to the same pictures. Where the pictures are too few to fix the covariance,
/// those kept for testing decide how much of it is taken to be the same in all directions
/// (``GeneratorOutcome/codeShrinkage``), so that codes of other pictures lie at √k too.
///
/// - Randomness: weights, the order of the pictures and ε follow from `seed`; the same seed gives the
///   same weights on the same machine.
public struct AutoencoderTraining: Sendable {
  /// What a code is.
  public enum Coding: Hashable, Sendable {
    /// A draw from the encoder's distribution.
    case variational
    /// What the encoder gives.
    case plain
  }

  /// What a code is.
  public var coding: Coding
  /// The length of a code.
  public var latentLength: Int
  /// Passes over the training pictures.
  public var epochCount: Int
  /// Pictures a step.
  public var batchSize: Int
  /// The highest learning rate.
  public var rate: Double
  /// What all randomness follows from.
  public var seed: Seed
  /// Where the steps are computed; the generator that comes of them lies on the processor.
  public var device = Device.cpu

  /// Describes a training run.
  public init(
    _ coding: Coding, latentLength: Int = 32, epochCount: Int = 10, batchSize: Int = 128,
    rate: Double = 2e-3, seed: Seed
  ) {
    self.coding = coding
    self.latentLength = latentLength
    self.epochCount = epochCount
    self.batchSize = batchSize
    self.rate = rate
    self.seed = seed
  }

  /// Describes a run for a number of pictures: ten passes over many, more over few, so that there
  /// are some thousand steps.
  public init(_ coding: Coding, for pictureCount: Int, seed: Seed) {
    let batchSize = min(128, max(16, pictureCount / 16))
    let steps = max(pictureCount / batchSize, 1)
    self.init(
      coding, epochCount: min(max(10, 2000 / steps), 200),
      batchSize: batchSize, seed: seed)
  }

  /// Trains an autoencoder and measures it.
  ///
  /// - Complexity: one forward and one backward pass a picture and epoch.
  /// - Throws: ``DatasetError/alike(_:)``.
  public func train(on dataset: Dataset, progress: ProgressHandler) throws -> GeneratorOutcome {
    try dataset.checkDifferences()
    var run = try AutoencoderRun(self, dataset)
    for epoch in 0..<max(epochCount, 0) {
      try run.pass(epoch, progress)
    }
    return try run.outcome()
  }

  var isVariational: Bool { coding == .variational }
}
