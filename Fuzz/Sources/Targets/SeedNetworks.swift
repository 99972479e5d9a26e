import Networks
import Tensors

/// Networks to begin with.
enum SeedNetworks {
  /// Two layers and a residual sum.
  static func residual() throws -> Program {
    var builder = ProgramBuilder(inputShape: [2, 4, 4])
    let maps = builder.call(
      "conv2d", in: "features.conv", type: "Conv2d",
      [
        ("input", .value(builder.input)), ("weight", .weight("weight", try ramp([2, 2, 3, 3]))),
        ("bias", .weight("bias", try ramp([2]))), ("padding", .ints([1, 1])),
      ], shape: [2, 4, 4])
    let positive = builder.call(
      "relu_", in: "features.relu", type: "ReLU", [("self", .value(maps))], shape: [2, 4, 4])
    let sum = builder.call(
      "add.Tensor", in: "features", type: "Block",
      [("self", .value(positive)), ("other", .value(builder.input))], shape: [2, 4, 4])
    let means = builder.call(
      "mean.dim", in: "pool", type: "Mean", [("self", .value(sum)), ("dim", .ints([2, 3]))],
      shape: [2])
    let logits = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(means)), ("weight", .weight("weight", try ramp([4, 2]))),
        ("bias", .weight("bias", try ramp([4]))),
      ], shape: [4])
    return try builder.program(output: logits)
  }

  /// One layer, over a row of all numbers of the input.
  static func linear(from shape: Int..., to outputs: Int) throws -> Program {
    var builder = ProgramBuilder(inputShape: shape)
    let inputs = shape.reduce(1, *)
    var row = builder.input
    if shape.count > 1 {
      row = builder.call(
        "flatten.using_ints", in: "row", type: "Flatten",
        [("self", .value(row)), ("start_dim", .int(1))], shape: [inputs])
    }
    let output = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(row)),
        ("weight", .weight("weight", try ramp([outputs, inputs]))),
      ], shape: [outputs])
    return try builder.program(output: output)
  }

  private static func ramp(_ shape: [Int]) throws -> Tensor {
    let count = shape.reduce(1, *)
    return try Tensor((0..<count).map { Float($0 * 37 % 101) / 50 - 1 }, shape: shape)
  }
}
