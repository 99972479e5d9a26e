import Imagery
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Settings that cannot be: every explainer refuses them where it begins, in one manner.
@Suite struct SettingCheckTests {
  /// Every explainer that has settings, with each of them out of its range, one at a time.
  static let bad: [(name: String, explainer: any Explainer)] =
    samplers + gradients + relevances

  private static let samplers: [(String, any Explainer)] = [
    ("masks", RISE(maskCount: 0, seed: 1)), ("masks", RISE(maskCount: -1, seed: 1)),
    ("masks", RISE(maskCount: .max, seed: 1)), ("probability", RISE(probability: 0, seed: 1)),
    ("probability", RISE(probability: .nan, seed: 1)), ("cells", RISE(cells: 0, seed: 1)),
    ("cells", RISE(cells: .max, seed: 1)), ("tolerance", RISE(tolerance: -1, seed: 1)),
    ("batch", RISE(batch: 0, seed: 1)), ("fill", RISE(fill: .blur(sigma: .infinity), seed: 1)),
    ("samples", LIME(samples: 0, seed: 1)), ("samples", LIME(samples: .min, seed: 1)),
    ("width", LIME(width: 0, seed: 1)), ("width", LIME(width: .nan, seed: 1)),
    ("penalty", LIME(penalty: 0, seed: 1)), ("penalty", LIME(penalty: -.infinity, seed: 1)),
    ("segments", LIME(segmentation: .init(segments: 0), seed: 1)),
    ("compactness", LIME(segmentation: .init(compactness: .nan), seed: 1)),
    ("batch", LIME(batch: -3, seed: 1)),
    ("fill", LIME(fill: .baseline(.noise(sigma: -1, seed: 1)), seed: 1)),
    ("window", PDA(window: 0, seed: 1)), ("stride", PDA(stride: 0, seed: 1)),
    ("surround", PDA(surround: -1, seed: 1)), ("samples", PDA(samples: 0, seed: 1)),
    ("samples", PDA(samples: .max, seed: 1)), ("training", PDA(trainingCount: 0, seed: 1)),
    ("window", PDA(window: .max, stride: 1, seed: 1)), ("batch", PDA(batch: 0, seed: 1)),
    ("source", PDA(source: .pictures([]), seed: 1)), ("window", Occlusion(window: 0)),
    ("stride", Occlusion(stride: -1)), ("batch", Occlusion(batch: 0)),
    ("baseline", Occlusion(baseline: .blur(sigma: .nan))),
  ]

  private static let gradients: [(String, any Explainer)] = [
    ("samples", NoiseTunnel(InputGradient(), samples: 0, seed: 1)),
    ("noise", NoiseTunnel(InputGradient(), noise: -1, seed: 1)),
    ("noise", NoiseTunnel(InputGradient(), noise: .nan, seed: 1)),
    ("steps", NoiseTunnel(IntegratedGradients(rule: .gaussLegendre(steps: 0)), seed: 1)),
    ("samples", GradientSHAP(samples: 0, seed: 1)),
    ("noise", GradientSHAP(noise: .infinity, seed: 1)),
    ("baselines", GradientSHAP(baselines: [], seed: 1)),
    ("baselines", GradientSHAP(baselines: [.blur(sigma: -1)], seed: 1)),
    ("steps", IntegratedGradients(rule: .gaussLegendre(steps: 0))),
    ("steps", IntegratedGradients(rule: .gaussLegendre(steps: 1_000_000))),
    ("tolerance", IntegratedGradients(rule: .refined(tolerance: 0, limit: 50))),
    ("tolerance", IntegratedGradients(rule: .refined(tolerance: .nan, limit: 50))),
    ("steps", IntegratedGradients(rule: .refined(tolerance: 0.1, limit: 0))),
    ("baseline", IntegratedGradients(baseline: .blur(sigma: .infinity))),
    ("baseline", DeepLIFT(from: .noise(sigma: .nan, seed: 1))),
  ]

  private static let relevances: [(String, any Explainer)] = [
    ("epsilon", LRP(epsilon: -1)), ("epsilon", LRP(epsilon: .nan)),
    ("gamma", LRP(gamma: -.infinity)), ("alpha", LRP(alpha: 0.5)),
  ]

  @Test func `an explainer says which setting cannot be, and what it may be`() throws {
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]],
        height: 4, width: 6))
    let input = try Tensor((0..<24).map { Float($0) / 24 }, shape: [1, 1, 4, 6])
    #expect(Self.bad.count > 50)
    for (name, explainer) in Self.bad {
      let fault = #expect(throws: SettingFault.self, "\(explainer)") {
        try explainer.maps(
          of: { _ in [.logit(ClassSet(0))] }, in: network, at: input, within: Resources()
        ) { _ in }
      }
      #expect(fault?.name == name, "\(explainer)")
      #expect(fault?.kind == .usage && fault?.description.contains("must be") == true)
    }
  }

  @Test func `usual settings are right`() throws {
    let usual: [any Explainer] = [
      RISE(seed: 1), LIME(seed: 1), PDA(seed: 1), Occlusion(),
      NoiseTunnel(InputGradient(), seed: 1), GradientSHAP(seed: 1), IntegratedGradients(),
      DeepLIFT(from: .black), LRP(), InputGradient(),
    ]
    for explainer in usual { try explainer.checkSettings() }
  }
}
