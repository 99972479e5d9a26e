import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

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
      ("guided-grad-cam", try GuidedGradCAM(at: layer)),
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
}
