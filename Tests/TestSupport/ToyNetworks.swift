public import Networks
internal import Tensors

/// Small networks whose answers can be worked out by hand.
public enum ToyNetworks {
  /// `y = W · mean over places of ReLU(K ∗ x + b)`: one 1 × 1 convolution to `kernels.count`
  /// channels, ReLU, global mean, a linear layer without bias.
  ///
  /// The input is one channel of `height` × `width`. `squeezed`, the output of one picture lacks the
  /// batch's axis, and that of one output the last axis too.
  public static func pooled(
    kernels: [Float], biases: [Float], head: [[Float]], height: Int = 2, width: Int = 3,
    squeezed: Bool = false
  ) throws -> Program {
    let count = kernels.count
    var builder = ProgramBuilder(inputShape: [1, height, width])
    let convolved = builder.call(
      "conv2d", in: "conv", type: "Conv2d",
      [
        ("input", .value(builder.input)),
        ("weight", .weight("weight", try Tensor(kernels, shape: [count, 1, 1, 1]))),
        ("bias", .weight("bias", try Tensor(biases, shape: [count]))),
      ], shape: [count, height, width])
    let active = builder.call(
      "relu", in: "relu", type: "ReLU", [("self", .value(convolved))],
      shape: [count, height, width])
    let mean = builder.call(
      "mean.dim", in: "pool", type: "Mean", [("self", .value(active)), ("dim", .ints([2, 3]))],
      shape: [count])
    var output = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(mean)),
        (
          "weight", .weight("weight", try Tensor(head.flatMap(\.self), shape: [head.count, count]))
        ),
      ], shape: [head.count])
    if squeezed {
      output = builder.call(
        "squeeze", in: "squeeze", type: "Squeeze", [("self", .value(output))], shape: [head.count])
    }
    return try builder.program(output: output)
  }

  /// The toy of the Grad-CAM literature: a 3 × 3 convolution of ones to two channels with biases
  /// −50 and −75, ReLU, and a linear layer with these weights on the four places of the first and
  /// then of the second channel; a second output has the opposite weights.
  public static func twoChannels(weights row: [Float]) throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 4, 4])
    let convolved = builder.call(
      "conv2d", in: "conv", type: "Conv2d",
      [
        ("input", .value(builder.input)),
        (
          "weight",
          .weight("weight", try Tensor(Array(repeating: Float(1), count: 18), shape: [2, 1, 3, 3]))
        ),
        ("bias", .weight("bias", try Tensor([-50, -75] as [Float], shape: [2]))),
      ], shape: [2, 2, 2])
    let active = builder.call(
      "relu", in: "relu", type: "ReLU", [("self", .value(convolved))], shape: [2, 2, 2])
    let flat = builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(active)), ("start_dim", .int(1))], shape: [8])
    let output = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(flat)),
        ("weight", .weight("weight", try Tensor(row + row.map { -$0 }, shape: [2, 8]))),
      ], shape: [2])
    return try builder.program(output: output)
  }

  /// A card for grey pictures of a size, taken as they are: 0…1, no cut.
  public static func card(height: Int, width: Int, labels: [String]) -> Card {
    Card(
      task: .classification, output: .logits, labels: .list(labels),
      input: Preprocessing(
        height: height, width: width, channels: 1, channelOrder: .gray, mean: [0], std: [1],
        resize: .squash, crop: 1))
  }

  /// Joins a program to a plain card with labels a, b, c, …; one of a single number gives a value.
  public static func network(_ program: Program) throws -> Network {
    let shape = program.inputShape
    let count = program.outputShape.last.flatMap(\.self) ?? 0
    let labels = (0..<count).map { String(UnicodeScalar(UInt8(97 + $0))) }
    var card = card(height: shape[2] ?? 1, width: shape[3] ?? 1, labels: labels)
    if count == 1 { (card.task, card.output, card.labels) = (.regression, .value, nil) }
    return try Network(program: program, card: card, cardPath: "card")
  }
}

extension Card {
  /// Changes how a picture becomes the input.
  public mutating func changeInput(_ change: (inout Preprocessing) throws -> Void) throws {
    var preprocessing = try input
    try change(&preprocessing)
    inputs = [Self.onlyInput: .image(preprocessing)]
  }
}
