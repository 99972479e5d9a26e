import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Reduction: a network whose output lacks axes of length one has the maps of its twin that keeps
/// them.
@Suite struct OutputRankTests {
  static let methods = [
    ("grad-cam", ""), ("saliency", ""), ("deeplift", ""), ("lrp", ""), ("rise", "masks=24,cells=3"),
  ]

  private func picture() throws -> Tensor {
    try Tensor((0..<72).map { (i: Int) -> Float in Float(i * 37 % 23) / 23 }, shape: [1, 1, 9, 8])
  }

  private func program(_ head: [[Float]], squeezed: Bool) throws -> Program {
    try ToyNetworks.pooled(
      kernels: [1, -2, 0.5], biases: [0.1, 1, -0.2], head: head, height: 9, width: 8,
      squeezed: squeezed)
  }

  private func explanation(
    by method: (name: String, settings: String), of scores: [Score], in network: Network
  ) throws -> Explanation {
    let entry = try ExplainerMenu.entry(named: method.name)
    let layer = entry.layerUse == .always ? try network.program.layer(named: "relu") : nil
    return try entry.explainer(
      entry.values(method.settings), .init(network: network, seed: 3)
    ).at(layer).maps(of: scores, in: network, at: picture())
  }

  private func expectSame(_ found: Explanation, _ expected: Explanation) throws {
    #expect(found.scores == expected.scores && found.prediction.value == expected.prediction.value)
    #expect(found.prediction.classes == expected.prediction.classes)
    for (a, b) in try paired(found.maps, expected.maps) {
      // The same kernels on the same numbers.
      try expectClose(a.values, b.values, within: 1e-6)
      #expect(try b.values.floats().contains { $0 != 0 })
    }
  }

  @Test(arguments: methods)
  func `logits of one axis are one picture's`(method: (name: String, settings: String)) throws {
    let head: [[Float]] = [[1, 2, -1], [-1, 0.5, 3], [0.2, 1, 1]]
    let networks = try [true, false].map {
      try ToyNetworks.network(program(head, squeezed: $0))
    }
    #expect(try networks[0].program.output(for: picture()).shape == [3])
    let scores: [Score] = [
      .logOdds(ClassSet(0), against: ClassSet(1)), .logit(ClassSet(2)), .probability(ClassSet(0)),
      .logit(ClassSet(0)),
    ]
    let found = try networks.map { try explanation(by: method, of: scores, in: $0) }
    try expectSame(found[0], found[1])
  }

  @Test(arguments: methods)
  func `a regression's output may have no axis`(method: (name: String, settings: String)) throws {
    var card = ToyNetworks.card(height: 9, width: 8, labels: [])
    (card.task, card.output, card.labels) = (.regression, .value, nil)
    let networks = try [true, false].map {
      try Network(program: program([[1, 2, -1]], squeezed: $0), card: card, cardPath: "card")
    }
    #expect(try networks[0].program.output(for: picture()).shape == [])
    let found = try networks.map {
      try explanation(by: method, of: [.value, .squaredError(from: 0.5)], in: $0)
    }
    try expectSame(found[0], found[1])
  }

  @Test func `the axes of a batch are told by the classes`() throws {
    let network = try ToyNetworks.network(program([[1, 2, -1], [0, 1, 0]], squeezed: false))
    for shape in [[4], [2, 2], [2, 2, 1, 1], [1, 4]] {
      #expect(
        try network.logits(of: Tensor([1, 2, 3, 4] as [Float], shape: shape)).shape == [2, 2])
    }
    #expect(throws: NetworkError.outputShape([3], task: "classification")) {
      try network.logits(of: Tensor([1, 2, 3] as [Float], shape: [3]))
    }
  }
}
