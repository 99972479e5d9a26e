import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Parity of the family of class activation maps with PyTorch's autograd and hooks.
@Suite(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct ClassActivationParityTests {
  /// A network, a picture for it, and layers; those that are quick skip methods that run it once a channel.
  struct Case {
    let name: String
    let network: Network
    let input: Tensor
    let layers: [(name: String, isQuick: Bool)]
  }

  @Test func `maps of a network of branches, a gate and a shortcut equal PyTorch's`() throws {
    let folder = try References.temporaryFolder()
    _ = try References.run("class_activation.py", ["export", folder.path])
    let card = Card(
      task: .classification, output: .logits, labels: .list(["a", "b", "c", "d", "e"]),
      input: Preprocessing(
        height: 12, width: 10, channels: 3, channelOrder: .rgb, mean: [0.5, 0.5, 0.5],
        std: [0.25, 0.25, 0.25], resize: .squash, crop: 1))
    var stream = RandomStream(4)
    let one = Case(
      name: "branches",
      network: try Network(
        program: Program(contentsOf: folder.appending(path: "branches.pt2").path), card: card,
        cardPath: "card"),
      input: try Tensor.normals([1, 3, 12, 10], from: &stream),
      layers: [("stem", false), ("narrow", false), ("wide", false), ("last", false)])
    try Parity(in: folder, of: [one], at: folder).check(one)
  }

  @Test(.enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
  func `maps of real networks equal PyTorch's`() throws {
    let models = try #require(References.data).appending(path: "models")
    let layers: [(String, [(name: String, isQuick: Bool)])] = [
      ("cifar10-resnet20", [("layer3", false), ("layer2", false), ("layer1.1", true)]),
      ("mobilenet-v2", [("stage4.13", true), ("stage3.25", true)]),
    ]
    let cases = try layers.map { name, layers in
      let network = try Network(contentsOf: models.appending(path: "\(name).pt2").path)
      var stream = RandomStream(3)
      let card = try network.card.input
      let input = try Tensor.normals([1, card.channels, card.height, card.width], from: &stream)
      return Case(name: name, network: network, input: input, layers: layers)
    }
    let parity = try Parity(in: References.temporaryFolder(), of: cases, at: models)
    for one in cases { try parity.check(one) }
  }

  /// What the reference script found for some networks.
  struct Parity {
    let folder: URL

    init(in folder: URL, of cases: [Case], at place: URL) throws {
      self.folder = folder
      for one in cases {
        let own = folder.appending(path: one.name)
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        try NumPyFile.data(of: one.input).write(to: own.appending(path: "input.npy"))
      }
      let arguments = cases.map { one in
        let list = one.layers.map { $0.name + ($0.isQuick ? "!" : "") }.joined(separator: ",")
        return place.appending(path: "\(one.name).pt2").path + "=" + list
      }
      _ = try References.run("class_activation.py", ["explain", folder.path] + arguments)
    }

    func check(_ one: Case) throws {
      let (name, network, input) = (one.name, one.network, one.input)
      let own = folder.appending(path: name)
      let prediction = try network.prediction(for: input)
      let (p, q) = (
        ClassSet(prediction.classes[0].index), ClassSet(prediction.classes[1].index)
      )
      let near = try #require(prediction.nearestRivals(of: p, count: 3))
      let scores: [(name: String, score: Score)] = [
        ("logit", .logit(p)), ("log-odds", .logOdds(p, against: q)),
        ("finer", .finerContrast(p, against: near, strength: 0.6)),
      ]
      let methods: [(name: String, method: any Explainer)] = [
        ("grad-cam", GradCAM()), ("grad-cam-plus-plus", GradCAMPlusPlus()),
        ("grad-cam-plus-plus-epsilon", GradCAMPlusPlus(epsilon: 1e-6)), ("hires-cam", HiResCAM()),
        ("xgrad-cam", XGradCAM()), ("layer-cam", LayerCAM()), ("score-cam", ScoreCAM()),
        ("ablation-cam", AblationCAM()),
      ]
      func compare(
        _ layer: String, _ method: any Explainer, _ asked: [(name: String, score: Score)],
        _ file: String
      ) throws {
        let found = try method.at(network.program.layer(named: layer))
          .maps(of: asked.map(\.score), in: network, at: input).maps
        for (map, score) in try paired(found, asked) {
          // The same sums of floats in another order; 1e-4 of the largest value is what is asked.
          try expectClose(
            map.atLayer,
            NumPyFile.tensor(at: own.appending(path: "\(layer).\(score.name).\(file).npy")),
            within: 1e-4, of: "\(name) \(layer) \(score.name) \(file)")
        }
      }
      for (layer, isQuick) in one.layers {
        for (file, method) in methods where !(isQuick && Self.isSlow(file)) {
          try compare(layer, method, scores, file)
        }
        try compare(layer, FinerCAM(), [("finer", .logit(p))], "grad-cam")
        try compare(layer, EigenCAM(), [("any", .logit(p))], "eigen-cam")
        try compare(
          layer, EigenCAM(centring: .none), [("any", .logit(p))], "eigen-cam-uncentred")
      }
    }

    private static func isSlow(_ name: String) -> Bool {
      name == "score-cam" || name == "ablation-cam"
    }
  }
}
