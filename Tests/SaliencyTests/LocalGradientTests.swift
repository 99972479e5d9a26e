import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Known answers of the gradient and of the gradient times the input.
@Suite struct LocalGradientTests {
  @Test func `the gradient of a small network is the one worked out by hand`() throws {
    // y = 2·ReLU(x₁ − 1) − 3·ReLU(x₁ + x₂): at (3, −1) both are on, at (0, −1) none.
    let network = try ToyNetworks.network(
      ToyNetworks.perceptron([([[1, 0], [1, 1]], [-1, 0]), ([[2, -3]], [0])]))
    for (point, gradient) in [([3, -1], [-1, -3]), ([0, -1], [0, 0]), ([0, 2], [-3, -3])]
      as [([Float], [Float])]
    {
      let input = try Tensor(point, shape: [1, 1, 1, 2])
      let found = try InputGradient().maps(of: [.logit(ClassSet(0))], in: network, at: input)
      #expect(try found.maps[0].attribution?.floats() == gradient)
      #expect(try found.maps[0].values.floats() == gradient)
      let times = try InputXGradient().maps(of: [.logit(ClassSet(0))], in: network, at: input)
      #expect(try times.maps[0].attribution?.floats() == zip(point, gradient).map { $0 * $1 })
    }
  }

  @Test func `without biases, the input times the gradient sums to the score`() throws {
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1, -2, 0.5], biases: [0, 0, 0], head: [[1, 2, -1], [3, -1, 2]]))
    let input = try Tensor([0.1, -0.9, 0.4, 0.7, -0.2, 0.6] as [Float], shape: [1, 1, 2, 3])
    let found = try InputXGradient().maps(
      of: [.logit(ClassSet(0)), .logOdds(ClassSet(0), against: ClassSet(1))], in: network,
      at: input)
    for (map, score) in try paired(found.maps, found.scores) {
      let sum = try map.values.sum().number()
      #expect(abs(sum - score) < 1e-5, "\(sum) is not \(score)")
    }
  }
}
