import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Known answers, completeness and reductions of Integrated Gradients.
@Suite struct IntegratedGradientsTests {
  static let logit = [Score.logit(ClassSet(0))]

  static func input(_ numbers: [Float]) throws -> Tensor {
    try Tensor(numbers, shape: [1, 1, 1, numbers.count])
  }

  /// A point where the network of many bends has many on its way.
  static let far: [Float] = [3, -2, 1, 4, -1, 2, -3, 1, 2, -2, 3, 1]

  @Test(arguments: [
    IntegratedGradients.Rule.gaussLegendre(steps: 50), .refined(tolerance: 1e-3, limit: 200),
  ])
  func `two forms of one function have the published attributions`(
    rule: IntegratedGradients.Rule
  ) throws {
    // ReLU(ReLU(x₁) − 1 − ReLU(x₂)) and ReLU(ReLU(x₁ − 1) − ReLU(x₂)) at (3, 1).
    let first = try ToyNetworks.perceptron([
      ([[1, 0], [0, 1]], [0, 0]), ([[1, -1]], [-1]), ([[1]], [0]),
    ])
    let second = try ToyNetworks.perceptron([
      ([[1, 0], [0, 1]], [-1, 0]), ([[1, -1]], [0]), ([[1]], [0]),
    ])
    let both = try [first, second].map { program in
      try IntegratedGradients(rule: rule).maps(
        of: Self.logit, in: ToyNetworks.network(program), at: Self.input([3, 1])
      ).maps[0].values.floats()
    }
    // The first bends at t = ½, where an even number of points is exact. The second bends at ⅓ and
    // ½, each part of which a rule of 50 points knows to a fiftieth.
    let tolerance: Float = rule == .gaussLegendre(steps: 50) ? 0.03 : 2e-3
    expectClose(both[0], [1.5, -0.5], within: tolerance, of: "first")
    expectClose(both[1], [1.5, -0.5], within: tolerance, of: "second")
  }

  @Test func `the Gauss-Legendre rule is the tabulated one`() throws {
    // Abramowitz and Stegun, table 25.4, n = 3 and 5, moved to 0…1.
    let three = Quadrature.gaussLegendre(3)
    let five = Quadrature.gaussLegendre(5)
    for (found, expected) in try paired(
      three.points + three.weights + [five.points[0], five.points[1], five.weights[0]],
      [
        0.5 - 0.774_596_669_241_483 / 2, 0.5, 0.5 + 0.774_596_669_241_483 / 2,
        5.0 / 18, 8.0 / 18, 5.0 / 18, 0.5 - 0.906_179_845_938_664 / 2,
        0.5 - 0.538_469_310_105_683 / 2, 0.236_926_885_056_189 / 2,
      ])
    {
      #expect(abs(found - expected) < 1e-14)
    }
  }

  @Test(arguments: [1, 2, 9, 64, 501])
  func `the Gauss-Legendre rule integrates powers up to twice its length`(count: Int) throws {
    let rule = Quadrature.gaussLegendre(count)
    #expect(rule.points == rule.points.sorted())
    for power in [0, 1, count, 2 * count - 1] {
      var sum = 0.0
      for (point, weight) in try paired(rule.points, rule.weights) {
        sum += weight * (0..<power).reduce(1.0) { product, _ in product * point }
      }
      #expect(abs(sum * Double(power + 1) - 1) < 1e-12, "∫ t^\(power) with \(count) points")
    }
  }

  @Test(arguments: [
    IntegratedGradients.Rule.gaussLegendre(steps: 1), .gaussLegendre(steps: 7),
    .refined(tolerance: 0.01, limit: 40),
  ])
  func `for a linear network and a black baseline it is the input times the gradient`(
    rule: IntegratedGradients.Rule
  ) throws {
    let network = try ToyNetworks.network(
      ToyNetworks.perceptron([([[1, -2, 0.5], [3, 1, -1]], [0.3, -1])]))
    let scores: [Score] = [.logit(ClassSet(0)), .logOdds(ClassSet(0), against: ClassSet(1))]
    let input = try Self.input([0.7, -0.2, 2])
    let found = try IntegratedGradients(rule: rule).maps(of: scores, in: network, at: input)
    let expected = try InputXGradient().maps(of: scores, in: network, at: input)
    for (map, other) in try paired(found.maps, expected.maps) {
      try expectClose(map.values, other.values, within: 1e-6)
      #expect(abs(map.measurements[.completenessError] ?? 9) < 1e-5)
    }
  }

  @Test func `the way begins at the baseline`() throws {
    // Probabilities of a linear network bend smoothly.
    let network = try ToyNetworks.network(
      ToyNetworks.perceptron([([[1, -1], [-2, 1]], [0, 0.5])]))
    let input = try Self.input([1, 2])
    for baseline in [Baseline.black, .white, .blur(sigma: 1), .noise(sigma: 0.3, seed: 2)] {
      let map = try IntegratedGradients(baseline: baseline, rule: .gaussLegendre(steps: 20))
        .maps(of: [.probability(ClassSet(0))], in: network, at: input).maps[0]
      let score = Score.probability(ClassSet(0))
      let ends = try Tensor.concatenated([baseline.input(for: network, at: input), input])
      let values = try network.values(of: [score], from: network.program.output(for: ends))
        .floats()
      let change = map.measurements[.scoreDifference] ?? .nan
      #expect(abs(change - (values[1] - values[0])) < 1e-6)
      // 20 points are exact to rounding for a function as smooth as this.
      #expect(abs(try map.values.sum().number() - change) < 1e-5, "\(baseline)")
    }
  }

  @Test(arguments: [0.05, 0.01, 0.001] as [Float])
  func `a tolerance is kept, and the attribution is that of a rule with many points`(
    tolerance: Float
  ) throws {
    let network = try ToyNetworks.network(ToyNetworks.bent())
    let scores: [Score] = [.logit(ClassSet(0)), .logit(ClassSet(1)), .surprise(at: ClassSet(2))]
    let input = try Self.input(Self.far)
    let found = try IntegratedGradients(rule: .refined(tolerance: tolerance, limit: 500))
      .maps(of: scores, in: network, at: input).maps
    let dense = try IntegratedGradients(rule: .gaussLegendre(steps: 2000))
      .maps(of: scores, in: network, at: input).maps
    for (map, reference) in try paired(found, dense) {
      let error = try #require(map.measurements[.completenessError])
      let change = try #require(map.measurements[.scoreDifference])
      #expect(abs(error) <= tolerance * abs(change) + 1e-5, "\(error) of \(change)")
      #expect(abs(try map.values.sum().number() - change - error) < 1e-4)
      #expect((33...508).contains(map.measurements[.steps] ?? 0))
      // 33 parts that each know their gradient at both ends; a bend within one costs a share of it.
      try expectClose(map.values, reference.values, within: 0.05)
    }
  }

  @Test func `points are no more than the limit and one round`() throws {
    let network = try ToyNetworks.network(ToyNetworks.bent())
    let map = try IntegratedGradients(rule: .refined(tolerance: 1e-9, limit: 60))
      .maps(of: Self.logit, in: network, at: Self.input(Self.far)).maps[0]
    #expect((60..<64).contains(map.measurements[.steps] ?? 0))
  }
}
