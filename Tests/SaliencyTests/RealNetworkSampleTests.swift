import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Parity of RISE with its formula written out in PyTorch, on the same masks, and of occlusion with
/// Captum's, on real networks.
@Suite(
  .enabled(if: References.data != nil, Comment(rawValue: References.needsData)),
  .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct RealNetworkSampleTests {
  private static let windows = [
    "mobilenet-v2": (56, 40), "inat-birds": (64, 48), "cifar10-resnet20": (8, 5),
  ]
  private static let rise = RISE(maskCount: 20, estimator: .published, seed: 11)

  private struct Case: Sendable {
    let network: Network
    let input: Tensor
    let folder: URL

    init(_ name: String, in folder: URL) throws {
      network = try Network(
        contentsOf: #require(References.data).appending(path: "models/\(name).pt2").path)
      let size = try network.card.input
      let count = size.channels * size.height * size.width
      input = try Tensor(
        (0..<count).map { (i: Int) -> Float in Float(i * 37 % 101) / 50 - 1 },
        shape: [1, size.channels, size.height, size.width])
      self.folder = folder.appending(path: name)
    }
  }

  /// One run of the script serves all networks.
  private static let cases = Result {
    let folder = try References.temporaryFolder()
    var cases: [String: Case] = [:]
    var arguments = [folder.path]
    for (name, numbers) in windows {
      let one = try Case(name, in: folder)
      try FileManager.default.createDirectory(at: one.folder, withIntermediateDirectories: true)
      let masks = try rise.randomMasks(for: one.network.input(one.input)).masks(0..<rise.maskCount)
      try NumPyFile.data(of: one.input).write(to: one.folder.appending(path: "input.npy"))
      try NumPyFile.data(of: masks).write(to: one.folder.appending(path: "masks.npy"))
      let path = try #require(References.data).appending(path: "models/\(name).pt2").path
      arguments.append("\(path)=\(numbers.0),\(numbers.1)")
      cases[name] = one
    }
    _ = try References.run("samples.py", arguments)
    return cases
  }

  @Test(arguments: Array(windows.keys).sorted())
  func `RISE and occlusion equal their references`(name: String) throws {
    let one = try #require(Self.cases.get()[name])
    let top = try one.network.prediction(for: one.input).classes.map { ClassSet($0.index) }
    let scores: [Score] = [.probability(top[0]), .logOdds(top[0], against: top[1])]
    let (window, stride) = try #require(Self.windows[name])
    let found = [
      "rise": try Self.rise.maps(of: scores, in: one.network, at: one.input),
      "occlusion": try Occlusion(window: window, stride: stride)
        .maps(of: scores, in: one.network, at: one.input),
    ]
    for (method, explanation) in found {
      let expected = try NumPyFile.tensor(at: one.folder.appending(path: method + ".npy"))
      for (i, map) in explanation.maps.enumerated() {
        // Prepared passes agree within 1e-4 of the largest output, and in practice 1e-6.
        try expectClose(
          map.values, expected.select(axis: 0, index: i), within: 1e-4, of: "\(method) \(i)")
      }
    }
  }
}
