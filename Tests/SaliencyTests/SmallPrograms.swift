import Networks
import Tensors

/// Programs that the tests of relevance walk, each a few nodes.
enum SmallPrograms {
  /// `±(2·ReLU(x₁) + 2·ReLU(x₂ − 1.5))`.
  static func rectifiers() throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 1, 2])
    let flat = flattened(builder.input, to: 2, &builder)
    let moved = builder.call(
      "linear", in: "move", type: "Linear",
      [
        ("input", .value(flat)),
        ("weight", .weight("weight", try Tensor([1, 0, 0, 1] as [Float], shape: [2, 2]))),
        ("bias", .weight("bias", try Tensor([0, -1.5] as [Float], shape: [2]))),
      ], shape: [2])
    let active = builder.call(
      "relu", in: "relu", type: "ReLU", [("self", .value(moved))], shape: [2])
    let output = try head(active, [2, 2, -2, -2], &builder)
    return try builder.program(output: output)
  }

  /// The largest of x₁ and x₂ plus the largest of x₂ and x₃.
  static func largest() throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 1, 3])
    let pooled = builder.call(
      "max_pool2d", in: "pool", type: "MaxPool2d",
      [
        ("self", .value(builder.input)), ("kernel_size", .ints([1, 2])), ("stride", .ints([1, 1])),
      ], shape: [1, 1, 2])
    let output = try head(flattened(pooled, to: 2, &builder), [1, 1, 0, 0], &builder)
    return try builder.program(output: output)
  }

  /// An operator of the first and the second pixel, of their softmax where that is asked for.
  static func pair(_ operation: String, softmax: Bool = false) throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 1, 2])
    var flat = flattened(builder.input, to: 2, &builder)
    if softmax {
      flat = builder.call(
        "softmax.int", in: "soften", type: "Softmax", [("self", .value(flat)), ("dim", .int(1))],
        shape: [2])
    }
    func part(_ start: Int, _ builder: inout ProgramBuilder) -> ProgramBuilder.Reference {
      builder.call(
        "slice.Tensor", in: "part\(start)", type: "Slice",
        [
          ("self", .value(flat)), ("dim", .int(1)), ("start", .int(start)),
          ("end", .int(start + 1)),
        ], shape: [1])
    }
    let first = part(0, &builder)
    let second = part(1, &builder)
    let joined = builder.call(
      operation, in: "pair", type: "Pair", [("self", .value(first)), ("other", .value(second))],
      shape: [1])
    let output = try head(joined, [1, 0], &builder)
    return try builder.program(output: output)
  }

  /// A convolution and a linear layer, both with biases, and nothing between them.
  static func affine() throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 4, 4])
    let convolved = builder.call(
      "conv2d", in: "conv", type: "Conv2d",
      [
        ("input", .value(builder.input)),
        (
          "weight",
          .weight(
            "weight", try Tensor((0..<18).map { Float($0 * 7 % 9) - 4 }, shape: [2, 1, 3, 3]))
        ),
        ("bias", .weight("bias", try Tensor([1, -2] as [Float], shape: [2]))),
      ], shape: [2, 2, 2])
    let flat = flattened(convolved, to: 8, &builder)
    let output = try head(flat, (0..<16).map { Float($0 * 5 % 7) - 3 }, &builder)
    return try builder.program(output: output)
  }

  private static func flattened(
    _ value: ProgramBuilder.Reference, to count: Int, _ builder: inout ProgramBuilder
  ) -> ProgramBuilder.Reference {
    builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(value)), ("start_dim", .int(1))], shape: [count])
  }

  /// Two outputs by a matrix, row after row.
  private static func head(
    _ value: ProgramBuilder.Reference, _ weights: [Float], _ builder: inout ProgramBuilder
  ) throws -> ProgramBuilder.Reference {
    builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(value)),
        ("weight", .weight("weight", try Tensor(weights, shape: [2, weights.count / 2]))),
      ], shape: [2])
  }
}
