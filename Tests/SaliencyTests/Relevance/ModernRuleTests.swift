import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Known answers of the rules for normalisation, softmax, gates and norms on a row of numbers, and batch normalisation
/// between layers.
@Suite struct ModernRuleTests {
  typealias Step =
    @Sendable (inout ProgramBuilder, ProgramBuilder.Reference) throws ->
    ProgramBuilder.Reference

  /// `y = V step(x)` of a row of pixels.
  func program(_ width: Int, _ head: [[Float]], _ step: Step) throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 1, width])
    let flat = builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(builder.input)), ("start_dim", .int(1))], shape: [width])
    let changed = try step(&builder, flat)
    let output = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(changed)),
        ("weight", .weight("weight", try matrix(head))),
      ], shape: [head.count])
    return try builder.program(output: output)
  }

  func matrix(_ rows: [[Float]]) throws -> Tensor {
    try Tensor(rows.flatMap(\.self), shape: [rows.count, rows[0].count])
  }

  func row(_ values: [Float]) throws -> Tensor {
    try Tensor(values, shape: [1, 1, 1, values.count])
  }

  func map(_ program: Program, _ explainer: some Explainer, _ input: [Float]) throws -> [Float] {
    try explainer.maps(
      of: [.logit(ClassSet(0))], in: ToyNetworks.network(program), at: row(input)
    ).maps[0].values.floats()
  }

  static let layerNorm: Step = { builder, value in
    builder.call(
      "layer_norm", in: "norm", type: "LayerNorm",
      [
        ("input", .value(value)), ("normalized_shape", .ints([value.shape[0]])),
        ("weight", .none), ("bias", .none), ("eps", .double(0)),
      ], shape: value.shape)
  }

  static let softmax: Step = { builder, value in
    builder.call(
      "softmax.int", in: "soften", type: "Softmax", [("self", .value(value)), ("dim", .int(1))],
      shape: value.shape)
  }

  @Test func `layer normalisation shares through its mean, and holds its deviation`() throws {
    // x = (1, 3): mean 2, deviation 1, so y = −1 by ½·1 − ½·3.
    let program = try self.program(2, [[1, 0], [0, 1]], Self.layerNorm)
    expectClose(
      try map(program, LRP(.epsilon, epsilon: 0), [1, 3]), [0.5, -1.5], within: 1e-6)
    expectClose(
      try map(program, LRP(.attention, epsilon: 0, gamma: 0), [1, 3]), [0.5, -1.5], within: 1e-6)
  }

  @Test func `softmax passes on the first terms of its Taylor series`() throws {
    // x = (1, 1 + ln 3): s = (¼, ¾), and relevance 1 at the first: x₁ (1 − ¼) and x₂ (0 − ¾).
    let program = try self.program(2, [[4, 0], [0, 1]], Self.softmax)
    let x: [Float] = [1, 1 + log(3)]
    expectClose(
      try map(program, LRP(.attention, epsilon: 0, gamma: 0), x), [0.75 * x[0], -0.75 * x[1]],
      within: 1e-6)
  }

  @Test func `DeepLIFT's softmax moves by logarithmic means`() throws {
    // From (0, 0) to (ln 3, 0) the first share rises from ½ to ¾, and only the first number moved.
    let program = try self.program(2, [[1, 0], [0, 2]], Self.softmax)
    let network = try ToyNetworks.network(program)
    func contributions(_ start: [Float], _ end: [Float]) throws -> [Float] {
      let request = try MapRequest(network, at: network.input(row(end))) { _ in
        [[.logit(ClassSet(0))]]
      }
      return try DeepLIFT.maps(for: request, from: row(start)).maps[0].values.floats()
    }
    expectClose(try contributions([0, 0], [log(3), 0]), [0.25, 0], within: 1e-6)
    // What is added to all numbers adds nothing in all; backward is the opposite of forward.
    let forth = try contributions([1, 2], [4, 1])
    let back = try contributions([4, 1], [1, 2])
    expectClose(forth, back.map { -$0 }, within: 1e-6)
    let moved = try contributions([1, 2], [9, 6])
    expectClose([moved.reduce(0, +)], [forth.reduce(0, +)], within: 1e-6)
  }

  @Test func `a norm from nothing moves by each coordinate's part`() throws {
    // From 0 to (3, 4) the length grows along (0.6, 0.8): 3·0.6 and 4·0.8.
    let program = try self.program(2, [[1], [2]]) { builder, value in
      builder.call(
        "linalg_vector_norm", in: "norm", type: "Norm",
        [
          ("self", .value(value)), ("ord", .int(2)), ("dim", .ints([1])), ("keepdim", .bool(true)),
        ], shape: [1])
    }
    expectClose(try map(program, DeepLIFT(), [3, 4]), [1.8, 3.2], within: 1e-5)
    expectClose(
      try map(program, LRP(.epsilon, epsilon: 0), [3, 4]), [1.8, 3.2], within: 1e-5)
  }

  @Test(arguments: ["layer_norm", "rms_norm", "group_norm", "instance_norm", "log_softmax.int"])
  func `DeepLIFT accounts for all of a normalisation, forward and back, and of one colour`(
    operation: String
  ) throws {
    let head: [[Float]] = [[1, -2, 0.5, 3, 0.1, -1], [0, 1, 0, 0, 0, 0]]
    let network = try ToyNetworks.network(
      program(6, head) { builder, value in try Self.normalized(operation, &builder, value) })
    let rows: [[Float]] = [
      [0.3, -1, 2, 0.7, 0.2, 5], [2, 2, 2, 2, 2, 2], [-3, 0.1, 0.2, 0.4, -8, 1],
    ]
    for start in rows {
      for end in rows where end != start {
        let request = try MapRequest(network, at: network.input(row(end))) { _ in
          [[.logit(ClassSet(0))]]
        }
        let found = try DeepLIFT.maps(for: request, from: row(start)).maps[0]
        let error = try #require(found.measurements[.completenessError])
        let size = try found.values.magnitudes().sum().number()
        // Rounding of 32-bit sums; nothing is multiplied by 1/√ε.
        #expect(abs(error) <= 1e-5 * max(size, 1), "\(operation) \(start) \(end): \(error)")
        #expect(size < 1e3, "\(operation) \(start) \(end): magnitudes of \(size)")
      }
    }
  }

  static func normalized(
    _ operation: String, _ builder: inout ProgramBuilder, _ value: ProgramBuilder.Reference
  ) throws -> ProgramBuilder.Reference {
    let factors = try Tensor([1, 0.5, -2, 1, 3, 1] as [Float], shape: [6])
    func call(
      _ value: ProgramBuilder.Reference, _ arguments: [(String, ProgramBuilder.Argument)],
      _ shape: [Int], _ builder: inout ProgramBuilder
    ) -> ProgramBuilder.Reference {
      builder.call(
        operation, in: "norm", type: "Norm", [("input", .value(value))] + arguments, shape: shape)
    }
    func viewed(
      _ value: ProgramBuilder.Reference, _ shape: [Int], _ builder: inout ProgramBuilder
    ) -> ProgramBuilder.Reference {
      builder.call(
        "view", in: "view", type: "View",
        [("self", .value(value)), ("size", .ints([-1] + shape))], shape: shape)
    }
    switch operation {
    case "layer_norm", "rms_norm":
      return call(
        value, [("normalized_shape", .ints([6])), ("weight", .weight("weight", factors))], [6],
        &builder)
    case "group_norm":
      return call(
        value, [("num_groups", .int(2)), ("weight", .weight("weight", factors))], [6], &builder)
    case "instance_norm":
      let two = try Tensor([1, -2] as [Float], shape: [2])
      let maps = viewed(value, [2, 3], &builder)
      let normal = call(
        maps,
        [
          ("weight", .weight("weight", two)), ("bias", .none), ("running_mean", .none),
          ("running_var", .none), ("use_input_stats", .bool(true)), ("momentum", .double(0.1)),
          ("eps", .double(1e-5)), ("cudnn_enabled", .bool(false)),
        ], [2, 3], &builder)
      return viewed(normal, [6], &builder)
    default:
      return builder.call(
        operation, in: "norm", type: "Norm", [("self", .value(value)), ("dim", .int(1))],
        shape: [6])
    }
  }

  @Test func `batch normalisation before a linear layer is folded into that`() throws {
    // (x − m)/√v · g + b with √v = 2, 1: (x₁ − 1)/2 · 3 + 1 and (x₂ + 1) · −1: y = 2·(…) + (…).
    let program = try self.program(2, [[2, 1], [1, 0]]) { builder, value in
      let weights: [(String, [Float])] = [
        ("weight", [3, -1]), ("bias", [1, 0]), ("running_mean", [1, -1]), ("running_var", [4, 1]),
      ]
      let normal = builder.call(
        "batch_norm", in: "norm", type: "BatchNorm1d",
        try [("input", .value(value))]
          + weights.map { ($0.0, .weight($0.0, try Tensor($0.1, shape: [2]))) } + [
            ("training", .bool(false)), ("momentum", .double(0.1)), ("eps", .double(0)),
            ("cudnn_enabled", .bool(false)),
          ], shape: [2])
      return builder.call(
        "dropout", in: "drop", type: "Dropout",
        [("input", .value(normal)), ("p", .double(0.5)), ("train", .bool(false))], shape: [2])
    }
    // y = 3 x₁ − x₂ − 2: the bias takes its part.
    expectClose(try map(program, LRP(.epsilon, epsilon: 0), [2, 1]), [6, -1], within: 1e-6)
    expectClose(try map(program, DeepLIFT(), [2, 1]), [6, -1], within: 1e-6)
    // By positive weights, the first pixel alone wins.
    let folded = try program.foldingNormalization(intoLayersBehind: true)
    #expect(folded.operatorCounts["aten::batch_norm"] == nil)
    try expectClose(
      folded.output(for: row([2, 1])), program.output(for: row([2, 1])), within: 1e-6)
  }

  @Test func `numbers that have a value's shape alone do not follow from it`() throws {
    let program = try self.program(2, [[1, 1], [0, 1]]) { builder, value in
      let zeros = builder.call(
        "new_zeros", in: "mask", type: "Mask", [("self", .value(value)), ("size", .ints([1, 2]))],
        shape: [2])
      let filled = builder.call(
        "fill_.Scalar", in: "mask", type: "Mask", [("self", .value(zeros)), ("value", .double(3))],
        shape: [2])
      return builder.call(
        "add.Tensor", in: "sum", type: "Sum", [("self", .value(value)), ("other", .value(filled))],
        shape: [2])
    }
    // y = x₁ + x₂ + 6, of which the constant takes 6.
    expectClose(try map(program, LRP(.epsilon, epsilon: 0), [1, 2]), [1, 2], within: 1e-5)
  }
}
