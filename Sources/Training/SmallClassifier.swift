public import Networks
internal import Tensors
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

  private var blockCount: Int {
    var side = min(inputShape[1], inputShape[2])
    var blocks = 0
    while side >= 12 && blocks < 5 {
      side /= 2
      blocks += 1
    }
    return max(blocks, 1)
  }

  /// Builds the network with fresh weights.
  public func program(seed: Seed) throws -> Program {
    var builder = ProgramBuilder(inputShape: inputShape)
    var draw = RandomStream(seed)
    var value = builder.input
    var shape = inputShape
    for block in 0..<blockCount {
      let next = [block == 0 ? 32 : 64, shape[1], shape[2]]
      value = builder.call(
        "conv2d", in: "features.\(3 * block)", type: "Conv2d",
        [
          ("input", .value(value)),
          ("weight", .weight("weight", try Self.weight([next[0], shape[0], 3, 3], &draw))),
          (
            "bias",
            .weight(
              "bias", try Tensor(Array(repeating: Float(0), count: next[0]), shape: [next[0]]))
          ),
          ("stride", .ints([1, 1])), ("padding", .ints([1, 1])),
        ], shape: next)
      value = builder.call(
        "relu", in: "features.\(3 * block + 1)", type: "ReLU", [("self", .value(value))],
        shape: next)
      shape = [next[0], next[1] / 2, next[2] / 2]
      value = builder.call(
        "max_pool2d", in: "features.\(3 * block + 2)", type: "MaxPool2d",
        [("self", .value(value)), ("kernel_size", .ints([2, 2])), ("stride", .ints([2, 2]))],
        shape: shape)
    }
    let length = shape.reduce(1, *)
    value = builder.call(
      "flatten.using_ints", in: "classifier.0", type: "Flatten",
      [("self", .value(value)), ("start_dim", .int(1))], shape: [length])
    value = try linear(value, from: length, to: 128, "classifier.1", &builder, &draw)
    value = builder.call(
      "relu", in: "classifier.2", type: "ReLU", [("self", .value(value))], shape: [128])
    value = try linear(value, from: 128, to: classCount, "classifier.3", &builder, &draw)
    return try builder.program(output: value)
  }

  private func linear(
    _ value: ProgramBuilder.Reference, from length: Int, to count: Int, _ module: String,
    _ builder: inout ProgramBuilder, _ draw: inout RandomStream
  ) throws -> ProgramBuilder.Reference {
    builder.call(
      "linear", in: module, type: "Linear",
      [
        ("input", .value(value)),
        ("weight", .weight("weight", try Self.weight([count, length], &draw))),
        (
          "bias",
          .weight("bias", try Tensor(Array(repeating: Float(0), count: count), shape: [count]))
        ),
      ], shape: [count])
  }

  private static func weight(_ shape: [Int], _ draw: inout RandomStream) throws -> Tensor {
    let deviation = (2 / Float(shape.dropFirst().reduce(1, *))).squareRoot()
    return try Tensor(
      (0..<shape.reduce(1, *)).map { _ in draw.normal() * deviation }, shape: shape)
  }
}
