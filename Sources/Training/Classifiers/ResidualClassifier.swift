internal import Networks

/// A small ResNet: a convolution, blocks of two, the mean over places, and a linear layer.
///
///     block: ReLU(x + BN(conv(ReLU(BN(conv(x))))))    (He et al. 2016, section 3.2 and figure 2)
///
/// Each block but the first halves the maps and doubles the channels, 16 up to 128; then what is added is a 1 × 1
/// convolution of `x`. For 28 × 28 that is 78,000 parameters.
struct ResidualClassifier: ClassifierDesign {
  /// How often maps are halved.
  let halvingCount: Int
  let classCount: Int

  var explainedLayer: String { "blocks.\(halvingCount)" }

  func logits(in layers: inout LayerBuilder) throws -> LayerBuilder.Reference {
    var value = try convolution(layers.input, to: 16, in: "stem", &layers)
    value = layers.relu(value, in: "stem.relu")
    for block in 0...halvingCount {
      value = try residual(
        value, to: min(16 << block, 128), stride: block == 0 ? 1 : 2, in: "blocks.\(block)",
        &layers)
    }
    value = layers.globalMean(value, in: "pool")
    return try layers.linear(value, to: classCount, in: "classifier")
  }

  private func residual(
    _ value: LayerBuilder.Reference, to channels: Int, stride: Int, in module: String,
    _ layers: inout LayerBuilder
  ) throws -> LayerBuilder.Reference {
    var inner = try convolution(
      value, to: channels, stride: stride, in: "\(module).first", &layers)
    inner = layers.relu(inner, in: "\(module).first.relu")
    inner = try convolution(inner, to: channels, in: "\(module).second", &layers)
    let carried =
      stride == 1 && value.shape[0] == channels
      ? value
      : try convolution(
        value, to: channels, side: 1, stride: stride, in: "\(module).shortcut", &layers)
    let sum = layers.sum(inner, carried, in: module, type: "Block")
    return layers.relu(sum, in: "\(module).relu")
  }

  /// A convolution without biases, normalised over the batch.
  private func convolution(
    _ value: LayerBuilder.Reference, to channels: Int, side: Int = 3, stride: Int = 1,
    in module: String, _ layers: inout LayerBuilder
  ) throws -> LayerBuilder.Reference {
    let maps = try layers.convolution(
      value, to: channels, side: side, stride: stride, padding: side / 2, hasBias: false,
      in: "\(module).conv")
    return try layers.batchNormalization(maps, in: "\(module).norm")
  }
}
