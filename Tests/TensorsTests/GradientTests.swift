import TestSupport
import Testing

@testable import Tensors

/// Gradients against calculus by hand, and many at once against one by one.
@Suite struct GradientTests {
  @Test func `the gradient of a polynomial is its derivative`() throws {
    // y = x² + 5x, dy/dx = 2x + 5
    let x = try Tensor([1, -2, 3] as [Float], shape: [3]).leaf()
    let y = try (x.squared() + x * 5).sum()
    #expect(try y.gradient(withRespectTo: [x])[0]?.floats() == [7, 1, 11])
  }

  @Test func `the gradient of a logarithm of probabilities is one less the probability`() throws {
    let x = try Tensor([0, 1, 2] as [Float], shape: [3]).leaf()
    let p = try x.detached().softmax(axis: 0).floats()
    let y = try x.logSoftmax(axis: 0).select(axis: 0, index: 1)
    let found = try #require(try y.gradient(withRespectTo: [x])[0])
    expectClose(try found.floats(), [-p[0], 1 - p[1], -p[2]], within: 1e-6)
  }

  @Test func `gradients of many numbers at once are those of each`() throws {
    let x = try Tensor((0..<24).map { Float($0) / 7 - 1 }, shape: [2, 3, 4]).leaf()
    let y = try x.exp().sum(axes: [0, 2]) * x.relu().maximum(axes: [0, 2])
    let together = try #require(try y.gradients(withRespectTo: [x])[0])
    #expect(together.shape == [3, 2, 3, 4])
    for i in 0..<3 {
      let again = try x.exp().sum(axes: [0, 2]) * x.relu().maximum(axes: [0, 2])
      let alone = try again.select(axis: 0, index: i).gradient(withRespectTo: [x])[0]
      try expectClose(together.select(axis: 0, index: i), #require(alone), within: 1e-6)
    }
  }

  @Test func `what a number does not depend on has no gradient`() throws {
    let x = try Tensor([1, 2] as [Float], shape: [2]).leaf()
    let other = try Tensor([1, 2] as [Float], shape: [2]).leaf()
    let y = try x * 2
    let found = try y.gradients(withRespectTo: [x, other])
    #expect(try found[0]?.floats() == [2, 0, 0, 2])
    #expect(found[1]?.shape == nil)
    let constant = try Tensor([1, 2] as [Float], shape: [2])
    #expect(try constant.gradients(withRespectTo: [x])[0]?.shape == nil)
    #expect(try constant.sum().gradient(withRespectTo: [x])[0]?.shape == nil)
    #expect(try !y.detached().isRecorded)
  }

  @Test func `a recorded gradient has a gradient`() throws {
    // y = x³, dy/dx = 3x²; z = Σ (dy/dx)², dz/dx = 36x³
    let x = try Tensor([1, -2, 0.5] as [Float], shape: [3]).leaf()
    let y = try (x.squared() * x).sum()
    let slope = try #require(try y.gradient(withRespectTo: [x], recording: true)[0])
    #expect(slope.isRecorded)
    let found = try #require(try slope.squared().sum().gradient(withRespectTo: [x])[0])
    expectClose(try found.floats(), [36, -288, 4.5], within: 1e-6)
    let plain = try (x.squared() * x).sum().gradient(withRespectTo: [x])
    #expect(plain[0]?.isRecorded == false)
  }

  @Test func `numbers of double precision have gradients too`() throws {
    let x = try Tensor([3, 4] as [Double], shape: [2]).leaf()
    let found = try #require(try x.squared().gradients(withRespectTo: [x])[0])
    #expect(try found.elements(as: Double.self) == [6, 0, 0, 8])
  }

  @Test func `the walk through convolution and pooling is vectorised`() throws {
    let x = try Tensor((0..<64).map { Float($0 * 37 % 101) / 50 - 1 }, shape: [1, 1, 8, 8]).leaf()
    let kernel = try Tensor((0..<27).map { Float($0 % 7) - 3 }, shape: [3, 1, 3, 3])
    let maps = try Operator("aten::conv2d").tensor([.tensor(x), .tensor(kernel)], recording: .on)
    let pooled = try Operator("aten::max_pool2d").tensor(
      [.tensor(maps.relu()), .ints([2, 2])], recording: .on)
    let scores = try pooled.mean(axes: [0, 2, 3])
    let rows = try Tensor.identity(3)
    let together = try #require(try scores.gradientsAtOnce([x], rows)[0])
    let each = try #require(try scores.gradientsOneByOne([x], rows)[0])
    try expectClose(together, each, within: 1e-6)
  }
}
