public import Datasets
internal import Foundation
public import Networks
public import Tensors
public import Terms

/// How a classifier is trained: cross-entropy, Adam, a learning rate that rises over the first
/// twentieth of the steps and then falls as a cosine.
///
/// What is normalised over batches in training is normalised by the moments of training pictures in the end, so that the
/// trained network treats every picture alone.
///
/// - Randomness: weights and the order of the pictures follow from `seed`; the same seed gives the
///   same weights on the same machine.
public struct ClassifierTraining: Sendable {
  /// Which network is trained.
  public var architecture = ClassifierArchitecture.small
  /// Passes over the training pictures.
  public var epochCount: Int
  /// Pictures a step.
  public var batchSize: Int
  /// The highest learning rate.
  public var rate: Double
  /// What all randomness follows from.
  public var seed: Seed
  /// Where the steps are computed; the network that comes of them lies on the processor.
  public var device = Device.cpu

  /// Describes a training run.
  public init(epochCount: Int = 4, batchSize: Int = 128, rate: Double = 1.5e-3, seed: Seed) {
    self.epochCount = epochCount
    self.batchSize = batchSize
    self.rate = rate
    self.seed = seed
  }

  /// Describes a run for a number of pictures: a few passes over many, more over few, so that there
  /// are some hundred steps.
  public init(
    _ architecture: ClassifierArchitecture = .small, for pictureCount: Int, seed: Seed
  ) {
    let batchSize = min(128, max(16, pictureCount / 16))
    let steps = max(pictureCount / batchSize, 1)
    let epochCount = max(architecture.epochCount, architecture.leastStepCount / steps)
    self.init(
      epochCount: min(epochCount, 60), batchSize: batchSize, rate: architecture.rate, seed: seed)
    self.architecture = architecture
  }

  /// A trained network with its card, and how it does on the test pictures.
  public struct Outcome: Sendable {
    /// The network with its card, ready to be asked or written.
    public let network: Network
    /// The classes that it gives the test pictures, with their probabilities.
    public let test: ClassifierTest
  }

  /// Trains a classifier and measures it.
  ///
  /// - Complexity: one forward and one backward pass a picture and epoch.
  public func train(on dataset: Dataset, progress: ProgressHandler) throws -> Outcome {
    let set = dataset.train
    let inputShape = [set.channels, set.height, set.width]
    let design = architecture.design(inputShape: inputShape, classCount: set.classNames.count)
    let card = Self.card(for: set, layer: design.explainedLayer)
    let batches = try Batches(set, card.input, size: batchSize)
    let program = try design.program(
      LayerBuilder(inputShape: inputShape, draw: RandomStream(seed))
    ).on(device)
    var adam = try Adam(program.parameters)
    let epochCount = max(epochCount, 0)
    let total = epochCount * batches.count
    var loss: Float = 0
    for epoch in 0..<epochCount {
      var order = RandomStream(seed).stream(for: epoch)
      let shuffled = order.permutation(of: set.count)
      for batch in 0..<batches.count {
        let step = epoch * batches.count + batch
        let (input, target) = try batches.batch(batch, of: shuffled)
        let found = try program.parameterGradients(at: adam.parameters, input: input.on(device)) {
          try crossEntropy($0, target.on(device))
        }
        try adam.update(found.gradients, rate: rate * LearningRate.schedule(step, of: total))
        loss += (try found.loss.number() - loss) / Float(min(step + 1, 50))
        let done = step + 1
        try progress(
          ProgressUpdate(
            completed: done, total: total, note: "epoch \(epoch + 1), loss \(Self.short(loss))"))
      }
    }
    var order = RandomStream(seed).stream(for: epochCount)
    let shuffled = order.permutation(of: set.count)
    let seen = (0..<min(batches.count, Self.measuredBatchCount)).map { batch in
      { try batches.batch(batch, of: shuffled).input }
    }
    let trained = try program.replacing(parameters: adam.parameters).on(.cpu)
    let network = try Network(
      program: design.settled(trained, over: seen), card: card, cardPath: "card")
    return Outcome(network: network, test: try ClassifierTest(of: network, on: dataset.test))
  }

  /// The batches whose moments become those of normalisations.
  private static let measuredBatchCount = 32

  private static func card(for set: PictureSet, layer: String) -> Card {
    let statistics = set.channelStatistics
    return Card(
      task: .classification, output: .logits, labels: .list(set.classNames),
      input: Preprocessing(
        height: set.height, width: set.width, channels: set.channels,
        channelOrder: set.channels == 1 ? .gray : .rgb, mean: statistics.mean, std: statistics.std,
        resize: .squash, crop: 1),
      layers: .init(cluster: layer, class: layer))
  }

  private func crossEntropy(_ logits: Tensor, _ target: Tensor) throws -> Tensor {
    try Self.loss.get().tensor([.tensor(logits), .tensor(target)], recording: .on)
  }

  private static let loss = Result { () throws(TensorError) in
    try Operator("aten::cross_entropy_loss")
  }

  private static func short(_ value: Float) -> String {
    String(format: "%.3f", value)
  }
}
