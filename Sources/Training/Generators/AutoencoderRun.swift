internal import Datasets
internal import Foundation
internal import Networks
internal import Tensors
internal import Terms

/// An autoencoder while it is trained.
struct AutoencoderRun {
  private let training: AutoencoderTraining
  private let dataset: Dataset
  private let layout: CodingLayout
  private let card: GeneratorCard
  private let coder: Autoencoder
  private let batches: Batches
  private let streams: RandomStream
  private var adam: Adam
  private var step = 0
  private var shown: Float = 0
  private var learnt: AveragedCurve
  private var tested = LossCurve(name: "test")

  init(_ training: AutoencoderTraining, _ dataset: Dataset) throws {
    self.training = training
    self.dataset = dataset
    let set = dataset.train
    layout = CodingLayout(
      pictureShape: [set.channels, set.height, set.width], latentLength: training.latentLength)
    card = .trained(
      training.isVariational ? .vae : .autoencoder, latentLength: training.latentLength, on: set)
    streams = RandomStream(training.seed)
    coder = try Autoencoder(
      layout, isVariational: training.isVariational,
      encoderDraw: streams.stream(for: Stream.encoder),
      decoderDraw: streams.stream(for: Stream.decoder)
    ).on(training.device)
    adam = try Adam(coder.parameters)
    batches = Batches(set, card.output, size: training.batchSize)
    learnt = AveragedCurve(name: "training", stepCount: batches.count * training.epochCount)
  }

  /// Goes once over the training pictures.
  mutating func pass(_ epoch: Int, _ progress: ProgressHandler) throws {
    let total = batches.count * training.epochCount
    var order = streams.stream(for: Stream.order).stream(for: epoch)
    let shuffled = order.permutation(of: dataset.train.count)
    for batch in 0..<batches.count {
      let pictures = try batches.batch(batch, of: shuffled).input.on(training.device)
      let rate = training.rate * LearningRate.schedule(step, of: total)
      let noise = try noise(streams.stream(for: Stream.noise).stream(for: step), pictures.shape[0])
      let found = try adam.step(rate: rate) { [coder] parameters in
        let terms = try coder.loss(of: pictures, noise: noise, at: parameters)
        return try terms.crossEntropy + terms.divergence
      }
      step += 1
      learnt.add(found, at: step)
      shown += (found - shown) / Float(min(step, 50))
      if batch == batches.count - 1 {
        let (crossEntropy, divergence) = try testTerms()
        tested.add(Double(crossEntropy + divergence), at: step)
      }
      try progress(
        ProgressUpdate(
          completed: step, total: total,
          note: "epoch \(epoch + 1), loss \(String(format: "%.2f", shown))"))
    }
  }

  /// The trained generator, measured.
  func outcome() throws -> GeneratorOutcome {
    let k = training.latentLength
    let none = RandomStream(training.seed)
    var parameters = try adam.parameters.mapValues { parameter in try parameter.on(.cpu) }
    for name in ["weight", "bias"] {
      let key = "\(CodingLayout.codeLayer).\(name)"
      parameters[key] = try parameters[key]?.slice(axis: 0, 0..<k).cloned()
    }
    var shrinkage: Double?
    if !training.isVariational {
      let encoder = try layout.encoder(outputCount: k, draw: none)
        .replacing(parameters: parameters)
      let whitening = try Whitening(
        of: Self.codes(of: dataset.train, by: encoder, card),
        judgedBy: Self.codes(of: dataset.test, by: encoder, card))
      try whitening.fold(into: &parameters)
      shrinkage = whitening.shrinkage
    }
    let generator = try Generator(
      decoder: layout.decoder(endsInSigmoid: true, draw: none).replacing(parameters: parameters),
      encoder: layout.encoder(outputCount: k, draw: none).replacing(parameters: parameters),
      card: card)
    return GeneratorOutcome(
      generator: generator, test: try test(generator), curves: [learnt.curve, tested],
      codeShrinkage: shrinkage)
  }

  private func test(_ generator: Generator) throws -> GeneratorTest {
    let squaredError = try generator.squaredError(on: dataset.test)
    guard training.isVariational else { return .autoencoder(squaredError: squaredError) }
    let (crossEntropy, divergence) = try testTerms()
    return .variational(
      crossEntropy: crossEntropy, divergence: divergence, squaredError: squaredError)
  }

  /// The terms over the test pictures; their noise is the same at every call.
  private func testTerms() throws -> (crossEntropy: Float, divergence: Float) {
    var sums: (Float, Float) = (0, 0)
    let set = dataset.test
    let pass = Batches(set, card.output, size: 250)
    for (i, indices) in set.count.batches(of: 250).enumerated() {
      let pictures = try pass.pictures(Array(indices)).on(training.device)
      let noise = try noise(streams.stream(for: Stream.test).stream(for: i), indices.count)
      let terms = try coder.loss(of: pictures, noise: noise, at: adam.parameters)
      sums.0 += try terms.crossEntropy.number() * Float(indices.count)
      sums.1 += try terms.divergence.number() * Float(indices.count)
    }
    return (sums.0 / Float(set.count), sums.1 / Float(set.count))
  }

  /// ε of a batch; nothing is drawn for a plain autoencoder, which has none.
  private func noise(_ stream: RandomStream, _ count: Int) throws -> Tensor {
    guard training.isVariational else { return try Tensor(0) }
    var stream = stream
    return try Tensor.normals([count, training.latentLength], from: &stream).on(training.device)
  }

  /// The codes of a set's pictures, `[N, k]`.
  static func codes(of set: PictureSet, by encoder: Program, _ card: GeneratorCard) throws -> Tensor
  {
    let batches = Batches(set, card.output, size: 250)
    return try Tensor.concatenated(
      set.count.batches(of: 250).map { try encoder.output(for: batches.pictures(Array($0))) })
  }

  /// What each part of a run draws from.
  private enum Stream {
    static let (encoder, decoder, order, noise, test) = (0, 1, 2, 3, 4)
  }
}
