package import Imagery
package import Networks
package import Tensors

/// What numbers an example may have.
public enum PictureRange: String, Hashable, Sendable, Codable, CaseIterable {
  /// Those of pictures: `I(z) = G(z) + Δ` is clipped to 0…1, so that the example is what is saved of it.
  case clipped
  /// Any, as in Feghahati 2020, where `G(z) + Δ` may leave 0…1.
  case free
}

/// Where what a generator draws meets what a network sees: pictures `[N, C, H, W]` in 0…1, at the size
/// of the network's input and in its channels.
package struct PixelSpace: Sendable {
  private let network: Preprocessing
  private let generator: Preprocessing
  private let range: PictureRange

  /// Joins what the two cards say.
  ///
  /// - Throws: ``UnsuitedNetwork/takes(_:)`` for a network that takes no pictures.
  package init(
    of network: Network, and generator: Generator, range: PictureRange = .clipped
  ) throws(UnsuitedNetwork) {
    self.range = range
    self.network = try network.preprocessing
    self.generator = generator.card.output
  }

  /// x: the part of a picture that the network sees, `[1, C, H, W]`.
  package func picture(_ photo: Picture) throws -> Tensor {
    try network.normalisation.undone(from: network.input(from: photo))
  }

  /// The same part as the encoder takes it.
  package func encoderInput(_ photo: Picture) throws -> Tensor {
    try generator.input(from: network.cut(photo))
  }

  /// What a generator's numbers show; recorded for gradients where they are.
  package func picture(drawn numbers: Tensor) throws -> Tensor {
    let pictures = try colours(generator.normalisation.undone(from: numbers))
    if pictures.shape[2] == network.height && pictures.shape[3] == network.width { return pictures }
    return try pictures.resizedAntialiased(height: network.height, width: network.width)
  }

  /// `I(z) = G(z) + Δ` for what was drawn; recorded for gradients where it is.
  func picture(drawn: Tensor, plus residual: Tensor) throws -> Tensor {
    switch range {
    case .clipped: try (drawn + residual).clamped(to: 0...1)
    case .free: try drawn + residual
    }
  }

  /// A network's input for pictures; recorded for gradients where they are.
  package func input(for pictures: Tensor) throws -> Tensor {
    try network.normalisation.applied(to: pictures)
  }

  /// Pictures as they are when saved and read again: clipped, in 255 levels.
  package func saved(_ pictures: Tensor) throws -> Tensor {
    try (pictures.clamped(to: 0...1) * 255).rounded() / Tensor(255)
  }

  /// The generator's channels as the network's.
  private func colours(_ pictures: Tensor) throws -> Tensor {
    switch (generator.channelOrder, network.channelOrder) {
    case (.gray, .gray), (.rgb, .rgb), (.bgr, .bgr): return pictures
    case (.rgb, .bgr), (.bgr, .rgb): return try pictures.gather(axis: 1, [2, 1, 0])
    case (.gray, _): return try pictures.gather(axis: 1, [0, 0, 0])
    case (let order, .gray):
      // Luma of ITU-R BT.601, as pictures are made grey elsewhere, in the order of the channels.
      let luma: [Float] = [0.299, 0.587, 0.114]
      let weights = try Tensor(order == .rgb ? luma : luma.reversed(), shape: [1, 3, 1, 1])
      return try (pictures * weights.on(pictures.device)).sum(axes: [1]).withAxis(at: 1)
    }
  }
}
