internal import Networks
internal import Tensors
internal import Terms

extension CodingLayout {
  /// The decoder as an adversarial generator is trained: every layer but the last is normalised over
  /// its batch (Radford, Metz and Chintala 2016).
  func normalizedDecoder(draw: RandomStream) throws -> Program {
    let shapes = Array(mapShapes.reversed())
    var layers = LayerBuilder(inputShape: [latentLength], draw: draw)
    var value = try layers.linear(
      layers.input, to: shapes[0].reduce(1, *), hasBias: false, in: Self.firstLayer)
    value = layers.unflattened(value, to: shapes[0], in: "decoder.unflatten")
    for (i, shape) in shapes.dropFirst().enumerated() {
      value = try layers.batchNormalization(value, in: Self.normalization(i))
      value = layers.relu(value, in: "decoder.relus.\(i)")
      value = try layers.upsampling(
        value, to: shape, hasBias: i == shapes.count - 2, in: "decoder.features.\(2 * i)")
    }
    value = layers.sigmoid(value, in: "decoder.sigmoid")
    return try layers.program(output: value)
  }

  /// The parameters of ``decoder(endsInSigmoid:draw:)`` with which it does what a normalised decoder
  /// does on a batch of codes, for whose statistics those of all codes stand from then on.
  ///
  ///     W′ = s W,  b′ = β − s μ,  s = γ / √(σ² + ε)
  ///
  /// - Parameter normalized: A normalised decoder with its trained parameters.
  func foldedParameters(of normalized: Program, codes: Tensor) throws -> [String: Tensor] {
    var folded = normalized.parameters
    for i in 0..<mapShapes.count - 1 {
      let layer = i == 0 ? Self.firstLayer : "decoder.features.\(2 * (i - 1))"
      let given = try normalized.run(
        upTo: normalized.layer(named: i == 0 ? "decoder.unflatten" : layer), input: codes
      ).activation
      let norm = Self.normalization(i)
      guard let weight = folded["\(layer).weight"],
        let scale = folded.removeValue(forKey: "\(norm).weight"),
        let shift = folded.removeValue(forKey: "\(norm).bias")
      else { continue }
      let mean = try given.mean(axes: [0, 2, 3])
      let centred = try given - mean.reshaped([1, -1, 1, 1])
      let variance = try centred.squared().mean(axes: [0, 2, 3])
      let s = try scale / (variance + LayerBuilder.normalizationFloor).squareRoots()
      let bias = try shift - s * mean
      let places = given.shape[2] * given.shape[3]
      // A channel is several rows of the linear layer, and the second axis of the others.
      folded["\(layer).weight"] =
        try i == 0
        ? (weight.reshaped([-1, places, latentLength]) * s.reshaped([-1, 1, 1]))
          .reshaped(weight.shape) : weight * s.reshaped([1, -1, 1, 1])
      folded["\(layer).bias"] =
        try i == 0
        ? bias.withAxis(at: 1).expanded([bias.shape[0], places]).reshaped([-1]) : bias
    }
    return folded
  }

  private static func normalization(_ index: Int) -> String { "decoder.norms.\(index)" }
}
