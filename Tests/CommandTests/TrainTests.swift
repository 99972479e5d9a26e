import Foundation
import Imagery
import Networks
import Terms
import TestSupport
import Testing

/// `rather train`: what is written, what is said, and what bad input is told.
@Suite struct TrainTests {
  /// Two classes of ten pictures each, in `data`.
  private func place() throws -> Workplace {
    let place = try Workplace()
    for (name, red) in [("dark", 20), ("light", 220)] {
      try FileManager.default.createDirectory(
        at: place.folder.appending(path: "data/\(name)"), withIntermediateDirectories: true)
      for i in 0..<10 {
        let picture = try Picture(
          width: 20, height: 20, filledWith: Color(red: UInt8(red), green: UInt8(red + i), blue: 9))
        try Data(picture.png()).write(to: place.folder.appending(path: "data/\(name)/\(i).png"))
      }
    }
    return place
  }

  @Test(arguments: [
    ("vae", "test loss: ", "-encoder"), ("autoencoder", "test reconstruction error: ", "-encoder"),
    ("gan", "the critic's distance", ""),
  ])
  func `a folder of pictures is learnt, and its page lies beside the files`(
    kind: String, saying: String, encoder: String
  ) throws {
    let place = try place()
    let run = try place.run(
      "train", kind, "--data", "data", "-o", "g.pt2", "--size", "16", "--epochs", "2", "--latent",
      "3")
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.output.contains(saying), "\(run.output)")
    #expect(run.output.hasSuffix("g.pt2\ng-training/index.html\n"), "\(run.output)")
    let files =
      ["data", "g-training", "g.json", "g.pt2"] + (encoder.isEmpty ? [] : ["g-encoder.pt2"])
    #expect(try place.left == files.sorted())
    let generator = try Generator(contentsOf: place.path("g.pt2"))
    #expect(generator.card.latentLength == 3)
    #expect(generator.card.kind.rawValue == kind)
    #expect(generator.pictureShape == [3, 16, 16])
    let page = try String(contentsOfFile: place.path("g-training/index.html"), encoding: .utf8)
    #expect(page.contains("<th>passes over the training pictures</th><td>2</td>"))
  }

  @Test(arguments: [
    ("small", "features.1"), ("resnet", "blocks.1"), ("vgg", "features.3"),
    ("vit", "blocks.3.norm1"),
  ])
  func `a classifier of each architecture is learnt from a folder`(
    architecture: String, layer: String
  ) throws {
    let place = try place()
    let run = try place.run(
      "train", "classifier", "--architecture", architecture, "--data", "data", "-o", "c.pt2",
      "--size", "16", "--epochs", "2")
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.output.hasPrefix("Test accuracy ") && run.output.hasSuffix("\nc.pt2\n"))
    #expect(try place.left == ["c.json", "c.pt2", "data"])
    let network = try Network(contentsOf: place.path("c.pt2"))
    #expect(network.card.layers == .init(cluster: layer, class: layer))
    #expect(network.labels.names == ["dark", "light"])
    // Those that need a layer, rules, or attention.
    let ofTransformers = ["attention-rollout", "gradient-rollout", "legrad", "cdam"]
    for method in ["grad-cam", "lrp"] + (architecture == "vit" ? ofTransformers : []) {
      let answer = try place.run(
        "explain", "data/light/3.png", "--model", "c.pt2", "--why", "light", "--explainer", method,
        "--settings", method == "lrp" ? "rule=attn-lrp" : "", "-o", method)
      #expect(answer.status == 0, "\(method): \(answer.messages)")
    }
  }

  @Test func `an unknown architecture is told which there are`() throws {
    let place = try Workplace()
    let run = try place.run(
      "train", "classifier", "--architecture", "alexnet", "--data", "mnist", "-o", "c.pt2")
    #expect(run.status == 64, "\(run.messages)")
    for name in ["alexnet", "small", "resnet", "vgg", "vit"] {
      #expect(run.messages.contains("'\(name)'"), "\(run.messages)")
    }
    let none = try place.run(
      "train", "classifier", "--architecture", "vit", "--epochs", "0", "--data", "mnist", "-o",
      "c.pt2")
    #expect(none.status == 64 && none.messages.contains("--epochs must be 1 or more"))
    #expect(try place.left == [])
  }

  @Test func `options out of range, and places that cannot be written to`() throws {
    let place = try Workplace()
    try FileManager.default.createDirectory(
      atPath: place.path("folder.pt2"), withIntermediateDirectories: true)
    func run(_ words: String..., saying: String) throws {
      let run = try Command(["train", "vae", "--data", "mnist"] + words, in: place.folder)
      #expect(run.status == 64, "\(run.messages)")
      #expect(run.messages.contains(saying), "\(run.messages)")
      #expect(run.output.isEmpty)
    }
    try run("-o", "g.pt2", "--latent", "0", saying: "--latent must be from 1 to 4096")
    try run("-o", "g.pt2", "--epochs", "0", saying: "--epochs must be 1 or more")
    try run("-o", "g.pt2", "--size", "200", saying: "--size must be from 16 to 128")
    try run("-o", "g.pt2", "--device", "abacus", saying: "abacus")
    try run("-o", "folder.pt2", saying: "folder.pt2 is a folder; -o must name a file")
    try run("-o", "g.onnx", saying: "-o must name a file that ends in .pt2")
    try place.write("g-training", "a file where the page is to be")
    try run("-o", "g.pt2", saying: "it is a file")
    #expect(try place.left == ["folder.pt2", "g-training"])
  }

  @Test func `a folder with a file that is no picture`() throws {
    let place = try place()
    try place.write("data/dark/odd.png", "no picture")
    let run = try place.run("train", "gan", "--data", "data", "-o", "g.pt2")
    #expect(run.status == 65, "\(run.messages)")
    // What was read before is told above.
    let last = try #require(run.messages.split(separator: "\n").last)
    #expect(last.hasPrefix("Error: ") && last.contains("odd.png"), "\(run.messages)")
    #expect(try place.left == ["data"])
  }
}
