import Foundation
import Tensors
import TestSupport
import Testing

@testable import Networks

/// Parity with PyTorch on real networks.
@Suite(
  .enabled(if: References.data != nil, Comment(rawValue: References.needsData)),
  .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct RealNetworkTests {
  static let names = [
    "mobilenet-edgetpu", "mobilenet-v2", "inat-birds", "cifar10-resnet20", "cifar10-resnet56",
  ]
  static let layers = [
    "mobilenet-edgetpu": ["stage4.17", "stage3.29"], "mobilenet-v2": ["stage4.13", "stage3.25"],
    "inat-birds": ["stage4.13", "stage3.25"], "cifar10-resnet20": ["layer3", "layer2"],
    "cifar10-resnet56": ["layer3", "layer2.4"],
  ]

  /// One run of the script serves all tests.
  static let reference = Result {
    let folder = try References.temporaryFolder()
    let arguments = try names.map { name in
      let layers = try #require(layers[name], "no layers of \(name) are known")
      let path = try #require(References.data).appending(path: "models/\(name).pt2").path
      return "\(path)=\(layers.joined(separator: ","))"
    }
    _ = try References.run("networks.py", [folder.path] + arguments)
    return folder
  }

  @Test(arguments: names)
  func `outputs equal PyTorch's`(name: String) throws {
    let folder = try Self.reference.get().appending(path: name)
    let program = try Self.program(name)
    let input = try NumPyFile.tensor(at: folder.appending(path: "input.npy"))
    // The same kernels on the same numbers; the batch may be split otherwise among threads.
    try expectClose(
      program.output(for: input), NumPyFile.tensor(at: folder.appending(path: "output.npy")),
      within: 1e-4, of: name)
  }

  @Test(arguments: names)
  func `layer outputs and gradients equal PyTorch's hooks`(name: String) throws {
    let folder = try Self.reference.get().appending(path: name)
    let program = try Self.program(name)
    let input = try NumPyFile.tensor(at: folder.appending(path: "input.npy")).slice(axis: 0, 0..<1)
    let order = try program.output(for: input).floats().enumerated()
      .sorted { $0.element > $1.element }.map(\.offset)
    for layerName in try #require(Self.layers[name]) {
      let layer = try program.layer(named: layerName)
      let result = try program.gradients(at: [layer], input: input) { output in
        let y = try output.select(axis: 0, index: 0)
        let a = try y.select(axis: 0, index: order[0])
        let b = try y.select(axis: 0, index: order[1])
        return try Tensor.stacked([
          a, y.gather(axis: 0, [order[0], order[2]]).logSumExp(axis: 0), a - b,
          y.logSoftmax(axis: 0).select(axis: 0, index: order[1]) * -1,
        ])
      }
      let activation = result.activations[0]
      try expectClose(
        activation, NumPyFile.tensor(at: folder.appending(path: "\(layerName).activation.npy")),
        within: 1e-4, of: layerName)
      for (i, score) in ["logit", "cluster", "log-odds", "surprise"].enumerated() {
        let gradient = try result.gradients[0].select(axis: 0, index: i)
        let cam = try (gradient.meanKeepingAxes([2, 3]) * activation).sum(axes: [0, 1])
        try expectClose(
          cam, NumPyFile.tensor(at: folder.appending(path: "\(layerName).\(score).npy")),
          within: 1e-4, of: "\(layerName) \(score)")
      }
    }
  }

  @Test(arguments: ["mobilenet-v2", "cifar10-resnet20"])
  func `resuming from an unchanged activation gives the output, and from another does not`(
    name: String
  ) throws {
    let program = try Self.program(name)
    let size = program.inputShape[3] ?? 1
    let input = try Tensor(
      (0..<3 * size * size).map { Float($0 % 97) / 97 - 0.5 }, shape: [1, 3, size, size])
    let layer = try program.layer(named: #require(Self.layers[name])[1])
    let paused = try program.run(upTo: layer, input: input)
    let plain = try program.output(for: input)
    try expectClose(paused.output(replacing: paused.activation), plain, within: 1e-6)
    let silent = try paused.output(replacing: paused.activation * 0)
    #expect(try silent.floats() != plain.floats())
  }

  static func program(_ name: String) throws -> Program {
    try Program(contentsOf: #require(References.data).appending(path: "models/\(name).pt2").path)
  }
}
