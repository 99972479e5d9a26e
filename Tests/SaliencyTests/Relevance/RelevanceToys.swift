import Networks
import Tensors

/// Networks of a few numbers whose relevance can be worked out by hand.
enum RelevanceToys {
  /// `y = V ReLU(W x)`, without biases, for an input of one row.
  static func twoLayers(_ w: [[Float]], _ v: [[Float]]) throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 1, w[0].count])
    let flat = flatten(&builder, w[0].count)
    let hidden = try linear(&builder, flat, w, in: "first")
    let active = relu(&builder, hidden, w.count)
    let output = try linear(&builder, active, v, in: "last")
    return try builder.program(output: output)
  }

  /// `y = V (ReLU(W x) + x)`.
  static func residual(_ w: [[Float]], _ v: [[Float]]) throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 1, w[0].count])
    let flat = flatten(&builder, w[0].count)
    let active = relu(&builder, try linear(&builder, flat, w, in: "branch"), w.count)
    let sum = builder.call(
      "add.Tensor", in: "sum", type: "Sum", [("self", .value(active)), ("other", .value(flat))],
      shape: [w.count])
    let output = try linear(&builder, sum, v, in: "last")
    return try builder.program(output: output)
  }

  /// `y = V (U h + S h)`, `h = ReLU(W x)`, where the shortcut S keeps the first of two channels and
  /// puts a 0 for the other.
  static func cutShortcut(_ w: [[Float]], _ u: [[Float]], _ v: [[Float]]) throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 1, 2])
    let flat = flatten(&builder, 2)
    let active = relu(&builder, try linear(&builder, flat, w, in: "first"), 2)
    let branch = try linear(&builder, active, u, in: "branch")
    let kept = builder.call(
      "slice.Tensor", in: "slice", type: "Slice",
      [("self", .value(active)), ("dim", .int(1)), ("start", .int(0)), ("end", .int(1))], shape: [1]
    )
    let shortcut = builder.call(
      "constant_pad_nd", in: "pad", type: "Pad", [("self", .value(kept)), ("pad", .ints([0, 1]))],
      shape: [2])
    let sum = builder.call(
      "add.Tensor", in: "sum", type: "Sum",
      [("self", .value(branch)), ("other", .value(shortcut))], shape: [2])
    let output = try linear(&builder, sum, v, in: "last")
    return try builder.program(output: output)
  }

  /// `y = V W x`: what lies between may be negative, as in a linear bottleneck.
  static func bottleneck(_ w: [[Float]], _ v: [[Float]]) throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 1, w[0].count])
    let flat = flatten(&builder, w[0].count)
    let narrow = try linear(&builder, flat, w, in: "narrow")
    let output = try linear(&builder, narrow, v, in: "last")
    return try builder.program(output: output)
  }

  /// `y = V (x · other(x))`, with an operator of one argument for the other factor.
  static func product(_ other: String, _ v: [[Float]]) throws -> Program {
    let width = v[0].count
    var builder = ProgramBuilder(inputShape: [1, 1, width])
    let flat = flatten(&builder, width)
    let gate = builder.call(
      other, in: "gate", type: "Gate", [("self", .value(flat))], shape: [width])
    let product = builder.call(
      "mul.Tensor", in: "product", type: "Product",
      [("self", .value(gate)), ("other", .value(flat))], shape: [width])
    let output = try linear(&builder, product, v, in: "last")
    return try builder.program(output: output)
  }

  /// One linear operator on the flattened input, by its name, with its weights as they are stored.
  static func affine(
    _ operation: String,
    _ arguments: (ProgramBuilder.Reference) -> [(String, ProgramBuilder.Argument)],
    inputShape: [Int], shape: [Int]
  ) throws -> Program {
    var builder = ProgramBuilder(inputShape: inputShape)
    let output = builder.call(
      operation, in: "layer", type: "Layer", arguments(builder.input), shape: shape)
    return try builder.program(output: output)
  }

  private static func flatten(
    _ builder: inout ProgramBuilder, _ width: Int
  ) -> ProgramBuilder.Reference {
    builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(builder.input)), ("start_dim", .int(1))], shape: [width])
  }

  private static func linear(
    _ builder: inout ProgramBuilder, _ input: ProgramBuilder.Reference, _ weight: [[Float]],
    in module: String
  ) throws -> ProgramBuilder.Reference {
    builder.call(
      "linear", in: module, type: "Linear",
      [
        ("input", .value(input)),
        (
          "weight",
          .weight(
            "weight", try Tensor(weight.flatMap(\.self), shape: [weight.count, weight[0].count]))
        ),
      ], shape: [weight.count])
  }

  private static func relu(
    _ builder: inout ProgramBuilder, _ input: ProgramBuilder.Reference, _ width: Int
  ) -> ProgramBuilder.Reference {
    builder.call("relu", in: "relu", type: "ReLU", [("self", .value(input))], shape: [width])
  }
}
