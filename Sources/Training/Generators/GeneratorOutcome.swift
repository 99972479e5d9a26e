public import Networks

/// A trained generator, how it does on the test pictures, and how it came there.
public struct GeneratorOutcome: Sendable {
  /// The generator, ready to draw.
  public let generator: Generator
  /// What the test pictures say.
  public let test: GeneratorTest
  /// What was minimised, over the steps.
  public let curves: [LossCurve]
  /// The share of the codes' covariance that was taken to be the same in all directions, 0…1: more than 0
  /// where the pictures were too few to fix it. `nil` where codes are not changed after training.
  public var codeShrinkage: Double?
}

/// What test pictures say of a generator.
public enum GeneratorTest: Hashable, Sendable {
  /// Of a variational autoencoder: nats a picture of the two terms of the bound, and the mean square
  /// of the difference between a picture and what its mean code decodes to, in pixels of 0…1.
  case variational(crossEntropy: Float, divergence: Float, squaredError: Float)
  /// Of an autoencoder: the mean square of the difference between a picture and its reconstruction.
  case autoencoder(squaredError: Float)
  /// Of an adversarial generator: the last critic's estimate of the Wasserstein distance between
  /// generated and test pictures. Estimates of different critics are not to be compared.
  case adversarial(distance: Float)
}

/// A number that was followed over a training run.
public struct LossCurve: Hashable, Sendable {
  /// What it is called.
  public let name: String
  /// The steps at which it was taken.
  public private(set) var steps: [Int] = []
  /// Its values there.
  public private(set) var values: [Double] = []

  /// Starts an empty curve.
  public init(name: String) { self.name = name }

  /// Adds a value.
  public mutating func add(_ value: Double, at step: Int) {
    steps.append(step)
    values.append(value)
  }
}
