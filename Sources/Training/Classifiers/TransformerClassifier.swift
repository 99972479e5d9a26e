internal import Networks

/// A small vision transformer (Dosovitskiy et al. 2021): patches as tokens, a class token, learnt positions, and four blocks:
///
///     z′ = z + attention(LN(z)),  z = z′ + MLP(LN(z′)),  y = W LN(z)₀ + b    (equations 1 to 4)
///
/// Tokens are 64 numbers, four heads of 16, and the MLP's hidden layer, with GELU, has 128. About eight patches lie along the
/// picture's shorter side. For 28 × 28 these are 7 × 7 patches of 4 × 4 pixels, and 139,000 parameters.
struct TransformerClassifier: ClassifierDesign {
  /// Channels, rows and columns of the input.
  let inputShape: [Int]
  let classCount: Int

  private static let (width, headCount, hiddenLength, blockCount) = (64, 4, 128, 4)

  /// What the last attention reads: behind it, the class token alone leads to the answer.
  var explainedLayer: String { "blocks.\(Self.blockCount - 1).norm1" }

  /// The side of a patch, in pixels.
  var patchSide: Int {
    max(1, Int((Float(min(inputShape[1], inputShape[2])) / 8).rounded()))
  }

  func logits(in layers: inout LayerBuilder) throws -> LayerBuilder.Reference {
    var tokens = try layers.patches(
      layers.input, side: patchSide, width: Self.width, in: "patches")
    tokens = try layers.withClassToken(tokens, named: "class_token")
    tokens = try layers.withPositions(tokens, named: "positions")
    for block in 0..<Self.blockCount {
      tokens = try self.block(tokens, in: "blocks.\(block)", &layers)
    }
    tokens = try layers.layerNormalization(tokens, in: "norm")
    return try layers.linear(layers.first(tokens), to: classCount, in: "classifier")
  }

  private func block(
    _ tokens: LayerBuilder.Reference, in module: String, _ layers: inout LayerBuilder
  ) throws -> LayerBuilder.Reference {
    var inner = try layers.layerNormalization(tokens, in: "\(module).norm1")
    inner = try layers.attention(
      inner, headCount: Self.headCount, in: "\(module).attention")
    let seen = layers.sum(tokens, inner, in: module, type: "Block")
    inner = try layers.layerNormalization(seen, in: "\(module).norm2")
    inner = try layers.tokenwise(inner, to: Self.hiddenLength, in: "\(module).mlp.0")
    inner = layers.gelu(inner, in: "\(module).mlp.1")
    inner = try layers.tokenwise(inner, to: Self.width, in: "\(module).mlp.2")
    return layers.sum(seen, inner, in: module, type: "Block")
  }
}
