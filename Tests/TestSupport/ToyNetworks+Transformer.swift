public import Networks
internal import Tensors

extension ToyNetworks {
  /// Patches of 2 × 2 pixels as tokens, two blocks of attention with four heads, and the mean of the
  /// tokens. The input is one channel of 4 × 6 pixels.
  ///
  /// - Parameter isFlipped: Whether tokens are put in another order, so that nothing tells their places any more.
  public static func transformer(isFlipped: Bool = false) throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 4, 6])
    let patches = builder.call(
      "conv2d", in: "embed", type: "Conv2d",
      [
        ("input", .value(builder.input)), ("weight", .weight("weight", try spread([8, 1, 2, 2]))),
        ("stride", .ints([2, 2])),
      ], shape: [8, 2, 3])
    var tokens = try reordered("flatten.using_ints", patches, ("start_dim", 2), shape: [8, 6])
    tokens = try reordered("transpose.int", tokens, ("dim0", 1), ("dim1", 2), shape: [6, 8])
    if isFlipped {
      tokens = builder.call(
        "flip", in: "", type: "", [("self", .value(tokens)), ("dims", .ints([1]))], shape: [6, 8])
    }
    for block in ["blocks.0", "blocks.1"] { tokens = try attention(tokens, block) }
    let mean = builder.call(
      "mean.dim", in: "pool", type: "Mean", [("self", .value(tokens)), ("dim", .ints([1]))],
      shape: [8])
    let logits = try linear(mean, "head", shape: [3])
    return try builder.program(output: logits)

    func reordered(
      _ operation: String, _ value: ProgramBuilder.Reference, _ axes: (String, Int)...,
      shape: [Int]
    ) throws -> ProgramBuilder.Reference {
      builder.call(
        operation, in: "", type: "", [("self", .value(value))] + axes.map { ($0.0, .int($0.1)) },
        shape: shape)
    }

    func linear(
      _ value: ProgramBuilder.Reference, _ module: String, shape: [Int]
    ) throws -> ProgramBuilder.Reference {
      let size = [shape[shape.count - 1], value.shape[value.shape.count - 1]]
      return builder.call(
        "linear", in: module, type: "Linear",
        [("input", .value(value)), ("weight", .weight("weight", try spread(size)))], shape: shape)
    }

    func attention(
      _ value: ProgramBuilder.Reference, _ block: String
    ) throws -> ProgramBuilder.Reference {
      let heads = try ["query", "key", "value"].map { name in
        let row = try linear(value, "\(block).\(name)", shape: [6, 8])
        let parts = builder.call(
          "view", in: block, type: "Block",
          [("self", .value(row)), ("size", .ints([-1, 6, 4, 2]))],
          shape: [6, 4, 2])
        return try reordered("transpose.int", parts, ("dim0", 1), ("dim1", 2), shape: [4, 6, 2])
      }
      let seen = builder.call(
        "scaled_dot_product_attention", in: block, type: "Block",
        zip(["query", "key", "value"], heads).map { ($0, .value($1)) }, shape: [4, 6, 2])
      let turned = try reordered("transpose.int", seen, ("dim0", 1), ("dim1", 2), shape: [6, 4, 2])
      let joined = builder.call(
        "reshape", in: block, type: "Block",
        [("self", .value(turned)), ("shape", .ints([-1, 6, 8]))], shape: [6, 8])
      let out = try linear(joined, "\(block).out", shape: [6, 8])
      return builder.call(
        "add.Tensor", in: block, type: "Block", [("self", .value(value)), ("other", .value(out))],
        shape: [6, 8])
    }
  }

  /// Numbers between −1 and 1 that repeat late.
  private static func spread(_ shape: [Int]) throws -> Tensor {
    try Tensor(
      (0..<shape.reduce(1, *)).map { Float($0 * 37 % 101) / 50 - 1 }, shape: shape)
  }
}
