import Tensors
import TestSupport
import Testing

@testable import Networks

/// Parity of the walk by rules with libtorch's own walk over the whole program, and what happens
/// where a table has no rule.
@Suite struct TraceTests {
  @Test(.enabled(if: Zoo.isAvailable, Zoo.reason))
  func `a walk of gradients alone equals the whole program's gradient on every network of the zoo`()
    throws
  {
    var walked = 0
    for name in try Zoo.names() {
      let program = try Zoo.member(name).program
      let input = try Zoo.member(name).picture()
      // Programs that write to memory, or read no floats, are not walked.
      guard program.isFloating(program.input), program.written.isEmpty else { continue }
      try ZooTests.trying(name) {
        let trace = try program.trace(input, behind: program.inputLayer)
        let whole = try? program.gradients(at: [program.inputLayer], input: input) { output in
          try Tensor.stacked([output.sum(), output.squared().sum()])
        }
        guard let whole else { return }
        let output = trace.output
        let rows = try Tensor.stacked([output * 0 + 1, output * 2])
        let found = try trace.walkBack(from: rows, by: RuleTable([], otherwise: GradientRule()))
        // The same products, summed over readers in another order.
        try expectClose(found, whole.gradients[0], within: 1e-5, of: name)
        walked += 1
      }
    }
    #expect(walked > 40, "only \(walked) networks were walked")
  }

  @Test func `an operator without a rule is named with its place`() throws {
    let program = try ToyNetworks.pooled(kernels: [1], biases: [0], head: [[1], [2]])
    let trace = try program.trace(
      Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [1, 1, 2, 3]), behind: program.inputLayer)
    let table = RuleTable([.kinds(.linear, .averaging, rule: GradientRule())], otherwise: nil)
    #expect(throws: NetworkError.noRule(operation: "aten::relu", at: "relu (relu_1)")) {
      try trace.walkBack(from: trace.output.withAxis(at: 0), by: table)
    }
  }
}
