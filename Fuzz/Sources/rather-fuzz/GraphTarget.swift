import Files
import Foundation
import Networks
import Tensors

/// The JSON of a graph, in an archive whose other records are sound; what is read is run as well.
struct GraphTarget {
  nonisolated(unsafe) static let shared = GraphTarget()

  private let records: [(name: String, bytes: [UInt8])]

  private init() {
    records = (try? Self.sound()) ?? []
  }

  func feed(_ bytes: [UInt8]) throws {
    let path = Scratch.folder + "/graph.pt2"
    let writer = try ArchiveWriter(path: path)
    for (name, bytes) in records { try writer.add(name, bytes) }
    try writer.add("models/model.json", bytes)
    try writer.finish()
    try Self.run(path)
  }

  /// Reads a network and asks it once.
  static func run(_ path: String) throws {
    let program = try Program(contentsOf: path)
    let shape = program.inputShape.map { min($0 ?? 1, 8) }
    let count = shape.reduce(1, *)
    guard count > 0, count < 4096 else { return }
    let input = try Tensor((0..<count).map { Float($0 % 7) / 3 - 1 }, shape: shape)
    _ = try program.output(for: input)
    let layers = program.moduleLayers
    guard let layer = layers.last else { return }
    _ = try program.run(upTo: layer, input: input)
  }

  /// The records of a small network that is built here, but for its graph.
  private static func sound() throws -> [(name: String, bytes: [UInt8])] {
    let path = Scratch.folder + "/sound.pt2"
    try SeedNetwork.program().write(to: path)
    let reader = try ZipReader(path: path)
    return try reader.names.sorted().compactMap { name in
      let own = String(name.drop { $0 != "/" }.dropFirst())
      let isOfTheWriter = own == "byteorder" || own == "version" || own.hasPrefix(".data/")
      if isOfTheWriter || own == "models/model.json" { return nil }
      return (own, try reader.bytes(name, limit: 1 << 20))
    }
  }
}

/// A network of two layers and a residual sum.
enum SeedNetwork {
  static func program() throws -> Program {
    var builder = ProgramBuilder(inputShape: [2, 4, 4])
    let maps = builder.call(
      "conv2d", in: "features.conv", type: "Conv2d",
      [
        ("input", .value(builder.input)), ("weight", .weight("weight", try ramp([2, 2, 3, 3]))),
        ("bias", .weight("bias", try ramp([2]))), ("padding", .ints([1, 1])),
      ], shape: [2, 4, 4])
    let positive = builder.call(
      "relu_", in: "features.relu", type: "ReLU", [("self", .value(maps))], shape: [2, 4, 4])
    let sum = builder.call(
      "add.Tensor", in: "features", type: "Block",
      [("self", .value(positive)), ("other", .value(builder.input))], shape: [2, 4, 4])
    let means = builder.call(
      "mean.dim", in: "pool", type: "Mean", [("self", .value(sum)), ("dim", .ints([2, 3]))],
      shape: [2])
    let logits = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(means)), ("weight", .weight("weight", try ramp([4, 2]))),
        ("bias", .weight("bias", try ramp([4]))),
      ], shape: [4])
    return try builder.program(output: logits)
  }

  private static func ramp(_ shape: [Int]) throws -> Tensor {
    let count = shape.reduce(1, *)
    return try Tensor((0..<count).map { Float($0 * 37 % 101) / 50 - 1 }, shape: shape)
  }
}
