import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Parity of Grad-CAM with PyTorch's autograd and hooks on real networks.
@Suite(
  .enabled(if: References.data != nil, Comment(rawValue: References.needsData)),
  .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct RealNetworkMapTests {
  static let layers = [
    "mobilenet-edgetpu": ["stage4.17", "stage3.29"], "mobilenet-v2": ["stage4.13", "stage3.25"],
    "inat-birds": ["stage4.13"], "cifar10-resnet20": ["layer3", "layer2", "layer1.1"],
  ]

  /// One run of the script serves all networks.
  static let reference = Result {
    let folder = try References.temporaryFolder()
    let arguments = try layers.map { name, layers in
      let path = try #require(References.data).appending(path: "models/\(name).pt2").path
      return "\(path)=\(layers.joined(separator: ","))"
    }
    _ = try References.run("networks.py", [folder.path] + arguments)
    return folder
  }

  @Test(arguments: Array(layers.keys).sorted())
  func `maps of logit, cluster, log-odds and surprise equal PyTorch's`(name: String) throws {
    let folder = try Self.reference.get().appending(path: name)
    let network = try Network(
      contentsOf: #require(References.data).appending(path: "models/\(name).pt2").path)
    let input = try NumPyFile.tensor(at: folder.appending(path: "input.npy"))
      .slice(axis: 0, 0..<1)
    let top = try network.prediction(for: input).classes.map { ClassSet($0.index) }
    let cluster = try #require(ClassSet([top[0], top[2]].flatMap(\.indices)))
    let scores: [Score] = [
      .logit(top[0]), .logit(cluster), .logOdds(top[0], against: top[1]), .surprise(at: top[1]),
    ]
    for layer in try #require(Self.layers[name]) {
      let found = try GradCAM().at(network.program.layer(named: layer))
        .maps(of: scores, in: network, at: input)
      for (map, score) in try paired(found.maps, ["logit", "cluster", "log-odds", "surprise"]) {
        // The same sums of floats in another order; 1e-4 of the largest value is what is asked.
        try expectClose(
          map.atLayer, NumPyFile.tensor(at: folder.appending(path: "\(layer).\(score).npy")),
          within: 1e-4, of: "\(layer) \(score)")
        let rectified = try map.atLayer.relu().withAxis(at: 0).withAxis(at: 0)
          .resizedBilinearly(height: input.shape[2], width: input.shape[3])
        try expectClose(
          map.values, rectified.reshaped(map.values.shape), within: 1e-6, of: "resized")
      }
    }
  }
}
