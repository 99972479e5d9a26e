internal import Networks

/// A small VGG: stacks of two 3 × 3 convolutions with ReLU and a 2 × 2 maximum pooling, then one linear layer.
///
/// Channels double from stack to stack, 32 up to 128 (Simonyan and Zisserman 2015, table 1). For 28 × 28 there are
/// two stacks and 96,000 parameters.
struct StackedClassifier: ClassifierDesign {
  let stackCount: Int
  let classCount: Int

  /// The layer whose maps are finest just before the last pooling.
  var explainedLayer: String { "features.\(5 * stackCount - 2)" }

  func logits(in layers: inout LayerBuilder) throws -> LayerBuilder.Reference {
    var value = layers.input
    for stack in 0..<stackCount {
      for place in [5 * stack, 5 * stack + 2] {
        value = try layers.convolution(
          value, to: min(32 << stack, 128), side: 3, stride: 1, padding: 1,
          in: "features.\(place)")
        value = layers.relu(value, in: "features.\(place + 1)")
      }
      value = layers.pooling(value, in: "features.\(5 * stack + 4)")
    }
    value = layers.flattened(value, in: "flatten")
    return try layers.linear(value, to: classCount, in: "classifier")
  }
}
