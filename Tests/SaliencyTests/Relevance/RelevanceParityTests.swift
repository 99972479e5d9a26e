import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Parity of LRP with zennit and Captum, and of MWP with TorchRay, on real networks.
@Suite(
  .enabled(if: References.data != nil, Comment(rawValue: References.needsData)),
  .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct RelevanceParityTests {
  /// For each network the rules and references to compare, and the nodes to stop at.
  ///
  /// Rules take several passes a layer in zennit, so the large networks have one each. MWP is
  /// compared where it can be: further down, TorchRay's own answers in 32 and in 64 bits differ
  /// twofold on `mobilenet-edgetpu`, because it divides by sums of signed numbers.
  static let networks: [String: (rules: [String], layers: [String])] = [
    "mobilenet-edgetpu": (["captum"], ["relu_33"]), "mobilenet-v2": (["composite-plus"], []),
    "cifar10-resnet20": (
      LRP.Rule.allCases.filter { $0 != .attention }.map(\.rawValue),
      // The last is the branch’s end before the last sum.
      ["relu_16", "relu_12", "relu_2", "conv2d_18"]
    ),
  ]

  /// One run of the script serves all networks.
  static let reference = Result {
    let folder = try References.temporaryFolder()
    let arguments = try networks.map { name, wanted in
      let path = try #require(References.data).appending(path: "models/\(name).pt2").path
      return [path, wanted.rules.joined(separator: ","), wanted.layers.joined(separator: ",")]
        .joined(separator: "=")
    }
    let printed = try References.run("relevance.py", [folder.path] + arguments)
    return (folder: folder, toy: try JSONDecoder().decode([Float].self, from: Data(printed.utf8)))
  }

  struct Setting {
    let folder: URL
    let network: Network
    let input: Tensor
    let a: ClassSet
    let b: ClassSet

    init(_ name: String) throws {
      folder = try RelevanceParityTests.reference.get().folder.appending(path: name)
      network = try Network(
        contentsOf: #require(References.data).appending(path: "models/\(name).pt2").path)
      input = try NumPyFile.tensor(at: folder.appending(path: "input.npy"))
      let top = try network.prediction(for: input).classes
      (a, b) = (ClassSet(top[0].index), ClassSet(top[1].index))
    }

    /// What the script wrote; `nil` where the library cannot do it.
    func reference(_ name: String) throws -> Tensor? {
      let file = folder.appending(path: "\(name).npy")
      return FileManager.default.fileExists(atPath: file.path)
        ? try NumPyFile.tensor(at: file) : nil
    }
  }

  @Test(arguments: ["cifar10-resnet20", "mobilenet-v2"])
  func `LRP of every rule equals zennit's`(name: String) throws {
    let setting = try Setting(name)
    for rule in try (#require(Self.networks[name])).rules.compactMap(LRP.Rule.init) {
      let expected = try #require(try setting.reference(rule.rawValue), "\(name) \(rule)")
      let found = try LRP(rule, epsilon: 0.1).maps(
        of: [.logOdds(setting.a, against: setting.b)], in: setting.network, at: setting.input)
      // The same quotients of floats, summed in another order through fifty layers.
      try expectClose(
        #require(found.maps[0].attribution), expected, within: 1e-4, of: "\(name) \(rule)")
    }
  }

  @Test(arguments: ["mobilenet-edgetpu"])
  func `LRP-ε equals Captum's`(name: String) throws {
    let setting = try Setting(name)
    let expected = try #require(try setting.reference("captum"), "\(name)")
    let found = try LRP(.epsilon, epsilon: 0.1).maps(
      of: [.logit(setting.a)], in: setting.network, at: setting.input)
    try expectClose(#require(found.maps[0].attribution), expected, within: 1e-4, of: name)
  }

  @Test
  func `Captum is wrong where a shortcut is no module, and the truth is input times gradient`()
    throws
  {
    // x = (2, 1): h = ReLU(W x) = (3, 3); branch (3, 6), the shortcut keeps (3, 0); y = 6 + 3 · 6 = 24.
    // ∂y/∂h = (1 + 3, 3) + (1, 0) = (5, 3), ∂y/∂x = (5 + 6, 5 − 3) = (11, 2): relevance (22, 2), in
    // all 24. Captum multiplies what came by the shortcut by h twice, once too often.
    let program = try RelevanceToys.cutShortcut(
      [[1, 1], [2, -1]], [[1, 0], [1, 1]], [[1, 3], [2, -1]])
    let found = try LRP(.epsilon).maps(
      of: [.logit(ClassSet(0))], in: ToyNetworks.network(program),
      at: Tensor([2, 1] as [Float], shape: [1, 1, 1, 2]))
    expectClose(try found.maps[0].values.floats(), [22, 2], within: 1e-5, of: "ours")
    expectClose(try Self.reference.get().toy, [26, 4], within: 1e-5, of: "Captum's")
  }

  @Test(arguments: ["cifar10-resnet20", "mobilenet-edgetpu"])
  func `MWP with negative activations equals TorchRay's`(name: String) throws {
    let setting = try Setting(name)
    for layer in try #require(Self.networks[name]).layers {
      for (kind, top) in [("mwp", MWP.Top.winners), ("contrastive", .contrast)] {
        let expected = try #require(try setting.reference("\(kind).\(layer)"), "\(kind) \(layer)")
        let found = try MWP(top: top, negatives: .keep).at(
          setting.network.program.layer(named: layer)
        ).maps(of: [.logit(setting.a)], in: setting.network, at: setting.input)
        try expectClose(
          found.maps[0].atLayer, expected, within: 1e-4, of: "\(name) \(kind) \(layer)")
      }
    }
  }
}
