import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Parity with Captum of the methods that override activations, on real networks.
///
/// Captum knows no ReLU6; the script declares it a ReLU, so that the same arithmetic runs.
@Suite(
  .enabled(if: References.data != nil, Comment(rawValue: References.needsData)),
  .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct RealNetworkRuleTests {
  static let layers = [
    "mobilenet-edgetpu": "stage4.17", "mobilenet-v2": "stage4.13", "cifar10-resnet20": "layer3",
  ]

  /// One run of the script serves all networks.
  static let reference = Result {
    let folder = try References.temporaryFolder()
    let arguments = try layers.map { name, layer in
      let path = try #require(References.data).appending(path: "models/\(name).pt2").path
      return "\(path)=\(layer)"
    }
    _ = try References.run("captum_rules.py", [folder.path] + arguments)
    return folder
  }

  @Test(arguments: Array(layers.keys).sorted())
  func `guided backpropagation, deconvolution and Guided Grad-CAM equal Captum's`(
    name: String
  ) throws {
    let folder = try Self.reference.get().appending(path: name)
    let network = try Network(
      contentsOf: #require(References.data).appending(path: "models/\(name).pt2").path)
    let input = try NumPyFile.tensor(at: folder.appending(path: "input.npy"))
    let layer = try network.program.layer(named: #require(Self.layers[name]))
    let explainers: [(String, any Explainer)] = [
      ("guided", GuidedBackpropagation()), ("deconvolution", Deconvolution()),
      ("guided-grad-cam", try GuidedGradCAM().at(layer)),
    ]
    for (method, explainer) in explainers {
      let found = try explainer.maps(
        of: { [.logit(ClassSet($0.classes[0].index))] }, in: network, at: input,
        within: Resources(), progress: { _ in })
      // The same sums of floats in another order; 1e-4 of the largest value is what is asked.
      try expectClose(
        try #require(found.maps[0].attribution),
        NumPyFile.tensor(at: folder.appending(path: "\(method).npy")), within: 1e-4, of: method)
    }
  }

  @Test(arguments: Array(layers.keys).sorted())
  func `DeepLIFT equals Captum's where Captum's is complete`(name: String) throws {
    let folder = try Self.reference.get().appending(path: name)
    let network = try Network(
      contentsOf: #require(References.data).appending(path: "models/\(name).pt2").path)
    let input = try NumPyFile.tensor(at: folder.appending(path: "input.npy"))
    let found = try DeepLIFT.maps(
      for: MapRequest(network, at: network.input(input)) {
        [[.logit(ClassSet($0.classes[0].index))]]
      }, from: NumPyFile.tensor(at: folder.appending(path: "reference.npy")))
    // The same ratios of differences; 1e-4 of the largest value is what is asked.
    try expectClose(
      try #require(found.maps[0].attribution),
      NumPyFile.tensor(at: folder.appending(path: "deeplift.npy")), within: 1e-4, of: name)
  }

  @Test(arguments: [
    "mobilenet-edgetpu", "mobilenet-v2", "inat-birds", "cifar10-resnet20", "cifar10-resnet56",
  ])
  func `DeepLIFT is complete for every score`(name: String) throws {
    let network = try Network(
      contentsOf: #require(References.data).appending(path: "models/\(name).pt2").path)
    let shape = [1] + network.program.inputShape.dropFirst().map { $0 ?? 1 }
    let count = shape.reduce(1, *)
    let input = try Tensor((0..<count).map { Float($0 * 37 % 101) / 50 - 1 }, shape: shape)
    let found = try DeepLIFT(from: .black).maps(
      of: { prediction in
        let top = prediction.classes.map { ClassSet($0.index) }
        let cluster = try #require(ClassSet(prediction.classes[1...3].map(\.index)))
        return [
          .logit(top[0]), .logOdds(top[0], against: top[1]), .logit(cluster),
          .logOdds(top[0], against: cluster), .probability(top[0]), .surprise(at: top[1]),
        ]
      }, in: network, at: input, within: Resources(), progress: { _ in })
    for (i, map) in found.maps.enumerated() {
      let error = try #require(map.measurements[.completenessError])
      let difference = try #require(map.measurements[.scoreDifference])
      let total = try #require(map.attribution).magnitudes().sum().number()
      #expect(abs(difference) > 1e-6, "\(name), score \(i)")
      // What is summed is larger than its sum, and each term has a rounding error of some 1e-6.
      #expect(abs(error) < 1e-5 * total, "\(name), score \(i): \(error) of \(difference)")
    }
  }
}
