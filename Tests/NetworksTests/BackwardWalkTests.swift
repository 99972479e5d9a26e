import Tensors
import TestSupport
import Testing

@testable import Networks

/// Reduction: a walk shared among scores gives each score's own gradient.
@Suite struct BackwardWalkTests {
  let logits: [Float] = [0.5, -1, 2, 0.25, 1]

  func walk(_ scores: (Tensor) throws -> [Tensor]) throws -> (BackwardWalk, Tensor) {
    let leaf = try Tensor(logits, shape: [1, 5]).leaf()
    let values = try Tensor.stacked(scores(leaf.reshaped([5])))
    let direct = try #require(try values.gradients(withRespectTo: [leaf])[0])
    return (try #require(try BackwardWalk(from: values, to: leaf)), direct)
  }

  @Test func `four scores on two outputs take two rows`() throws {
    let (walk, direct) = try walk { y in
      let a = try y.select(axis: 0, index: 1)
      let b = try y.select(axis: 0, index: 3)
      return [try a - b, try b - a, a, b]
    }
    #expect(walk.rows.shape == [2, 1, 5])
    // The network behind the output is the identity, so the walk finds its own rows.
    try expectClose(walk.combined(walk.rows), direct, within: 1e-7)
  }

  @Test func `scores on every output start with their own gradients`() throws {
    let (walk, direct) = try walk { y in
      let p = try y.softmax(axis: 0)
      return try [p.select(axis: 0, index: 0), p.select(axis: 0, index: 1)]
    }
    #expect(walk.rows.shape == [2, 1, 5])
    try expectClose(walk.combined(walk.rows), direct, within: 1e-7)
  }

  @Test func `one score takes one row`() throws {
    let (walk, direct) = try walk { [try $0.logSumExp(axis: 0)] }
    #expect(walk.rows.shape == [1, 1, 5])
    try expectClose(walk.combined(walk.rows), direct, within: 1e-7)
  }

  @Test func `a layer's gradients are the same shared and alone`() throws {
    let program = try ToyNetworks.pooled(
      kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]])
    let input = try Tensor([0.1, 0.9, 0.4, 0.7, 0.2, 0.6] as [Float], shape: [1, 1, 2, 3])
    let layer = try program.layer(named: "conv")
    func score(_ index: Int, _ y: Tensor) throws -> Tensor {
      let a = try y.select(axis: 1, index: 0).select(axis: 0, index: 0)
      let b = try y.select(axis: 1, index: 2).select(axis: 0, index: 0)
      return try [a - b, b - a, a * 2, b * b][index]
    }
    let together = try program.gradients(at: [layer], input: input) { y in
      try Tensor.stacked((0..<4).map { try score($0, y) })
    }
    for i in 0..<4 {
      let alone = try program.gradients(at: [layer], input: input) {
        try Tensor.stacked([score(i, $0)])
      }
      try expectClose(
        together.gradients[0].select(axis: 0, index: i),
        alone.gradients[0].select(axis: 0, index: 0), within: 1e-6, of: "score \(i)")
    }
  }

  @Test func `scores that do not depend on the output have no walk`() throws {
    let leaf = try Tensor(logits, shape: [1, 5]).leaf()
    let walk = try BackwardWalk(from: Tensor([1] as [Float], shape: [1]), to: leaf)
    #expect(walk?.rows.shape == nil)
  }
}
