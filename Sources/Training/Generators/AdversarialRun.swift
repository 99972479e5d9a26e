internal import Datasets
internal import Foundation
internal import Networks
internal import Tensors
internal import Terms

/// A generator and its critic while they are trained.
struct AdversarialRun {
  private let training: AdversarialTraining
  private let dataset: Dataset
  private let layout: CodingLayout
  private let card: GeneratorCard
  private let generator: Program
  private let critic: Critic
  private let batches: Batches
  private let streams: RandomStream
  private var generatorAdam: Adam
  private var criticAdam: Adam
  private var step = 0
  private var shown: Float = 0
  private var learnt: AveragedCurve
  private var tested = LossCurve(name: "test")

  init(_ training: AdversarialTraining, _ dataset: Dataset) throws {
    self.training = training
    self.dataset = dataset
    let set = dataset.train
    layout = CodingLayout(
      pictureShape: [set.channels, set.height, set.width], latentLength: training.latentLength,
      hiddenLength: AdversarialTraining.hiddenLength)
    card = .trained(.gan, latentLength: training.latentLength, on: set)
    streams = RandomStream(training.seed)
    generator = try layout.normalizedDecoder(draw: streams.stream(for: Stream.generator))
      .on(training.device)
    critic = try Critic(
      layout.encoder(
        outputCount: 1, isLeaky: true, draw: streams.stream(for: Stream.critic))
    ).on(training.device)
    generatorAdam = try Adam(generator.parameters, betas: (0.5, 0.9))
    criticAdam = try Adam(critic.parameters, betas: (0.5, 0.9))
    batches = Batches(set, card.output, size: training.batchSize)
    learnt = AveragedCurve(name: "training", stepCount: batches.count * training.epochCount)
  }

  /// Takes the critic once over the training pictures.
  mutating func pass(_ epoch: Int, _ progress: ProgressHandler) throws {
    let total = batches.count * training.epochCount
    var order = streams.stream(for: Stream.order).stream(for: epoch)
    let shuffled = order.permutation(of: dataset.train.count)
    for batch in 0..<batches.count {
      let rate = training.rate * LearningRate.schedule(step, of: total)
      let pictures = try batches.batch(batch, of: shuffled).input.on(training.device)
      try judge(pictures, rate: rate)
      step += 1
      if step % training.criticStepCount == 0 { try generate(rate: rate) }
      if batch == batches.count - 1 { tested.add(Double(try distance()), at: step) }
      try progress(
        ProgressUpdate(
          completed: step, total: total,
          note: "epoch \(epoch + 1), distance \(String(format: "%.2f", shown))"))
    }
  }

  /// The trained generator, measured.
  func outcome() throws -> GeneratorOutcome {
    let codes = try codes(AdversarialTraining.codeCount, Stream.statistics, 0).on(.cpu)
    let trained = try generator.replacing(parameters: generatorAdam.parameters).on(.cpu)
    let decoder = try layout.decoder(endsInSigmoid: true, draw: RandomStream(training.seed))
      .replacing(parameters: layout.foldedParameters(of: trained, codes: codes))
    return GeneratorOutcome(
      generator: try Generator(decoder: decoder, encoder: nil, card: card),
      test: .adversarial(distance: try distance()), curves: [learnt.curve, tested])
  }

  /// A step of the critic.
  private mutating func judge(_ pictures: Tensor, rate: Double) throws {
    let count = pictures.shape[0]
    let made = try generated(codes(count, Stream.criticCodes, step))
    var draw = streams.stream(for: Stream.shares).stream(for: step)
    let shares = try Tensor((0..<count).map { _ in draw.uniform() }, shape: [count, 1, 1, 1])
      .on(training.device)
    var distance: Float = 0
    try criticAdam.step(rate: rate) { [critic] parameters in
      let difference = try critic.difference(pictures, made, at: parameters)
      distance = try difference.detached().number()
      return try critic.penalty(pictures, made, shares: shares, at: parameters) * 10 - difference
    }
    learnt.add(distance, at: step + 1)
    shown += (distance - shown) / Float(min(step + 1, 50))
  }

  /// A step of the generator.
  private mutating func generate(rate: Double) throws {
    let codes = try codes(training.batchSize, Stream.generatorCodes, step)
    let critic = critic.replacing(criticAdam.parameters)
    try generatorAdam.step(rate: rate) { [generator] parameters in
      try critic.score(generator.recordedOutput(for: codes, at: parameters)) * -1
    }
  }

  /// The critic's estimate of the distance between generated and test pictures, at most 2,000.
  private func distance() throws -> Float {
    let set = dataset.test
    let pass = Batches(set, card.output, size: 250)
    let critic = critic.replacing(criticAdam.parameters)
    let chosen = min(set.count, 2000).batches(of: 250)
    var sum: Float = 0
    for (i, indices) in chosen.enumerated() {
      let pictures = try pass.pictures(Array(indices)).on(training.device)
      let made = try generated(codes(indices.count, Stream.test, i))
      sum +=
        try critic.difference(pictures, made, at: [:]).detached().number() * Float(indices.count)
    }
    return sum / Float(min(set.count, 2000))
  }

  private func generated(_ codes: Tensor) throws -> Tensor {
    try generator.replacing(parameters: generatorAdam.parameters).output(for: codes)
  }

  private func codes(_ count: Int, _ purpose: Int, _ index: Int) throws -> Tensor {
    var draw = streams.stream(for: purpose).stream(for: index)
    return try Tensor.normals([count, training.latentLength], from: &draw).on(training.device)
  }

  /// What each part of a run draws from.
  private enum Stream {
    static let (generator, critic, order, criticCodes, generatorCodes) = (0, 1, 2, 3, 4)
    static let (shares, test, statistics) = (5, 6, 7)
  }
}
