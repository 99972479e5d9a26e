import Tensors

@testable import Networks

/// A network of two layers, built here.
enum SmallNetwork {
  static func program() throws -> Program {
    var builder = ProgramBuilder(inputShape: [2, 4, 4])
    let maps = builder.call(
      "conv2d", in: "features.conv", type: "Conv2d",
      [
        ("input", .value(builder.input)), ("weight", .weight("weight", try ramp([3, 2, 3, 3]))),
        ("bias", .weight("bias", try ramp([3]))), ("padding", .ints([1, 1])),
      ], shape: [3, 4, 4])
    let positive = builder.call(
      "relu", in: "features.relu", type: "ReLU", [("self", .value(maps))], shape: [3, 4, 4])
    let means = builder.call(
      "mean.dim", in: "pool", type: "Mean", [("self", .value(positive)), ("dim", .ints([2, 3]))],
      shape: [3])
    let logits = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(means)), ("weight", .weight("weight", try ramp([4, 3]))),
        ("bias", .weight("bias", try ramp([4]))),
      ], shape: [4])
    return try builder.program(output: logits)
  }

  static func input(batch: Int = 1) throws -> Tensor { try ramp([batch, 2, 4, 4]) }

  /// Numbers between −1 and 1 that repeat late.
  static func ramp(_ shape: [Int]) throws -> Tensor {
    let count = shape.reduce(1, *)
    return try Tensor((0..<count).map { Float($0 * 37 % 101) / 50 - 1 }, shape: shape)
  }
}
