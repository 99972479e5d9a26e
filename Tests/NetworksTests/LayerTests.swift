import Tensors
import TestSupport
import Testing

@testable import Networks

/// Names of layers: modules, their calls, nodes.
@Suite(.enabled(if: Zoo.isAvailable, Zoo.reason))
struct LayerTests {
  @Test func `a path that is called several times means its last call`() throws {
    let program = try Zoo.member("ReusedLast").program
    let last = try program.layer(named: "block.relu")
    #expect(last.position == (try program.layer(named: "block.relu@2")).position)
    #expect(last.position > (try program.layer(named: "block.relu@1")).position)
    let first = try program.layer(named: "block.relu@0")
    #expect(first.position < (try program.layer(named: "block.relu@1")).position)
    #expect(first.type == "ReLU")
  }

  @Test func `every listed layer is found again by its name`() throws {
    for name in try Zoo.names() {
      let program = try Zoo.member(name).program
      for layer in program.moduleLayers {
        #expect(try program.layer(named: layer.name) == layer, "\(name)")
      }
    }
  }

  @Test func `the calls of a module inside another one are told apart`() throws {
    let names = try Zoo.member("ReusedBlock").program.moduleLayers.map(\.name)
    for name in ["block@0", "block@1", "block.relu@0", "block.relu@5", "block.first@1"] {
      #expect(names.contains(name))
    }
    #expect(!names.contains("block"))
  }

  @Test func `a layer that the scores do not depend on is named`() throws {
    let member = try Zoo.member("NoGradient")
    let layer = try member.program.layer(named: "submod_1.amax")
    #expect(throws: NetworkError.layerDoesNotReachOutput("submod_1.amax")) {
      try member.program.gradients(at: [layer], input: member.picture()) {
        try $0.detached().reshaped([-1]).slice(axis: 0, 0..<1)
      }
    }
  }

  @Test func `an unknown layer names its nearest neighbours`() throws {
    let program = try Zoo.member("Gate").program
    let error = #expect(throws: NetworkError.self) { try program.layer(named: "squeze.1") }
    guard case .unknownLayer("squeze.1", let nearest) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(nearest.contains("squeeze.1"))
  }
}
