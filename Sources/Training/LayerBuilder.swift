internal import Networks
internal import Tensors
internal import Terms

/// Writes the layers of a network with fresh weights, as He et al. (2015) draw them:
/// `N(0, 2 / fan-in)`, biases 0.
struct LayerBuilder {
  typealias Reference = ProgramBuilder.Reference

  var builder: ProgramBuilder
  private var draw: RandomStream
  /// What normalisations take their batch's moments to be, by module; where one is not named, those that the
  /// batch has.
  let moments: [String: ChannelMoments]
  /// What normalisations were given, by module.
  var normalized: [(module: String, value: Reference)] = []

  /// - Parameters:
  ///   - inputShape: The input's shape without the batch axis.
  ///   - draw: What the weights are drawn from, in the order of the layers.
  init(inputShape: [Int], draw: RandomStream, moments: [String: ChannelMoments] = [:]) {
    builder = ProgramBuilder(inputShape: inputShape)
    self.draw = draw
    self.moments = moments
  }

  var input: Reference { builder.input }

  func program(output: Reference) throws -> Program { try builder.program(output: output) }

  /// A convolution of `side` × `side`; the result has `⌊(n + 2 padding − side) / stride⌋ + 1` rows.
  mutating func convolution(
    _ value: Reference, to channels: Int, side: Int, stride: Int, padding: Int,
    hasBias: Bool = true, in module: String
  ) throws -> Reference {
    func length(_ axis: Int) -> Int { (value.shape[axis] + 2 * padding - side) / stride + 1 }
    return builder.call(
      "conv2d", in: module, type: "Conv2d",
      [("input", .value(value))]
        + (try weights(
          [channels, value.shape[0], side, side], fanIn: value.shape[0] * side * side,
          hasBias: hasBias))
        + [("stride", .ints([stride, stride])), ("padding", .ints([padding, padding]))],
      shape: [channels, length(1), length(2)])
  }

  /// A transposed convolution of 4 × 4 with stride 2 to maps of a size, twice the input's or one more.
  mutating func upsampling(
    _ value: Reference, to shape: [Int], hasBias: Bool = true, in module: String
  ) throws -> Reference {
    let channels = value.shape[0]
    let kernel = [channels, shape[0], 4, 4]
    return builder.call(
      "conv_transpose2d.input", in: module, type: "ConvTranspose2d",
      [("input", .value(value))]
        // Four of the sixteen weights of a channel reach each place of the result.
        + (try weights(kernel, outputCount: shape[0], fanIn: 4 * channels, hasBias: hasBias))
        + [
          ("stride", .ints([2, 2])), ("padding", .ints([1, 1])),
          ("output_padding", .ints([1, 2].map { shape[$0] - 2 * value.shape[$0] })),
        ], shape: shape)
  }

  mutating func linear(
    _ value: Reference, to count: Int, hasBias: Bool = true, in module: String
  ) throws -> Reference {
    let length = value.shape[0]
    return builder.call(
      "linear", in: module, type: "Linear",
      [("input", .value(value))] + (try weights([count, length], fanIn: length, hasBias: hasBias)),
      shape: [count])
  }

  mutating func relu(_ value: Reference, in module: String) -> Reference {
    builder.call("relu", in: module, type: "ReLU", [("self", .value(value))], shape: value.shape)
  }

  /// `x` where it is positive, a fifth of it elsewhere.
  mutating func leakyReLU(_ value: Reference, in module: String) -> Reference {
    builder.call(
      "leaky_relu", in: module, type: "LeakyReLU",
      [("self", .value(value)), ("negative_slope", .double(0.2))], shape: value.shape)
  }

  mutating func sigmoid(_ value: Reference, in module: String) -> Reference {
    builder.call(
      "sigmoid", in: module, type: "Sigmoid", [("self", .value(value))], shape: value.shape)
  }

  /// Halves both sides, the last row or column left out where they are odd.
  mutating func pooling(_ value: Reference, in module: String) -> Reference {
    builder.call(
      "max_pool2d", in: module, type: "MaxPool2d",
      [("self", .value(value)), ("kernel_size", .ints([2, 2])), ("stride", .ints([2, 2]))],
      shape: [value.shape[0], value.shape[1] / 2, value.shape[2] / 2])
  }

  mutating func flattened(_ value: Reference, in module: String) -> Reference {
    builder.call(
      "flatten.using_ints", in: module, type: "Flatten",
      [("self", .value(value)), ("start_dim", .int(1))], shape: [value.shape.reduce(1, *)])
  }

  mutating func unflattened(
    _ value: Reference, to shape: [Int], in module: String
  ) -> Reference {
    builder.call(
      "unflatten.int", in: module, type: "Unflatten",
      [("self", .value(value)), ("dim", .int(1)), ("sizes", .ints(shape))], shape: shape)
  }

  /// A layer's weight, `N(0, gain / fan-in)`, and its bias.
  mutating func weights(
    _ shape: [Int], outputCount: Int? = nil, fanIn: Int, gain: Float = 2, hasBias: Bool = true
  ) throws -> [(String, ProgramBuilder.Argument)] {
    let deviation = (gain / Float(fanIn)).squareRoot()
    let weight = try drawn(shape, deviation: deviation)
    guard hasBias else { return [("weight", .weight("weight", weight))] }
    let count = outputCount ?? shape[0]
    return [
      ("weight", .weight("weight", weight)), ("bias", .weight("bias", try constant(0, count))),
    ]
  }

  /// Numbers of mean 0.
  mutating func drawn(_ shape: [Int], deviation: Float) throws -> Tensor {
    try Tensor((0..<shape.reduce(1, *)).map { _ in draw.normal() * deviation }, shape: shape)
  }

  /// A number a channel, all the same.
  func constant(_ number: Float, _ count: Int) throws -> Tensor {
    try Tensor([Float](repeating: number, count: count), shape: [count])
  }
}
