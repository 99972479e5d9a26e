import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Parity of methods of transformers with the graph run node by node in PyTorch, over the ways in which attention is written.
@Suite(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct AttentionParityTests {
  /// Small transformers with random weights, exported once for all tests.
  static let folder = Result {
    let folder = try References.temporaryFolder()
    _ = try References.run("attention.py", ["export", folder.path])
    return folder
  }

  /// What the head reads, and how many tokens are no patches.
  static let kinds: [(name: String, rows: String, others: Int)] = [
    ("module", "0", 1), ("fused", "0", 1), ("written", "0", 1), ("distilled", "0+1", 2),
    ("registers", "0", 3), ("mean", "all", 0),
  ]

  static func network(_ kind: String) throws -> Network {
    let program = try Program(contentsOf: folder.get().appending(path: "\(kind).pt2").path)
    let card = Card(
      task: .classification, output: .logits, labels: .list(["a", "b", "c", "d", "e"]),
      input: Preprocessing(
        height: 24, width: 24, channels: 3, channelOrder: .rgb, mean: [0.5, 0.5, 0.5],
        std: [0.25, 0.25, 0.25], resize: .squash, crop: 1))
    return try Network(program: program, card: card, cardPath: "card")
  }

  @Test func `maps equal PyTorch's, however attention is written`() throws {
    let folder = try Self.folder.get()
    let networks = try Self.kinds.map { (kind: $0, network: try Self.network($0.name)) }
    try Self.explain(
      networks.map { ($0.kind.name, $0.network, $0.kind.rows, folder) }, in: folder)
    for (kind, network) in networks { try Self.check(kind.name, network, in: folder) }
  }

  @Test(.enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
  func `maps of a trained transformer equal PyTorch's`() throws {
    let place = try #require(References.data).appending(path: "transformers")
    let network = try Network(contentsOf: place.appending(path: "cifar10-vit-small.pt2").path)
    let folder = try References.temporaryFolder()
    try Self.explain([("cifar10-vit-small", network, "0", place)], in: folder)
    try Self.check("cifar10-vit-small", network, in: folder)
  }

  @Test(arguments: kinds)
  func `attention written out answers alike, and its tokens are known`(
    kind: (name: String, rows: String, others: Int)
  ) throws {
    let network = try Self.network(kind.name)
    let found = try network.attentive()
    #expect(found.attentions.count == 3 && found.grid == [3, 3])
    #expect(found.count == 9 + kind.others && found.features == kind.others..<9 + kind.others)
    for attention in found.attentions {
      #expect(attention.tokens?.shape == [nil, found.count, 16] as [Int?])
      #expect(attention.block?.shape == [nil, found.count, 16] as [Int?])
      #expect(attention.matrix.shape.suffix(2) == [found.count, found.count])
    }
    var stream = RandomStream(2)
    let input = try Tensor.normals([2, 3, 24, 24], from: &stream)
    // The same sums in another order.
    try expectClose(
      found.network.program.output(for: input), network.program.output(for: input), within: 1e-5)
  }

  @Test func `attention within windows is refused, with what it is`() throws {
    let error = #expect(throws: AttentionFault.self) {
      try GradientRollout().maps(
        of: [.logit(ClassSet(0))], in: Self.network("windows"),
        at: Tensor([Float](repeating: 0, count: 3 * 24 * 24), shape: [1, 3, 24, 24]))
    }
    #expect("\(error as Any)".contains("not over all patches"), "\(error as Any)")
  }

  /// Leaves a picture of noise for each network, and runs the reference script.
  static func explain(
    _ networks: [(name: String, network: Network, rows: String, place: URL)], in folder: URL
  ) throws {
    for one in networks {
      let own = folder.appending(path: one.name)
      try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
      var stream = RandomStream(3)
      let card = try one.network.card.input
      let input = try Tensor.normals([1, card.channels, card.height, card.width], from: &stream)
      try NumPyFile.data(of: input).write(to: own.appending(path: "input.npy"))
    }
    _ = try References.run(
      "attention.py",
      ["explain", folder.path]
        + networks.map { $0.place.appending(path: "\($0.name).pt2").path + "=" + $0.rows })
  }

  static func check(_ name: String, _ network: Network, in folder: URL) throws {
    let own = folder.appending(path: name)
    let input = try NumPyFile.tensor(at: own.appending(path: "input.npy"))
    let top = try network.prediction(for: input).classes.prefix(2).map { ClassSet($0.index) }
    let scores: [(name: String, score: Score)] = [
      ("logit", .logit(top[0])), ("log-odds", .logOdds(top[0], against: top[1])),
    ]
    let any: [(name: String, score: Score)] = [("any", .logit(top[0]))]
    let methods: [(any Explainer, [(name: String, score: Score)])] = [
      (AttentionRollout(), any), (GradientRollout(), scores), (LeGrad(), scores), (CDAM(), scores),
    ]
    for (method, asked) in methods {
      let found = try method.maps(of: asked.map(\.score), in: network, at: input).maps
      for (map, score) in try paired(found, asked) {
        let file = own.appending(path: "\(score.name).\(method.menuName).npy")
        // The same sums of floats in another order; 1e-4 of the largest value is what is asked.
        try expectClose(
          map.atLayer, NumPyFile.tensor(at: file), within: 1e-4,
          of: "\(name) \(score.name) \(method.menuName)")
      }
    }
  }
}
