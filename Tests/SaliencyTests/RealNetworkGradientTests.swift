import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Parity of the gradient methods with Captum on real networks, with equal draws.
@Suite(
  .enabled(if: References.data != nil, Comment(rawValue: References.needsData)),
  .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct RealNetworkGradientTests {
  static let names = ["mobilenet-edgetpu", "mobilenet-v2", "cifar10-resnet20"]
  static let samples = 3
  static let noise: Float = 0.1
  static let seed: Seed = 11
  static let baseline = Baseline.blur(sigma: 3)
  static let shap = GradientSHAP(
    baselines: [.black, baseline], samples: samples, noise: noise, seed: seed)

  static func network(_ name: String) throws -> Network {
    try Network(contentsOf: #require(References.data).appending(path: "models/\(name).pt2").path)
  }

  /// A picture of noise: every rectifier's side is decided anew.
  static func input(of network: Network) throws -> Tensor {
    var stream = RandomStream(3)
    let card = try network.card.input
    return try Tensor.normals([1, card.channels, card.height, card.width], from: &stream)
  }

  /// Leaves the draws for Captum, and runs it for all networks at once.
  static let reference = Result {
    let folder = try References.temporaryFolder()
    for name in names {
      let network = try network(name)
      let input = try input(of: network)
      let top = try network.prediction(for: input).classes
      let draws = shap.draws()
      let starts = try shap.baselines.map { try $0.input(for: network, at: input) }
      let arrays = [
        "classes": try Tensor(top.prefix(2).map { Float($0.index) }, shape: [2]),
        "input": input, "baseline": try baseline.input(for: network, at: input),
        "noisy": try NoisyInputs(of: input, noise: noise, seed: seed).inputs(0..<samples),
        "shap-noisy": try shap.noisyInputs(of: input).inputs(0..<samples),
        "starts": try .concatenated(draws.map { starts[$0.baseline] }),
        "fractions": try Tensor(draws.map(\.fraction), shape: [samples]),
      ]
      let own = folder.appending(path: name)
      try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
      for (array, tensor) in arrays {
        try NumPyFile.data(of: tensor).write(to: own.appending(path: "\(array).npy"))
      }
    }
    let paths = try names.map {
      try #require(References.data).appending(path: "models/\($0).pt2").path
    }
    _ = try References.run("captum_gradients.py", [folder.path] + paths)
    return folder
  }

  @Test(arguments: names)
  func `attributions equal Captum's`(name: String) throws {
    let folder = try Self.reference.get().appending(path: name)
    let network = try Self.network(name)
    let input = try Self.input(of: network)
    let top = try network.prediction(for: input).classes.prefix(2).map { ClassSet($0.index) }
    let scores: [(name: String, score: Score)] = [
      ("logit", .logit(top[0])), ("log-odds", .logOdds(top[0], against: top[1])),
      ("probability", .probability(top[0])),
    ]
    func tunnel(_ base: any Explainer, _ statistic: NoiseTunnel.Statistic) -> NoiseTunnel {
      NoiseTunnel(
        base, statistic: statistic, samples: Self.samples, noise: Self.noise, seed: Self.seed)
    }
    let methods: [(name: String, method: any Explainer, scoreCount: Int)] = [
      ("saliency", InputGradient(), 3), ("times-input", InputXGradient(), 2),
      ("path", IntegratedGradients(baseline: Self.baseline, rule: .gaussLegendre(steps: 4)), 2),
      ("shap", Self.shap, 2), ("smoothed", tunnel(InputGradient(), .mean), 1),
      ("squared", tunnel(InputXGradient(), .squared), 1),
      ("variance", tunnel(InputGradient(), .variance), 1),
    ]
    for (method, explainer, count) in methods {
      let asked = scores.prefix(count)
      let found = try explainer.maps(of: asked.map(\.score), in: network, at: input).maps
      for (map, score) in try paired(found, asked) {
        let file = folder.appending(path: "\(score.name).\(method).npy")
        // The same sums of floats in another order; 1e-4 of the largest value is what is asked.
        try expectClose(
          #require(map.attribution).withAxis(at: 0), NumPyFile.tensor(at: file), within: 1e-4,
          of: "\(name) \(score.name) \(method)")
      }
    }
  }
}
