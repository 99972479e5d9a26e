public import Networks
public import Tensors

extension ToyNetworks {
  /// Rows and columns of ``colour(computing:ending:factor:output:)``'s pictures: not square.
  public static let colourSize = (height: 10, width: 7)

  /// A network of colour pictures with all that preparation changes: normalised convolutions, a
  /// residual sum, maximum pooling, a linear layer to three logits.
  ///
  /// Layers: `first`, `first.relu`; `branch.one`, `branch.two`; `sum`, `sum.relu`; `pool`.
  ///
  /// - Parameters:
  ///   - type: What it computes in; the input has 32 bits and is converted first.
  ///   - ending: Operators behind the logits, such as `softmax.int` over the classes.
  ///   - factor: What the logits are multiplied by.
  ///   - output: What the card says of the output.
  public static func colour(
    computing type: ElementType = .float32, ending: [String] = [], factor: Float = 1,
    output: Card.Output = .logits
  ) throws -> Network {
    var toy = ColourToy(type)
    let first = try toy.relu(toy.normalised(toy.start(), in: "first"), in: "first.relu")
    let inner = try toy.relu(toy.normalised(first, in: "branch.one"), in: "branch.relu")
    let second = try toy.normalised(inner, in: "branch.two")
    let sum = toy.builder.call(
      "add.Tensor", in: "sum", type: "Sum", [("self", .value(second)), ("other", .value(first))],
      shape: second.shape)
    let logits = try toy.head(toy.relu(sum, in: "sum.relu"), factor: factor)
    let end = ending.reduce(logits) { toy.called($1, on: $0) }
    return try network(toy.builder.program(output: end), output)
  }

  /// A network of the same pictures with a squeeze-and-excitation gate, whose result is added to what
  /// came past it, early and late.
  ///
  /// Layers: `first.relu`; `gate.squeeze`, `gate.excite`, `gate`; `gated`, `sum`, `joined`.
  public static func gated() throws -> Network {
    var toy = ColourToy(.float32)
    let first = try toy.relu(toy.normalised(toy.start(), in: "first"), in: "first.relu")
    let gated = try toy.gated(first)
    let sum = toy.builder.call(
      "add.Tensor", in: "sum", type: "Sum", [("self", .value(first)), ("other", .value(gated))],
      shape: first.shape)
    let second = try toy.relu(toy.normalised(sum, in: "second"), in: "second.relu")
    let joined = toy.builder.call(
      "add.Tensor", in: "joined", type: "Sum",
      [("self", .value(second)), ("other", .value(gated))], shape: first.shape)
    let logits = try toy.head(toy.relu(joined, in: "last"), factor: 1)
    return try network(toy.builder.program(output: logits), .logits)
  }

  /// Pictures for ``colour(computing:ending:factor:output:)``, as the network takes them.
  public static func colourInput(_ count: Int = 1) throws -> Tensor {
    let (height, width) = colourSize
    let numbers = (0..<count * 3 * height * width).map { (i: Int) -> Float in
      Float(i * 37 % 101) / 50 - 1
    }
    return try Tensor(numbers, shape: [count, 3, height, width])
  }

  private static func network(_ program: Program, _ output: Card.Output) throws -> Network {
    let (height, width) = colourSize
    let card = Card(
      task: .classification, output: output, labels: .list(["a", "b", "c"]),
      input: Preprocessing(
        height: height, width: width, channels: 3, channelOrder: .rgb, mean: [0.5, 0.4, 0.6],
        std: [0.5, 0.4, 0.6], resize: .squash, crop: 1))
    return try Network(program: program, card: card, cardPath: "card")
  }
}

/// The network's parts, from the input on.
private struct ColourToy {
  var builder: ProgramBuilder
  private let type: ElementType
  private var drawn = 0

  init(_ type: ElementType) {
    self.type = type
    builder = ProgramBuilder(
      inputShape: [3, ToyNetworks.colourSize.height, ToyNetworks.colourSize.width])
  }

  /// The input in the type that is computed in.
  mutating func start() -> ProgramBuilder.Reference {
    if type == .float32 { return builder.input }
    return builder.call(
      "to.dtype", in: "to", type: "To",
      [("self", .value(builder.input)), ("dtype", .int(Int(type.rawValue)))],
      shape: builder.input.shape)
  }

  /// A 3 × 3 convolution to four channels, normalised by stored statistics.
  mutating func normalised(
    _ value: ProgramBuilder.Reference, in module: String
  ) throws -> ProgramBuilder.Reference {
    let shape = [4] + value.shape.dropFirst()
    let convolved = builder.call(
      "conv2d", in: "\(module).conv", type: "Conv2d",
      [
        ("input", .value(value)), ("weight", try weight("weight", [4, value.shape[0], 3, 3])),
        ("padding", .ints([1, 1])),
      ], shape: shape)
    return builder.call(
      "batch_norm", in: module, type: "BatchNorm2d",
      [
        ("input", .value(convolved)), ("weight", try weight("weight", [4], around: 1)),
        ("bias", try weight("bias", [4])), ("running_mean", try weight("mean", [4])),
        ("running_var", try weight("variance", [4], around: 1)), ("training", .bool(false)),
        ("momentum", .double(0.1)), ("eps", .double(1e-5)), ("cudnn_enabled", .bool(false)),
      ], shape: shape)
  }

  mutating func relu(
    _ value: ProgramBuilder.Reference, in module: String
  ) throws -> ProgramBuilder.Reference {
    builder.call("relu", in: module, type: "ReLU", [("self", .value(value))], shape: value.shape)
  }

  /// A value times a gate of one number a channel: a sigmoid of a 1 × 1 convolution of its means.
  mutating func gated(
    _ value: ProgramBuilder.Reference
  ) throws -> ProgramBuilder.Reference {
    let mean = builder.call(
      "mean.dim", in: "gate.squeeze", type: "Mean",
      [("self", .value(value)), ("dim", .ints([2, 3])), ("keepdim", .bool(true))],
      shape: [4, 1, 1])
    let excited = builder.call(
      "conv2d", in: "gate.excite", type: "Conv2d",
      [("input", .value(mean)), ("weight", try weight("weight", [4, 4, 1, 1]))], shape: [4, 1, 1])
    let gate = called("sigmoid", on: excited, in: "gate")
    return builder.call(
      "mul.Tensor", in: "gated", type: "Product",
      [("self", .value(value)), ("other", .value(gate))],
      shape: value.shape)
  }

  /// The logits.
  mutating func head(
    _ value: ProgramBuilder.Reference, factor: Float
  ) throws -> ProgramBuilder.Reference {
    let shape = [4, value.shape[1] / 2, value.shape[2] / 2]
    let pooled = builder.call(
      "max_pool2d", in: "pool", type: "MaxPool2d",
      [("self", .value(value)), ("kernel_size", .ints([2, 2]))], shape: shape)
    let flat = builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(pooled)), ("start_dim", .int(1))], shape: [shape.reduce(1, *)])
    return builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(flat)),
        ("weight", try weight("weight", [3, flat.shape[0]], factor: factor)),
        ("bias", try weight("bias", [3], factor: factor)),
      ], shape: [3])
  }

  mutating func called(
    _ operation: String, on value: ProgramBuilder.Reference, in module: String = "end"
  ) -> ProgramBuilder.Reference {
    var arguments: [(String, ProgramBuilder.Argument)] = [("self", .value(value))]
    if operation.contains("softmax") { arguments.append(("dim", .int(1))) }
    return builder.call(operation, in: module, type: "Called", arguments, shape: value.shape)
  }

  /// Numbers without structure, at most 0.4 from their centre; their distribution does not matter.
  private mutating func weight(
    _ name: String, _ shape: [Int], around centre: Float = 0, factor: Float = 1
  ) throws -> ProgramBuilder.Argument {
    let numbers = (0..<shape.reduce(1, *)).map { _ -> Float in
      drawn += 1
      return factor * (centre + 0.4 * Float(drawn * drawn * 31 % 199 - 99) / 99)
    }
    return .weight(name, try Tensor(numbers, shape: shape).converted(to: type))
  }
}
