internal import Networks
internal import Tensors
internal import Terms

extension CodingLayout {
  /// The decoder as an adversarial generator is trained: every layer but the last is normalised over
  /// its batch (Radford, Metz and Chintala 2016).
  func normalizedDecoder(draw: RandomStream) throws -> Program {
    let shapes = Array(mapShapes.reversed())
    var layers = LayerBuilder(inputShape: [latentLength], draw: draw)
    var value = layers.input
    if let hiddenLength {
      value = try layers.linear(value, to: hiddenLength, hasBias: false, in: Self.hiddenLayer)
      value = try layers.batchNormalization(value, in: Self.norm(of: Self.hiddenLayer))
      value = layers.relu(value, in: "decoder.rectified")
    }
    value = try layers.linear(
      value, to: shapes[0].reduce(1, *), hasBias: false, in: Self.mapLayer)
    value = layers.unflattened(value, to: shapes[0], in: Self.unflatten)
    var last = Self.mapLayer
    for (i, shape) in shapes.dropFirst().enumerated() {
      value = try layers.batchNormalization(value, in: Self.norm(of: last))
      value = layers.relu(value, in: "decoder.relus.\(i)")
      last = "decoder.features.\(2 * i)"
      value = try layers.upsampling(value, to: shape, hasBias: i == shapes.count - 2, in: last)
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
    for layer in normalizedLayers {
      let end = layer == Self.mapLayer ? Self.unflatten : layer
      let given = try normalized.run(upTo: normalized.layer(named: end), input: codes).activation
      guard let weight = folded["\(layer).weight"],
        let scale = folded.removeValue(forKey: "\(Self.norm(of: layer)).weight"),
        let shift = folded.removeValue(forKey: "\(Self.norm(of: layer)).bias")
      else { continue }
      let axes = [0] + (2..<max(given.rank, 2))
      let mean = try given.mean(axes: axes)
      let centred = try given - given.meanKeepingAxes(axes)
      let variance = try centred.squared().mean(axes: axes)
      let s = try scale / (variance + LayerBuilder.normalizationFloor).squareRoots()
      let bias = try shift - s * mean
      if weight.rank == 2 {
        // Each channel of the maps is as many rows as it has places.
        let places = given.shape.dropFirst(2).reduce(1, *)
        let rows = try weight.reshaped([-1, places, weight.shape[1]]) * s.reshaped([-1, 1, 1])
        folded["\(layer).weight"] = try rows.reshaped(weight.shape)
        folded["\(layer).bias"] = try bias.withAxis(at: 1).expanded([bias.count, places])
          .reshaped([-1])
      } else {
        folded["\(layer).weight"] = try weight * s.reshaped([1, -1, 1, 1])
        folded["\(layer).bias"] = bias
      }
    }
    return folded
  }

  private var normalizedLayers: [String] {
    (hiddenLength == nil ? [] : [Self.hiddenLayer]) + [Self.mapLayer]
      + (0..<mapShapes.count - 2).map { "decoder.features.\(2 * $0)" }
  }

  private static let unflatten = "decoder.unflatten"

  private static func norm(of layer: String) -> String {
    "norms." + layer.replacing(".", with: "_")
  }
}
