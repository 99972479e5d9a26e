import Tensors
import TestSupport
import Testing

@testable import Networks

/// Recurrent layers whose weights or states have other shapes than their kernels read are refused.
@Suite struct RecurrentGuardTests {
  private typealias Arguments = [(name: String?, value: Value)]

  private func ones(_ shape: [Int]) throws -> Tensor {
    try Tensor([Float](repeating: 0.1, count: shape.reduce(1, *)), shape: shape)
  }

  /// Shapes of a layer's weights.
  private func weights(
    gates: Int, layers: Int, sides: Int, projected: Int?, hasBiases: Bool
  ) -> [[Int]] {
    var shapes: [[Int]] = []
    let (input, hidden) = (3, 4)
    let width = projected ?? hidden
    for layer in 0..<layers {
      for _ in 0..<sides {
        shapes += [[gates * hidden, layer == 0 ? input : sides * width], [gates * hidden, width]]
        if hasBiases { shapes += [[gates * hidden], [gates * hidden]] }
        if projected != nil { shapes.append([width, hidden]) }
      }
    }
    return shapes
  }

  private func check(
    _ name: String, _ weights: [[Int]], states: [[Int]], layers: Int, sides: Int, hasBiases: Bool,
    input: [Int] = [2, 5, 3]
  ) throws -> (fault: String?, runs: Bool) {
    let call = try Operator("aten::" + name, overload: "input")
    let tensors = try states.map(ones)
    let arguments: Arguments = [
      ("input", .tensor(try ones(input))),
      ("hx", name == "lstm" ? .tensors(tensors) : .tensor(tensors[0])),
      ("params", .tensors(try weights.map(ones))), ("has_biases", .bool(hasBiases)),
      ("num_layers", .int(layers)), ("dropout", .double(0)), ("train", .bool(false)),
      ("bidirectional", .bool(sides == 2)), ("batch_first", .bool(true)),
    ]
    let fault = OperatorGuard.fault(of: call.name, arguments, call)
    return (fault, fault == nil ? (try? call(arguments)) != nil : false)
  }

  @Test(arguments: ["lstm", "gru", "rnn_tanh", "rnn_relu"])
  func `what PyTorch makes is taken, and each shape that differs is refused`(name: String) throws {
    let gates = ["lstm": 4, "gru": 3][name] ?? 1
    for (layers, sides) in [(1, 1), (2, 1), (1, 2), (2, 2)] {
      for hasBiases in [true, false] {
        for projected in name == "lstm" ? [nil, 2] : [Int?.none] {
          let shapes = weights(
            gates: gates, layers: layers, sides: sides, projected: projected, hasBiases: hasBiases)
          let states =
            name == "lstm"
            ? [[layers * sides, 2, projected ?? 4], [layers * sides, 2, 4]]
            : [[layers * sides, 2, 4]]
          let sound = try check(
            name, shapes, states: states, layers: layers, sides: sides, hasBiases: hasBiases)
          #expect(sound.fault == nil && sound.runs, "\(name) \(layers) \(sides) \(sound)")
          for index in shapes.indices {
            var other = shapes
            other[index][other[index].count - 1] += 1
            let found = try check(
              name, other, states: states, layers: layers, sides: sides, hasBiases: hasBiases)
            #expect(found.fault != nil, "weight \(index) of \(shapes.count)")
          }
          for index in states.indices {
            for axis in 0..<3 {
              for size in [0, 1, 17] where states[index][axis] != size {
                var other = states
                other[index][axis] = size
                let found = try check(
                  name, shapes, states: other, layers: layers, sides: sides, hasBiases: hasBiases)
                #expect(found.fault != nil, "state \(index), axis \(axis), \(size)")
              }
            }
          }
          let wide = try check(
            name, shapes, states: states, layers: layers, sides: sides, hasBiases: hasBiases,
            input: [2, 5, 7])
          #expect(wide.fault != nil)
        }
      }
    }
  }

  @Test func `whole numbers that have no quotient are refused, and others divided`() throws {
    for (least, type) in [(Int64.min, ElementType.int64), (Int64(Int32.min), .int32)] {
      let number = Value.tensor(
        try Tensor([least, 7], shape: [2]).converted(to: type))
      let minus = Value.tensor(try Tensor([-1, -1] as [Int64], shape: [2]).converted(to: type))
      let two = Value.tensor(try Tensor([2, -1] as [Int64], shape: [2]).converted(to: type))
      for (name, overload) in [
        ("div", "Tensor_mode"), ("div_", "Tensor_mode"), ("divide", "Tensor_mode"),
        ("floor_divide", ""), ("remainder", "Tensor"), ("fmod", "Tensor"),
      ] {
        let call = try Operator("aten::" + name, overload: overload)
        func fault(_ other: Value) -> String? {
          var arguments: Arguments = [("self", number), ("other", other)]
          if overload.hasSuffix("mode") { arguments.append(("rounding_mode", .string("trunc"))) }
          return OperatorGuard.fault(of: call.name, arguments, call)
        }
        #expect(fault(minus) != nil && fault(.int(-1)) != nil, "\(name)")
        #expect(fault(.int(2)) == nil && fault(.double(-1)) == nil, "\(name)")
        // Which of the two stands beside the smallest is not looked at.
        #expect(fault(two) != nil, "\(name)")
      }
    }
  }

  @Test func `a scale that does not make the size is refused`() throws {
    let picture = Value.tensor(try ones([1, 1, 16, 16]))
    for kind in ["bilinear", "bicubic", "lanczos"] {
      let call = try Operator("aten::_upsample_\(kind)2d_aa")
      func fault(_ scale: Double) -> String? {
        OperatorGuard.fault(
          of: call.name,
          [
            ("self", picture), ("output_size", .ints([8, 8])), ("align_corners", .bool(false)),
            ("scales_h", .double(scale)), ("scales_w", .double(0.5)),
          ], call)
      }
      #expect(fault(0.5) == nil)
      #expect(fault(0.55) == nil)
      for scale in [1e-18, 1e-5, 0.1, 2, .infinity, .nan, -0.5] {
        #expect(fault(scale) != nil, "\(kind) \(scale)")
      }
    }
  }
}
