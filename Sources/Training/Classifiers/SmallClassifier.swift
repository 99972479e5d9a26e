public import Networks
public import Terms

/// A small convolutional classifier for pictures of about 20 to 200 pixels a side.
///
/// Blocks of a 3 × 3 convolution, ReLU and 2 × 2 maximum pooling until the maps are about 8 a side,
/// then a hidden layer of 128 and one output a class. Weights start as He et al. (2015) draw them,
/// `N(0, 2 / fan-in)`, from the seed.
public struct SmallClassifier: Sendable {
  /// Channels, rows and columns of the input.
  public let inputShape: [Int]
  /// The number of classes.
  public let classCount: Int

  /// Describes a classifier.
  public init(inputShape: [Int], classCount: Int) {
    self.inputShape = inputShape
    self.classCount = classCount
  }

  /// The layer whose maps are finest just before the last pooling.
  public var explainedLayer: String { "features.\(3 * (blockCount - 1) + 1)" }

  private var blockCount: Int { Halvings.count(for: inputShape) }

  /// Builds the network with fresh weights.
  public func program(seed: Seed) throws -> Program {
    try program(LayerBuilder(inputShape: inputShape, draw: RandomStream(seed)))
  }
}

extension SmallClassifier: ClassifierDesign {
  func logits(in layers: inout LayerBuilder) throws -> LayerBuilder.Reference {
    var value = layers.input
    for block in 0..<blockCount {
      value = try layers.convolution(
        value, to: block == 0 ? 32 : 64, side: 3, stride: 1, padding: 1, in: "features.\(3 * block)"
      )
      value = layers.relu(value, in: "features.\(3 * block + 1)")
      value = layers.pooling(value, in: "features.\(3 * block + 2)")
    }
    value = layers.flattened(value, in: "classifier.0")
    value = try layers.linear(value, to: 128, in: "classifier.1")
    value = layers.relu(value, in: "classifier.2")
    return try layers.linear(value, to: classCount, in: "classifier.3")
  }
}
