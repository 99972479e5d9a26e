import Networks
import Tensors
import TestSupport
import Testing

@testable import Saliency

/// Re-derivation of the rules of linear operators as plain sums over weights, and what does not
/// depend on the operator that a linear map is written as.
@Suite struct LinearRuleTests {
  static let x: [Float] = [1.5, -0.5, 2, 0]
  static let w: [[Float]] = [[1, -2, 0.5, 3], [-1, 1, -0.25, 2], [0.5, 0.25, -1.5, -1]]
  static let b: [Float] = [0.5, -0.25, 1]
  static let relevance: [Float] = [1, -2, 0.5]
  static let epsilon: Float = 0.01

  /// What `contribution` and `bias` give, distributed in proportion.
  func shares(
    of relevance: [Float] = relevance,
    _ contribution: (_ i: Int, _ j: Int) -> Float, bias: (_ j: Int) -> Float = { _ in 0 }
  ) -> [Float] {
    Self.x.indices.map { i in
      Self.b.indices.map { j in
        let z = Self.x.indices.map { contribution($0, j) }.reduce(0, +) + bias(j)
        return contribution(i, j) / (z + (z < 0 ? -Self.epsilon : Self.epsilon)) * relevance[j]
      }.reduce(0, +)
    }
  }

  func trace(_ operation: String) throws -> Trace {
    let input = try Tensor(Self.x, shape: [1, 4])
    let weight = try Tensor(Self.w.flatMap(\.self), shape: [3, 4])
    let bias = try Tensor(Self.b, shape: [3])
    let program = try RelevanceToys.affine(
      operation,
      { x in
        switch operation {
        case "addmm":
          [
            ("self", .weight("bias", bias)), ("mat1", .value(x)),
            ("mat2", .weight("weight", transposed(weight))),
          ]
        default:
          [
            ("input", .value(x)), ("weight", .weight("weight", weight)),
            ("bias", .weight("bias", bias)),
          ]
        }
      }, inputShape: [4], shape: [3])
    return try program.trace(input, behind: program.inputLayer)
  }

  func transposed(_ matrix: Tensor) -> Tensor { (try? matrix.permuted([1, 0])) ?? matrix }

  func found(_ rule: LinearRule, _ operation: String) throws -> [Float] {
    let trace = try trace(operation)
    let rows = try Tensor(Self.relevance, shape: [1, 1, 3])
    return try trace.walkBack(from: rows, by: RuleTable([], otherwise: rule)).floats()
  }

  @Test(arguments: ["linear", "addmm"])
  func `rules are what their formulas say`(operation: String) throws {
    let (x, w, b) = (Self.x, Self.w, Self.b)
    let stabiliser = Stabiliser(epsilon: Self.epsilon)
    func positive(_ value: Float) -> Float { max(0, value) }
    func negative(_ value: Float) -> Float { min(0, value) }

    expectClose(
      try found(.epsilon(Self.epsilon), operation), shares({ x[$0] * w[$1][$0] }, bias: { b[$0] }),
      within: 1e-5, of: "ε")
    let up = shares({ positive(x[$0] * w[$1][$0]) }, bias: { positive(b[$0]) })
    let down = shares({ negative(x[$0] * w[$1][$0]) }, bias: { negative(b[$0]) })
    expectClose(
      try found(.alphaBeta(alpha: 3, beta: 2, stabiliser: stabiliser), operation),
      zip(up, down).map { 3 * $0 - 2 * $1 }, within: 1e-5, of: "αβ")
    expectClose(try found(.zPlus(stabiliser: stabiliser), operation), up, within: 1e-5, of: "z⁺")
    let z = b.indices.map { j in x.indices.map { x[$0] * w[j][$0] }.reduce(0, +) + b[j] }
    expectClose(
      try found(.gamma(0.5, stabiliser: stabiliser), operation),
      shares(
        { i, j in
          let part = x[i] * w[j][i]
          return part * (part * z[j] > 0 ? 1.5 : 1)
        }, bias: { j in b[j] * (b[j] * z[j] > 0 ? 1.5 : 1) }), within: 1e-5, of: "γ")
    expectClose(
      try found(
        .box(low: Tensor(-1), high: Tensor(3), stabiliser: stabiliser), operation),
      shares(
        { i, j in x[i] * w[j][i] + positive(w[j][i]) - 3 * negative(w[j][i]) },
        bias: { _ in 0 }), within: 1e-5, of: "box")
    expectClose(
      try found(.flat(stabiliser: stabiliser), operation), shares({ _, _ in 1 }), within: 1e-5,
      of: "flat")
    let excited = x.indices.map { i in
      b.indices.map { j in
        let z = x.indices.map { positive(x[$0]) * positive(w[j][$0]) }.reduce(0, +)
        return z == 0 ? 0 : positive(x[i]) * positive(w[j][i]) / z * Self.relevance[j]
      }.reduce(0, +)
    }
    expectClose(try found(.excitation(.drop), operation), excited, within: 1e-5, of: "excitation")
  }

  @Test func `every kind of convolution conserves what arrives at positive results`() throws {
    for (operation, input, weight, output) in [
      ("conv1d", [2, 5], [3, 2, 3], [3, 3]),
      ("conv3d", [1, 3, 3, 3], [2, 1, 2, 2, 2], [2, 2, 2, 2]),
      ("conv_transpose2d.input", [2, 3, 3], [2, 3, 2, 2], [3, 4, 4]),
      ("matmul", [2, 4], [4, 3], [2, 3]),
    ] as [(String, [Int], [Int], [Int])] {
      func ramp(_ shape: [Int]) throws -> Tensor {
        let count = shape.reduce(1, *)
        return try Tensor((0..<count).map { Float(($0 * 7) % 5 + 1) / 5 }, shape: shape)
      }
      let weights = try ramp(weight)
      let program = try RelevanceToys.affine(
        operation,
        { x in
          operation == "matmul"
            ? [("self", .value(x)), ("other", .weight("weight", weights))]
            : [("input", .value(x)), ("weight", .weight("weight", weights))]
        }, inputShape: input, shape: output)
      let trace = try program.trace(ramp([1] + input), behind: program.inputLayer)
      let rows = try Tensor.stacked([ramp([1] + output), ramp([1] + output) * -2])
      for rule in [LinearRule.epsilon(0), .zPlus(stabiliser: .least), .excitation(.drop)] {
        let found = try trace.walkBack(from: rows, by: RuleTable([], otherwise: rule))
        expectClose(
          try found.reshaped([2, -1]).sum(axes: [1]).floats(),
          try rows.reshaped([2, -1]).sum(axes: [1]).floats(), within: 1e-5, of: operation)
      }
    }
  }
}
