import Foundation
import Networks
import Saliency
import Terms
import TestSupport
import Testing

/// What people may write behind `--settings`, and what the menu promises.
@Suite struct SettingTests {
  static let settings = [
    Setting("steps", .count(1...100), default: "10", "points"),
    Setting("noise", .number(0...1), default: "0.1", "deviation"),
    Setting("kind", .choice(["mean", "variance"]), default: "mean", "what"),
  ]

  func values(_ text: String) throws(SettingError) -> SettingValues {
    try SettingValues(text, for: Self.settings, of: "toy")
  }

  @Test func `what is not given is usual`() throws {
    let found = try values("noise=0.5")
    #expect(found.text("steps") == "10" && found.text("noise") == "0.5")
    #expect(found.text("stesp") == nil, "a name that is none has no value")
    #expect(found.all.map(\.key) == ["steps", "noise", "kind"])
    #expect(found.given == ["noise"])
    #expect(try values("").all.map(\.value) == ["10", "0.1", "mean"])
  }

  @Test func `an unknown key names the nearest`() {
    #expect(
      throws: SettingError.unknown(
        "stesp", of: "toy", nearest: ["steps"], known: ["steps", "noise", "kind"])
    ) { try values("stesp=4") }
  }

  @Test(arguments: [
    ("steps=0", SettingError.value("0", of: "steps", expected: "a whole number from 1 to 100")),
    ("steps=2.5", .value("2.5", of: "steps", expected: "a whole number from 1 to 100")),
    ("noise=nan", .value("nan", of: "noise", expected: "a number from 0 to 1")),
    ("noise=", .value("", of: "noise", expected: "a number from 0 to 1")),
    ("kind=max", .value("max", of: "kind", expected: "one of mean, variance")),
    ("steps", .noValue("steps")), ("steps=1,steps=2", .twice("steps")),
  ])
  func `values that cannot be are refused with what may be`(text: String, error: SettingError) {
    #expect(throws: error) { try values(text) }
  }

  @Test
  func `every explainer that was promised is on the menu, once, with its usual settings valid`()
    throws
  {
    let names = ExplainerMenu.entries.map(\.name)
    let promised = [
      "saliency", "input-x-gradient", "integrated-gradients", "noise-tunnel", "gradient-shap",
      "deeplift", "deeplift-shap", "guided-ig", "blur-ig", "xrai", "grad-cam", "grad-cam-plus-plus",
      "hires-cam", "xgrad-cam", "layer-cam",
      "finer-cam", "score-cam", "ablation-cam", "eigen-cam", "guided-backprop", "deconvolution",
      "guided-grad-cam", "mwp",
      "contrastive-mwp", "lrp", "clrp", "sglrp", "rise", "lime", "kernel-shap", "pda", "occlusion",
      "attention-rollout", "gradient-rollout", "legrad", "cdam",
    ]
    #expect(Set(names) == Set(promised) && names.count == promised.count, "\(names)")
    for entry in ExplainerMenu.entries {
      let usual = entry.settings.map { "\($0.key)=\($0.defaultValue)" }.joined(separator: ",")
      #expect(try entry.values(usual).all.count == entry.settings.count, "\(entry.name)")
      #expect(entry.summary.count < 80 && !entry.summary.hasSuffix("."), "\(entry.name)")
    }
  }

  @Test func `what a method says of its settings makes the same method again`() throws {
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(kernels: [1], biases: [0], head: [[1], [2]]))
    for entry in ExplainerMenu.entries {
      let usual = try entry.explainer(entry.values(""), .init(network: network, seed: 3))
      #expect(usual.menuName == entry.name)
      let all = usual.settingValues
      for setting in entry.settings where setting.key != "baselines" || entry.name != "noise-tunnel"
      {
        // A noise tunnel over the gradient has no path and no baselines of its own.
        if entry.name == "noise-tunnel", ["baseline", "steps", "tolerance"].contains(setting.key) {
          continue
        }
        #expect(all[setting.key] == setting.value, "\(entry.name) \(setting.key)")
      }
    }
    let rise = RISE(
      maskCount: 60, probability: 0.25, cells: 3, fill: .blur(sigma: 2.5), estimator: .published,
      tolerance: 0.125, zero: .mean, batch: 7, precision: .bfloat16, seed: 9)
    let stored = ExplainerSettings(of: rise, seed: 9)
    let json = try JSONEncoder().encode(stored)
    let read = try JSONDecoder().decode(ExplainerSettings.self, from: json)
    #expect(read == stored)
    let again = try #require(read.explainer(for: network) as? RISE)
    #expect(again.settingValues == rise.settingValues && again.seed == rise.seed)
    #expect(
      again.maskCount == 60 && again.fill == .blur(sigma: 2.5) && again.zero == .mean
        && again.batch == 7, "\(again)")
  }

  @Test func `steps of a path with a tolerance are its limit`() throws {
    func path(_ text: String) throws -> IntegratedGradients.Rule {
      let entry = try ExplainerMenu.entry(named: "integrated-gradients")
      let network = try ToyNetworks.network(
        ToyNetworks.pooled(kernels: [1], biases: [0], head: [[1], [2]]))
      return try #require(
        entry.explainer(entry.values(text), .init(network: network, seed: 1))
          as? IntegratedGradients
      ).rule
    }
    #expect(try path("") == .gaussLegendre(steps: 50))
    #expect(try path("tolerance=0.5") == .refined(tolerance: 0.5, limit: 500))
    #expect(try path("tolerance=0.5,steps=50") == .refined(tolerance: 0.5, limit: 50))
    #expect(try path("steps=9,tolerance=none") == .gaussLegendre(steps: 9))
  }

  @Test func `stored settings that a method does not have are refused with the nearest`() throws {
    let known = try ExplainerMenu.entry(named: "lime").settings.map(\.key)
    #expect(
      throws: SettingError.unknown("smaples", of: "lime", nearest: ["samples"], known: known)
    ) { try ExplainerSettings("lime", ["smaples": 20]) }
    let json = #"{"name": "rise", "settings": {"masks": 0}}"#
    #expect(
      throws: SettingError.value("0", of: "masks", expected: "a whole number from 1 to 10000000")
    ) { try JSONDecoder().decode(ExplainerSettings.self, from: Data(json.utf8)) }
  }

  @Test func `the guide says of every explainer when to use it`() throws {
    let guide = try String(
      contentsOf: References.package.appending(path: "docs/explainers.md"), encoding: .utf8)
    for entry in ExplainerMenu.entries {
      #expect(guide.contains("| `\(entry.name)` |"), "\(entry.name) has no row")
    }
  }

  @Test func `an unknown explainer names the nearest`() {
    #expect(throws: SettingError.unknownExplainer("gradcam", nearest: ["grad-cam", "xgrad-cam"])) {
      try ExplainerMenu.entry(named: "gradcam")
    }
  }
}
