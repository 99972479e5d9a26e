import Imagery
import Networks
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Settings of the gradient methods as people write them, and bad ones.
@Suite struct GradientMenuTests {
  func made(_ name: String, _ settings: String) throws -> any Explainer {
    let entry = try ExplainerMenu.entry(named: name)
    let context = ExplainerEntry.Context(
      network: try ToyNetworks.network(ToyNetworks.bent()), seed: 8
    ) { throw PictureError.missing($0) }
    return try entry.explainer(entry.values(settings), context)
  }

  @Test func `Integrated Gradients take a baseline, and steps or a tolerance`() throws {
    for (text, rule) in [
      ("", .gaussLegendre(steps: 50)), ("steps=7", .gaussLegendre(steps: 7)),
      ("tolerance=0.02", .refined(tolerance: 0.02, limit: 500)),
      ("steps=90,tolerance=0.02", .refined(tolerance: 0.02, limit: 90)),
    ] as [(String, IntegratedGradients.Rule)] {
      let found = try #require(
        try made("integrated-gradients", text + ",baseline=blur:4") as? IntegratedGradients)
      #expect(found.rule == rule)
      #expect(found.baseline == .blur(sigma: 4))
    }
  }

  @Test func `a noise tunnel takes a method and that method's settings`() throws {
    let found = try #require(
      try made(
        "noise-tunnel",
        "method=integrated-gradients,kind=variance,samples=3,noise=0.2,steps=9,baseline=white")
        as? NoiseTunnel)
    #expect(found.statistic == .variance)
    #expect(found.samples == 3 && found.noise == 0.2 && found.seed == 8)
    let base = try #require(found.base as? IntegratedGradients)
    #expect(base.rule == .gaussLegendre(steps: 9) && base.baseline == .white)
    func tunnelled(_ text: String) throws -> any Explainer {
      try #require(try made("noise-tunnel", text) as? NoiseTunnel).base
    }
    #expect(try tunnelled("") is InputGradient)
    #expect(try tunnelled("method=guided-backprop") is GuidedBackpropagation)
    #expect(try tunnelled("method=deconvolution") is Deconvolution)
    let rescaled = try #require(try tunnelled("method=deeplift,baseline=white") as? DeepLIFT)
    #expect(rescaled.baseline == .white)
    let expected = try #require(
      try tunnelled("method=gradient-shap,baselines=mean,samples=3,noise=0.2") as? GradientSHAP)
    #expect(expected.baselines == [.mean] && expected.samples == 50 && expected.noise == 0)
  }

  @Test func `GradientSHAP takes several baselines`() throws {
    let found = try #require(
      try made("gradient-shap", "baselines=black+blur:8+mean,samples=12") as? GradientSHAP)
    #expect(found.baselines == [.black, .blur(sigma: 8), .mean])
    #expect(found.samples == 12 && found.noise == 0 && found.seed == 8)
    #expect(
      try #require(try made("gradient-shap", "") as? GradientSHAP).baselines == [.black, .white])
  }

  @Test(arguments: [
    ("integrated-gradients", "steps=0"), ("integrated-gradients", "steps=many"),
    ("integrated-gradients", "tolerance=0"), ("integrated-gradients", "tolerance=2"),
    ("integrated-gradients", "baseline=gray"), ("noise-tunnel", "method=grad-cam"),
    ("noise-tunnel", "steps=4"), ("noise-tunnel", "method=deeplift,steps=4"),
    ("noise-tunnel", "method=gradient-shap,baseline=white"), ("noise-tunnel", "baselines=black"),
    ("noise-tunnel", "samples=0"), ("noise-tunnel", "kind=median"),
    ("noise-tunnel", "noise=-1"), ("gradient-shap", "baselines=black+"), ("saliency", "steps=4"),
  ])
  func `settings that mean nothing are refused`(name: String, settings: String) {
    #expect(throws: SettingError.self) { try made(name, settings) }
  }
}
