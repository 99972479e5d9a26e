import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Re-derivation and reductions of noise tunnels.
@Suite struct NoiseTunnelTests {
  static let scores: [Score] = [.logit(ClassSet(0)), .probability(ClassSet(1))]

  func bent() throws -> (Network, Tensor) {
    (
      try ToyNetworks.network(ToyNetworks.bent()),
      try IntegratedGradientsTests.input(IntegratedGradientsTests.far)
    )
  }

  @Test func `one sample without noise is the method itself, its square, and no variance`() throws {
    let (network, input) = try bent()
    let methods: [any Explainer] = [
      InputGradient(), InputXGradient(), IntegratedGradients(rule: .gaussLegendre(steps: 5)),
    ]
    for method in methods {
      let plain = try method.maps(of: Self.scores, in: network, at: input)
      func tunnel(_ statistic: NoiseTunnel.Statistic) throws -> Explanation {
        try NoiseTunnel(method, statistic: statistic, samples: 1, noise: 0, seed: 1)
          .maps(of: Self.scores, in: network, at: input)
      }
      let (mean, squared, variance) = (
        try tunnel(.mean), try tunnel(.squared), try tunnel(.variance)
      )
      #expect(mean.scores == plain.scores)
      for (i, map) in plain.maps.enumerated() {
        try expectClose(mean.maps[i].values, map.values, within: 1e-6)
        let attribution = try #require(map.attribution)
        try expectClose(
          #require(squared.maps[i].attribution), attribution.squared(), within: 1e-6)
        #expect(try variance.maps[i].values.floats().allSatisfy { $0 == 0 })
      }
    }
  }

  @Test func `mean, mean square and variance are those of the maps of the noisy copies`() throws {
    let (network, input) = try bent()
    let noisy = try NoisyInputs(of: input, noise: 0.2, seed: 6)
    let each = try (0..<7).map { i in
      try InputXGradient()
        .maps(of: Self.scores, in: network, at: noisy.inputs(i..<i + 1))
        .maps.map { try $0.values.floats() }
    }
    for statistic in NoiseTunnel.Statistic.allCases {
      let found = try NoiseTunnel(
        InputXGradient(), statistic: statistic, samples: 7, noise: 0.2, seed: 6
      ).maps(of: Self.scores, in: network, at: input)
      for s in Self.scores.indices {
        let expected = (0..<12).map { place -> Float in
          let values = each.map { Double($0[s][place]) }
          let mean = values.reduce(0, +) / 7
          let square = values.map { $0 * $0 }.reduce(0, +) / 7
          return Float([.mean: mean, .squared: square][statistic] ?? square - mean * mean)
        }
        // Sums of 7 floats against sums of doubles.
        expectClose(try found.maps[s].values.floats(), expected, within: 1e-5, of: "\(statistic)")
      }
      #expect(found.maps[0].measurements[.samples] == 7)
    }
  }

  @Test func `noise is a fraction of the input's range`() throws {
    let input = try Tensor((0..<3000).map { Float($0 % 5) }, shape: [1, 3, 20, 50])
    let noisy = try NoisyInputs(of: input, noise: 0.25, seed: 3).inputs(0..<4)
    let noise = try (noisy - input).floats()
    let variance = noise.map { $0 * $0 }.reduce(0, +) / Float(noise.count)
    // Range 4, so σ = 1; 12,000 draws: standard error √(2 / 12,000) = 0.013; five of them.
    #expect(abs(variance - 1) < 0.065, "\(variance)")
    #expect(Set(noise).count > 11_000)
  }

  @Test func `any explainer can be smoothed`() throws {
    let program = try ToyNetworks.pooled(
      kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3]])
    let network = try ToyNetworks.network(program)
    let input = try Tensor([0.1, 0.9, 0.4, 0.7, 0.2, 0.6] as [Float], shape: [1, 1, 2, 3])
    let method = try GradCAM().at(program.layer(named: "relu"))
    let plain = try method.maps(of: Self.scores, in: network, at: input)
    let still = try NoiseTunnel(method, samples: 3, noise: 0, seed: 1)
      .maps(of: Self.scores, in: network, at: input)
    for (map, other) in try paired(still.maps, plain.maps) {
      try expectClose(map.values, other.values, within: 1e-6)
      #expect(map.attribution == nil)
    }
    let noisy = try NoisyInputs(of: input, noise: 0.5, seed: 2)
    let found = try NoiseTunnel(method, samples: 2, noise: 0.5, seed: 2)
      .maps(of: Self.scores, in: network, at: input)
    let (first, second) = (
      try method.maps(of: Self.scores, in: network, at: noisy.inputs(0..<1)),
      try method.maps(of: Self.scores, in: network, at: noisy.inputs(1..<2))
    )
    try expectClose(
      found.maps[0].values, (first.maps[0].values + second.maps[0].values) * 0.5, within: 1e-6)
  }
}
