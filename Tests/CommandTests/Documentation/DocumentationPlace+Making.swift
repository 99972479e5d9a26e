import Files
import Foundation
import Imagery
import Networks
import Tensors
import TestSupport

/// What lies in the place, and how it is made.
extension DocumentationPlace {
  private static let labels: [String] = {
    let known = [
      230: "Shetland sheepdog", 231: "collie", 402: "acoustic guitar", 420: "banjo", 486: "cello",
      546: "electric guitar", 889: "violin",
    ]
    return (0..<1000).map { known[$0] ?? "thing \($0)" }
  }()

  func makeNetworks() throws {
    let labels = Self.labels.joined(separator: "\n")
    try Data(labels.utf8).write(to: path("labels.txt"))
    let network = try Self.network(channels: 3, side: 32, classes: 1000)
    let input = Preprocessing(
      height: 32, width: 32, channels: 3, channelOrder: .rgb, mean: [0.5, 0.5, 0.5],
      std: [0.25, 0.25, 0.25], resize: .shorterSide, crop: 0.875)
    let newer = try Self.network(channels: 3, side: 32, classes: 1000, turn: 5)
    for name in ["resnet50", "net", "old", "new"] {
      try (name == "new" ? newer : network).write(to: path(name + ".pt2").path)
      try Card(
        task: .classification, output: .logits, labels: .file("labels.txt"), input: input
      ).write(to: path(name + ".json").path)
    }
    try Self.network(channels: 3, side: 32, classes: 16).write(to: path("tower.pt2").path)
    try Card(task: .classification, output: .embedding, labels: nil, input: input)
      .write(to: path("tower.json").path)
    try Self.network(channels: 1, side: 28, classes: 10).write(to: path("digits.pt2").path)
    try ToyNetworks.card(height: 28, width: 28, labels: (0..<10).map(String.init))
      .write(to: path("digits.json").path)
  }

  /// Two convolutions, `layer3` and `layer4`, a mean and a linear layer.
  private static func network(channels: Int, side: Int, classes: Int, turn: Int = 0) throws
    -> Program
  {
    var builder = ProgramBuilder(inputShape: [channels, side, side])
    var value = builder.input
    for (layer, kernels) in [("layer3", 8), ("layer4", 12)] {
      let shape = [kernels, value.shape[1] / 2, value.shape[2] / 2]
      let maps = builder.call(
        "conv2d", in: layer + ".conv", type: "Conv2d",
        [
          ("input", .value(value)),
          ("weight", .weight("weight", try spread([kernels, value.shape[0], 3, 3], by: 0.7))),
          ("stride", .ints([2, 2])), ("padding", .ints([1, 1])),
        ], shape: shape)
      value = builder.call(
        "relu", in: layer + ".relu", type: "ReLU", [("self", .value(maps))], shape: shape)
    }
    let mean = builder.call(
      "mean.dim", in: "pool", type: "Mean", [("self", .value(value)), ("dim", .ints([2, 3]))],
      shape: [value.shape[0]])
    let logits = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(mean)),
        ("weight", .weight("weight", try spread([classes, value.shape[0]], by: 6, turn))),
      ], shape: [classes])
    return try builder.program(output: logits)
  }

  private static func spread(_ shape: [Int], by size: Float, _ turn: Int = 0) throws -> Tensor {
    try Tensor(
      (0..<shape.reduce(1, *)).map { (Float(($0 + turn) * 7919 % 1013) / 506 - 1) * size },
      shape: shape)
  }

  func makePictures() throws {
    func picture(_ seed: Int, _ width: Int, _ height: Int) throws -> Picture {
      try Picture(
        width: width, height: height,
        pixels: (0..<(width * height * 3)).map { i in
          let (x, y, c) = (i / 3 % width, i / 3 / width, i % 3)
          return UInt8((x * (seed + 2) + y * (seed * c + 3) + seed * 41 + c * 60) % 256)
        })
    }
    try Data(picture(1, 60, 45).jpeg(quality: 90)).write(to: path("photo.jpg"))
    var list = ""
    for (name, first) in [("strings", 2), ("winds", 7)] {
      let folder = path("photos/\(name)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for i in 0..<4 {
        try Data(picture(first + i, 48, 40).png()).write(to: folder.appending(path: "\(i).png"))
        list += "photos/\(name)/\(i).png\n"
      }
    }
    try Data(list.utf8).write(to: path("photos.txt"))
  }

  /// Documents in which classes of three families come together.
  func makeDocuments() throws {
    let families = [[486, 889, 402, 420, 546], [230, 231, 795, 970], [504, 809, 967, 968, 969]]
    func text(_ seed: Int) -> [UInt8] {
      let lines = (0..<120).map { i in
        let family = families[(i + seed) % 3]
        let words = family.enumerated().filter { ($0.offset + i / 3 * seed) % 3 != 0 }
        return words.map { "\($0.element)" }.joined(separator: " ")
      }
      return Array((lines.joined(separator: "\n") + "\n").utf8)
    }
    for (name, seed) in [("docs", 1), ("held-out", 2)] {
      try Data(Gzip.compressed(text(seed))).write(to: path(name + ".txt.gz"))
    }
    for (name, words) in [
      ("tree", "--seed 1"), ("resnet50-tree", "--seed 1"), ("googlenet-tree", "--seed 2"),
    ] {
      try made("rather tree learn docs.txt.gz -o \(name).json --labels labels.txt \(words)")
    }
    try made("rather tree convert tree.json -o published.json --form published")
  }

  /// Grey squares in ten places, as IDX files and as pictures.
  func makeDigits() throws {
    func pixels(_ digit: Int, _ turn: Int) -> [UInt8] {
      (0..<784).map { i in
        let (x, y) = (i % 28, i / 28)
        let (left, top) = (digit % 5 * 5 + turn % 3, digit / 5 * 12 + turn % 4)
        return (left..<(left + 6)).contains(x) && (top..<(top + 9)).contains(y) ? 230 : 8
      }
    }
    func big(_ numbers: [Int]) -> [UInt8] {
      numbers.flatMap { n in [24, 16, 8, 0].map { UInt8(n >> $0 & 255) } }
    }
    try FileManager.default.createDirectory(
      at: path("mnist-files"), withIntermediateDirectories: true)
    for (name, count) in [("train", 60), ("t10k", 20)] {
      let images = (0..<count).flatMap { pixels($0 % 10, $0) }
      try Data(big([2051, count, 28, 28]) + images)
        .write(to: path("mnist-files/\(name)-images-idx3-ubyte"))
      try Data(big([2049, count]) + (0..<count).map { UInt8($0 % 10) })
        .write(to: path("mnist-files/\(name)-labels-idx1-ubyte"))
    }
    try FileManager.default.createDirectory(at: path("digits"), withIntermediateDirectories: true)
    for i in 0..<4 {
      let picture = try Picture(
        width: 28, height: 28, pixels: pixels(i, i).flatMap { [$0, $0, $0] })
      try Data(picture.png()).write(to: path("digits/\(i).png"))
      if i == 0 { try Data(picture.png()).write(to: path("digit.png")) }
    }
  }

  /// Linear generators: as good as trained ones for what commands do, and made at once.
  func makeGenerators() throws {
    for (name, network, channels, side) in [("vae", "net", 3, 32), ("digits-vae", "digits", 1, 28)]
    {
      let count = channels * side * side
      let card = GeneratorCard(
        kind: .vae, decoder: "", encoder: "", latentLength: 4,
        output: try Card(contentsOf: path(network + ".json").path).input.plain)
      var drawing = ProgramBuilder(inputShape: [4])
      let drawn = drawing.call(
        "linear", in: "decoder", type: "Linear",
        [
          ("input", .value(drawing.input)),
          ("weight", .weight("weight", try Self.spread([count, 4], by: 0.15))),
          (
            "bias",
            .weight("bias", try Tensor([Float](repeating: 0.5, count: count), shape: [count]))
          ),
        ], shape: [count])
      var reading = ProgramBuilder(inputShape: [channels, side, side])
      let flat = reading.call(
        "flatten.using_ints", in: "flat", type: "Flatten",
        [("self", .value(reading.input)), ("start_dim", .int(1))], shape: [count])
      let codes = reading.call(
        "linear", in: "encoder", type: "Linear",
        [
          ("input", .value(flat)),
          ("weight", .weight("weight", try Self.spread([4, count], by: 0.01))),
        ], shape: [4])
      try Generator(
        decoder: drawing.program(output: drawn), encoder: reading.program(output: codes),
        card: card
      ).write(to: path(name + ".pt2").path)
    }
  }
}

extension Preprocessing {
  /// The same size and channels, with numbers from 0 to 1.
  fileprivate var plain: Preprocessing {
    var plain = self
    plain.mean = plain.mean.map { _ in 0 }
    plain.std = plain.std.map { _ in 1 }
    plain.resize = .squash
    plain.crop = 1
    return plain
  }
}
