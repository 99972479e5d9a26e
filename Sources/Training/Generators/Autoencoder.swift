internal import Networks
internal import Tensors
internal import Terms

/// An encoder and a decoder as they are trained: the encoder of a variational one gives mean and
/// logarithm of the variance, the decoder logits.
struct Autoencoder {
  private let encoder: Program
  private let decoder: Program
  private let latentLength: Int
  private let isVariational: Bool

  init(
    _ layout: CodingLayout, isVariational: Bool, encoderDraw: RandomStream,
    decoderDraw: RandomStream
  ) throws {
    latentLength = layout.latentLength
    self.isVariational = isVariational
    encoder = try layout.encoder(
      outputCount: isVariational ? 2 * latentLength : latentLength, draw: encoderDraw)
    decoder = try layout.decoder(endsInSigmoid: false, draw: decoderDraw)
  }

  var parameters: [String: Tensor] {
    encoder.parameters.merging(decoder.parameters) { first, _ in first }
  }

  func on(_ device: Device) throws -> Autoencoder {
    Autoencoder(self, try encoder.on(device), try decoder.on(device))
  }

  /// The two terms of the loss for a batch, recorded.
  ///
  /// - Parameter noise: ε, one row a picture; not read by a plain autoencoder.
  func loss(
    of pictures: Tensor, noise: Tensor, at parameters: [String: Tensor]
  ) throws -> (crossEntropy: Tensor, divergence: Tensor) {
    let found = try encoder.recordedOutput(for: pictures, at: parameters)
    func crossEntropy(_ code: Tensor) throws -> Tensor {
      try CodingLoss.crossEntropy(
        logits: decoder.recordedOutput(for: code, at: parameters), pictures: pictures)
    }
    guard isVariational else { return (try crossEntropy(found), try Tensor(0).on(found.device)) }
    let mean = try found.slice(axis: 1, 0..<latentLength)
    let logVariance = try found.slice(axis: 1, latentLength..<2 * latentLength)
    return (
      try crossEntropy(mean + (logVariance * 0.5).exp() * noise),
      try CodingLoss.divergence(mean: mean, logVariance: logVariance)
    )
  }

  private init(_ other: Autoencoder, _ encoder: Program, _ decoder: Program) {
    self.encoder = encoder
    self.decoder = decoder
    latentLength = other.latentLength
    isVariational = other.isVariational
  }
}
