import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Programs whose operators are written out give what the plain ones give, at their layers too.
@Suite struct ExpansionTests {
  func numbers(_ shape: [Int], _ seed: Int = 0) throws -> Tensor {
    try Tensor(
      (0..<shape.reduce(1, *)).map { Float(sin(Double(($0 + 7 * seed) * ($0 + 3) % 977))) },
      shape: shape)
  }

  /// The builder of a program with one input of `[N]` + a shape.
  func program(
    _ shape: [Int], _ call: (inout ProgramBuilder, ProgramBuilder.Reference) throws -> Void
  ) throws -> Program {
    var builder = ProgramBuilder()
    let input = builder.addInput("x", shape: [nil] + shape.map(Optional.some))
    try call(&builder, input)
    return try builder.program()
  }

  func check(_ program: Program, _ shape: [Int], lacking operation: String) throws {
    let expanded = try program.expandingOperators().program
    #expect(program.operatorCounts["aten::" + operation] != nil)
    #expect(expanded.operatorCounts["aten::" + operation] == nil)
    // Of seed 0 the first number is 0, and 0/0 none.
    let input = try numbers([2] + shape, 1)
    let (found, expected) = (
      try expanded.outputs(for: ["x": input]), try program.outputs(for: ["x": input])
    )
    for (name, output) in expected {
      // The same sums of floats, in another order.
      try expectClose(#require(found[name]), output, within: 1e-5, of: "\(operation) \(name)")
    }
  }

  @Test(arguments: ["plain", "scale", "causal", "truth", "added", "grouped"])
  func `attention as one call`(form: String) throws {
    let program = try self.program([4, 3, 6]) { builder, input in
      func head(_ start: Int, _ count: Int) -> ProgramBuilder.Argument {
        .value(
          builder.call(
            "slice.Tensor", in: "part", type: "Slice",
            [
              ("self", .value(input)), ("dim", .int(1)), ("start", .int(start)),
              ("end", .int(start + count)),
            ], results: [.tensor([nil, count, 3, 6])])[0])
      }
      let groups = form == "grouped" ? 2 : 4
      var arguments: [(String, ProgramBuilder.Argument)] = [
        ("query", head(0, 4)), ("key", head(0, groups)), ("value", head(4 - groups, groups)),
      ]
      let kept: [Float] = [1, 1, 0, 0, 1, 1, 1, 1, 1]
      switch form {
      case "scale": arguments.append(("scale", .double(0.7)))
      case "causal": arguments.append(("is_causal", .bool(true)))
      case "grouped": arguments.append(("enable_gqa", .bool(true)))
      case "truth":
        let mask = try Tensor(kept, shape: [3, 3]).converted(to: .bool)
        arguments.append(("attn_mask", .value(builder.addConstant("mask", mask))))
      case "added":
        let mask = try Tensor(kept, shape: [3, 3])
        arguments.append(("attn_mask", .value(builder.addConstant("mask", mask))))
      default: break
      }
      let seen = builder.call(
        "scaled_dot_product_attention", in: "attention", type: "Attention", arguments,
        results: [.tensor([nil, 4, 3, 6])])
      builder.addOutput("y", seen[0])
    }
    try check(program, [4, 3, 6], lacking: "scaled_dot_product_attention")
  }

  @Test(arguments: ["gru", "lstm", "rnn_tanh", "rnn_relu"], [true, false])
  func `recurrent layers, of two layers in both directions`(kind: String, isBatchFirst: Bool) throws
  {
    let parts = ["gru": 3, "lstm": 4][kind] ?? 1
    let (width, length) = (3, 5)
    let shape = isBatchFirst ? [length, 4] : [2, 4]
    let program = try self.program(shape) { builder, input in
      // Without a batch in front, the two pictures are two steps.
      let (batch, steps): (Int?, Int) = isBatchFirst ? (nil, length) : (2, 2)
      let read =
        isBatchFirst
        ? input
        : builder.call(
          "alias", in: "in", type: "In", [("self", .value(input))], results: [.tensor([2, 2, 4])])[
            0]
      let parameters = try (0..<2).flatMap { layer in
        try (0..<2).flatMap { direction in
          let inputs = layer == 0 ? 4 : 2 * width
          return try [
            [parts * width, inputs], [parts * width, width], [parts * width], [parts * width],
          ].enumerated().map { place, shape in
            try builder.addParameter(
              "w\(layer)\(direction)\(place)", numbers(shape, 4 * layer + 2 * direction + place))
          }
        }
      }
      let state = builder.addConstant("state", try numbers([4, 2, width], 3))
      let results = builder.call(
        kind + ".input", in: "recurrent", type: "Recurrent",
        [
          ("input", .value(read)),
          ("hx", kind == "lstm" ? .values([state, state]) : .value(state)),
          ("params", .values(parameters)), ("has_biases", .bool(true)), ("num_layers", .int(2)),
          ("dropout", .double(0)), ("train", .bool(false)), ("bidirectional", .bool(true)),
          ("batch_first", .bool(isBatchFirst)),
        ],
        results: [
          .tensor(isBatchFirst ? [batch, steps, 2 * width] : [steps, batch, 2 * width])
        ] + [.tensor([4, batch, width])] + (kind == "lstm" ? [.tensor([4, batch, width])] : []))
      for (place, result) in results.enumerated() { builder.addOutput("y\(place)", result) }
    }
    try check(program, shape, lacking: kind + ".input")
  }

  @Test(arguments: ["addcmul", "addcdiv", "glu"])
  func `products with a sum, and gated units`(operation: String) throws {
    let program = try self.program([4]) { builder, input in
      let three = ["self", "tensor1", "tensor2"].map { ($0, ProgramBuilder.Argument.value(input)) }
      let result = builder.call(
        operation, in: "layer", type: "Layer",
        operation == "glu" ? [("self", .value(input))] : three + [("value", .double(0.3))],
        results: [.tensor([nil, operation == "glu" ? 2 : 4])])
      builder.addOutput("y", result[0])
    }
    try check(program, [4], lacking: operation)
  }

  @Test func `layers behind what is written out are where they were`() throws {
    let program = try ToyNetworks.transformer()
    let expanded = try program.expandingOperators()
    #expect(expanded.program.operatorCounts["aten::scaled_dot_product_attention"] == nil)
    let input = try numbers([2, 1, 4, 6])
    for layer in program.moduleLayers + program.nodeLayers {
      try expectClose(
        expanded.program.run(upTo: expanded.layer(layer), input: input).activation,
        program.run(upTo: layer, input: input).activation, within: 1e-5, of: layer.name)
    }
  }
}
