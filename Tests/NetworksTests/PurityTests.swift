import Tensors
import TestSupport
import Testing

@testable import Networks

/// Running a network changes nothing but what it returns, whatever its operators write to.
@Suite(.enabled(if: Zoo.isAvailable, Zoo.reason))
struct PurityTests {
  @Test func `running leaves the input, the weights and the next run as they were`() throws {
    for name in try Zoo.names() {
      try ZooTests.trying(name) {
        let member = try Zoo.member(name)
        let weights = try Self.contents(of: member.program)
        let input = try member.input.floats()
        let first = try member.program.output(for: member.input).floats()
        if try member.layer() != nil { _ = try member.gradients() }
        #expect(try member.program.output(for: member.input).floats() == first, "\(name)")
        #expect(try member.input.floats() == input, "\(name)")
        #expect(try Self.contents(of: member.program) == weights, "\(name)")
      }
    }
  }

  @Test func `resuming from the unchanged activation gives the output, every time`() throws {
    for name in try Zoo.names() {
      try ZooTests.trying(name) {
        let member = try Zoo.member(name)
        guard let layer = try member.layer() else { return }
        let expected = try member.program.output(for: member.input)
        let paused = try member.program.run(upTo: layer, input: member.input)
        let activation = try paused.activation.floats()
        for _ in 0..<2 {
          try expectClose(
            paused.output(replacing: paused.activation), expected, within: 1e-6, of: name)
        }
        #expect(try paused.activation.floats() == activation, "\(name)")
        let other = try paused.output(replacing: paused.activation.squared())
        #expect(try other.floats() != expected.floats(), "\(name) does not depend on its layer")
      }
    }
  }

  @Test func `every node and module can be stopped at and resumed from`() throws {
    for name in ["WrittenBase", "WrittenBeforeAndAfter", "Slices", "CountingBuffer", "ReusedBlock"]
    {
      let member = try Zoo.member(name)
      let expected = try member.program.output(for: member.input)
      for layer in member.program.nodeLayers + member.program.moduleLayers {
        let paused = try member.program.run(upTo: layer, input: member.input)
        try expectClose(
          paused.output(replacing: paused.activation), expected, within: 1e-6,
          of: "\(name) \(layer.name)")
      }
    }
  }

  @Test func `gradients at several layers at once are those at each alone`() throws {
    for name in ["ReusedBlock", "WrittenInsideModule", "Convolutions", "InPlaceResidual"] {
      let program = try Zoo.member(name).program
      let picture = try Zoo.member(name).picture()
      let layers = program.moduleLayers.filter(\.isSpatial)
      let together = try program.gradients(at: layers, input: picture, of: Self.scores)
      for (layer, gradient) in try paired(layers, together.gradients) {
        let alone = try program.gradients(at: [layer], input: picture, of: Self.scores)
        try expectClose(gradient, alone.gradients[0], within: 1e-5, of: "\(name) \(layer.name)")
      }
    }
  }

  private static func scores(_ output: Tensor) throws -> Tensor {
    try output.reshaped([-1]).slice(axis: 0, 0..<3)
  }

  private static func contents(of program: Program) throws -> [[UInt8]] {
    try program.weights.map { try $0.tensor.bytes() }
  }
}
