import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Known answers, reductions and draws of GradientSHAP.
@Suite struct GradientSHAPTests {
  @Test func `for a linear network it is the mean difference times the weights`() throws {
    let network = try ToyNetworks.network(
      ToyNetworks.perceptron([([[1, -2, 0.5], [3, 1, -1]], [0.3, -1])]))
    let input = try IntegratedGradientsTests.input([0.7, -0.2, 2])
    let map = try GradientSHAP(baselines: [.black, .white], samples: 6, seed: 4)
      .maps(of: [.logit(ClassSet(0))], in: network, at: input).maps[0]
    // Black is 0 and white 1 here, half each: (x − ½) ⊙ w.
    expectClose(try map.values.floats(), [0.2, 1.4, 0.75], within: 1e-6)
    #expect(abs(map.measurements[.completenessError] ?? 9) < 1e-5)
  }

  @Test func `with many points and one baseline it is Integrated Gradients`() throws {
    let network = try ToyNetworks.network(ToyNetworks.bent())
    let input = try IntegratedGradientsTests.input(IntegratedGradientsTests.far)
    let scores: [Score] = [.logit(ClassSet(0)), .logit(ClassSet(2))]
    let found = try GradientSHAP(baselines: [.white], samples: 400, seed: 4)
      .maps(of: scores, in: network, at: input).maps
    let expected = try IntegratedGradients(baseline: .white, rule: .gaussLegendre(steps: 1000))
      .maps(of: scores, in: network, at: input).maps
    for (map, reference) in try paired(found, expected) {
      // One draw in each of 400 parts: a bend misplaces at most one part's share.
      try expectClose(map.values, reference.values, within: 0.02)
    }
  }

  @Test func `every part of the way and every baseline has its share of the draws`() {
    let draws = GradientSHAP(baselines: [.black, .white, .mean], samples: 30, seed: 9).draws()
    #expect(Set(draws.map { Int($0.fraction * 30) }) == Set(0..<30))
    for baseline in 0..<3 { #expect(draws.filter { $0.baseline == baseline }.count == 10) }
    // Early parts are not all one baseline's.
    #expect(Set(draws.filter { $0.fraction < 0.34 }.map(\.baseline)).count > 1)
  }

  @Test func `over seeds the mean of the draws is that of the uniform distribution`() {
    let fractions = (0..<500).flatMap { seed in
      GradientSHAP(baselines: [.black], samples: 3, seed: Seed(UInt64(seed))).draws()
        .prefix(1).map(\.fraction)
    }
    let mean = fractions.reduce(0, +) / Float(fractions.count)
    // Standard error √(1/12 / 500) = 0.013; five of them.
    #expect(abs(mean - 0.5) < 0.065, "\(mean)")
  }

  @Test func `with noise no completeness error is told, which would be none of the picture`() throws
  {
    for (noise, isTold) in [(0, true), (0.2, false)] as [(Float, Bool)] {
      let map = try GradientSHAP(samples: 4, noise: noise, seed: 1).maps(
        of: IntegratedGradientsTests.logit, in: ToyNetworks.network(ToyNetworks.bent()),
        at: IntegratedGradientsTests.input(IntegratedGradientsTests.far)
      ).maps[0]
      #expect((map.measurements[.completenessError] != nil) == isTold)
      #expect(map.measurements[.scoreDifference] != nil)
    }
  }
}
