import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Known answers: methods explain what is no picture without knowing it.
@Suite struct FeatureTests {
  /// Every method for which the map of a linear network is what each feature adds to the score.
  static let methods: [(name: String, explainer: any Explainer, tolerance: Float)] = [
    // Rounding alone.
    ("Integrated Gradients", IntegratedGradients(baseline: .mean), 1e-5),
    (
      "refined", IntegratedGradients(baseline: .mean, rule: .refined(tolerance: 0.01, limit: 100)),
      1e-5
    ),
    ("GradientSHAP", GradientSHAP(baselines: [.mean], samples: 4, seed: 1), 1e-5),
    ("DeepLIFT", DeepLIFT(from: .mean), 1e-5),
    ("occlusion", Occlusion(), 1e-5),
    // The penalty draws the coefficients a millionth towards 0.
    ("LIME", LIME(samples: 200, penalty: 1e-6, seed: 2), 1e-3),
  ]

  static let text = "1 3 4 2"
  static let tokens = [1, 3, 4, 2]
  static let row: [Float] = [55, 2, 1]

  @Test(arguments: methods.indices)
  func `a map over tokens is what each token adds to the score`(_ i: Int) throws {
    let (name, method, tolerance) = Self.methods[i]
    let network = try ToyInputs.bag()
    let input = try network.input(from: Self.text)
    let found = try method.maps(
      of: [.logit(ClassSet(0)), .logOdds(ClassSet(1), against: ClassSet(0))], in: network,
      at: input)
    let own = Self.tokens.map { ToyInputs.evidence(of: $0, for: 0) }
    let other = Self.tokens.map { ToyInputs.evidence(of: $0, for: 1) }
    try #require(found.maps.count == 2)
    expectClose(try found.maps[0].values.floats(), own, within: tolerance, of: name)
    expectClose(
      try found.maps[1].values.floats(), zip(other, own).map { $0 - $1 }, within: tolerance,
      of: name)
    #expect(found.maps.allSatisfy { $0.features == .tokens(["1", "3", "4", "2"]) })
  }

  @Test(arguments: methods.indices)
  func `a map over columns is what each column adds to the score`(_ i: Int) throws {
    let (name, method, tolerance) = Self.methods[i]
    let network = try ToyInputs.table()
    let found = try method.maps(
      of: [.logit(ClassSet(0))], in: network, at: network.input(from: Self.row))
    // (55 − 40)/10, (2 − 3)/2 and (1 − 0.5)/0.5, each times its weight.
    expectClose(try found.maps[0].values.floats(), [1.5, 1, 0.5], within: tolerance, of: name)
    #expect(found.maps[0].features == .columns(["age", "income", "owns"]))
  }

  @Test func `gradients over tokens are summed over the channels of each`() throws {
    let network = try ToyInputs.bag()
    let input = try network.input(from: Self.text)
    let gradient = try InputGradient().maps(of: [.logit(ClassSet(1))], in: network, at: input)
    expectClose(
      try gradient.maps[0].values.floats(), Array(repeating: 3.5 / 4, count: 4), within: 1e-6)
    #expect(try #require(gradient.maps[0].attribution).shape == [4, 2])
    let largest = try Reduced(InputGradient(), by: .maxAbs)
      .maps(of: [.logit(ClassSet(1))], in: network, at: input)
    expectClose(
      try largest.maps[0].values.floats(), Array(repeating: 3.0 / 4, count: 4), within: 1e-6)
  }

  @Test func `RISE hides tokens and columns one by one`() throws {
    let network = try ToyInputs.bag()
    let found = try RISE(maskCount: 400, seed: 3).maps(
      of: [.logit(ClassSet(0))], in: network, at: network.input(from: Self.text))
    let d = Self.tokens.map { ToyInputs.evidence(of: $0, for: 0) }
    // E[s M_i]/p = s(nothing) + Σ d_j/2 + d_i/2.
    let nothing = zip(ToyInputs.weights[0], ToyInputs.rows[0]).reduce(0) { $0 + $1.0 * $1.1 }
    let level = nothing + d.reduce(0, +) / 2
    // The surrogate is linear in the masks as the score is, so that only its penalty is left.
    expectClose(try found.maps[0].values.floats(), d.map { level + $0 / 2 }, within: 0.02)
  }

  @Test func `a window over tokens hides runs of them`() throws {
    let network = try ToyInputs.bag()
    let found = try Occlusion(window: 2, stride: 1).maps(
      of: [.logit(ClassSet(0))], in: network, at: network.input(from: Self.text))
    let d = Self.tokens.map { ToyInputs.evidence(of: $0, for: 0) }
    // Windows 0–1, 1–2 and 2–3; each token has the mean of those that hide it.
    let pairs = [d[0] + d[1], d[1] + d[2], d[2] + d[3]]
    expectClose(
      try found.maps[0].values.floats(),
      [pairs[0], (pairs[0] + pairs[1]) / 2, (pairs[1] + pairs[2]) / 2, pairs[2]], within: 1e-5)
  }

  @Test func `a noise tunnel without noise is its method, over tokens too`() throws {
    let network = try ToyInputs.bag()
    let input = try network.input(from: Self.text)
    let plain = try InputXGradient().maps(of: [.logit(ClassSet(0))], in: network, at: input)
    let found = try NoiseTunnel(InputXGradient(), samples: 3, noise: 0, seed: 1)
      .maps(of: [.logit(ClassSet(0))], in: network, at: input)
    expectClose(try found.maps[0].values.floats(), try plain.maps[0].values.floats(), within: 1e-6)
  }

  @Test func `what only pictures have is refused in a sentence`() throws {
    let network = try ToyInputs.bag()
    let input = try network.input(from: Self.text)
    #expect(throws: SettingError.needsPictures("pda")) {
      try PDA(seed: 1).maps(of: [.probability(ClassSet(0))], in: network, at: input)
    }
    #expect(throws: InputError.noBaseline("black", of: "text")) {
      try IntegratedGradients(baseline: .black)
        .maps(of: [.logit(ClassSet(0))], in: network, at: input)
    }
    #expect(throws: InputError.noBaseline("blur", of: "row")) {
      let table = try ToyInputs.table()
      return try Occlusion(baseline: .blur(sigma: 1)).maps(
        of: [.logit(ClassSet(0))], in: table, at: table.input(from: Self.row))
    }
  }
}
