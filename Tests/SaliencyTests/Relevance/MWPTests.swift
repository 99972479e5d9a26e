import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Known answers, reductions and invariance of marginal winning probability.
@Suite struct MWPTests {
  static let branch: [[Float]] = [[1, 1], [2, -1]]
  static let head: [[Float]] = [[1, 3], [2, -1]]

  func maps(
    _ program: Program, _ scores: [Score], _ input: [Float], contrastive: Bool = false,
    negatives: MWP.Negatives = .drop, memory: Int = 1 << 30
  ) throws -> [[Float]] {
    let found = try MWP(top: contrastive ? .contrast : .winners, negatives: negatives).at(
      program.inputLayer
    ).maps(
      of: scores, in: ToyNetworks.network(program),
      at: Tensor(input, shape: [1, 1, 1, input.count]), within: Resources(memory: memory))
    return try found.maps.map { try $0.values.floats() }
  }

  @Test func `two layers give what pencil and paper give`() throws {
    // x = (1, 2): W x = (3, 0). The first output's winners: only the first hidden neuron is active,
    // and there x competes as 1 : 2.
    let program = try RelevanceToys.twoLayers(Self.branch, Self.head)
    let found = try maps(program, [.logit(ClassSet(0))], [1, 2])
    expectClose(found[0], [1 / 3, 2 / 3], within: 1e-6)
  }

  @Test func `a residual shares by contribution`() throws {
    // x = (1, 2), branch (3, 0), sum (4, 2). First output: 4 and 6 of 10 win. Of 0.4, the branch
    // takes 3/4 and hands it on as 1 : 2; the shortcut takes 1/4. Of 0.6, the shortcut takes all.
    // Second output: the first of the sum takes all, 3/4 by the branch.
    let program = try RelevanceToys.residual(Self.branch, Self.head)
    let found = try maps(program, [.logit(ClassSet(0)), .logit(ClassSet(1))], [1, 2])
    expectClose(found[0], [0.1 + 0.1, 0.2 + 0.6], within: 1e-6, of: "first")
    expectClose(found[1], [0.25 + 0.25, 0.5], within: 1e-6, of: "second")
  }

  @Test func `contrastive is the difference to the negated top layer`() throws {
    // Negated, the second output is excited by the second of the sum alone, which is the shortcut's.
    // Negated, nothing excites the first output.
    let program = try RelevanceToys.residual(Self.branch, Self.head)
    let found = try maps(
      program, [.logit(ClassSet(0)), .logit(ClassSet(1))], [1, 2], contrastive: true)
    expectClose(found[0], [0.2, 0.8], within: 1e-6, of: "first")
    expectClose(found[1], [0.5 - 0, 0.5 - 1], within: 1e-6, of: "second")
  }

  @Test func `negative activations do not compete, unless they are kept`() throws {
    // x = (1, 2) makes (3, −1) without a ReLU. Winners: the first alone, so x wins as 1 : 2. TorchRay
    // and its like divide by 3 − 1: shares 3/2 and −1/2, which are no probabilities, and the first
    // input's win is cancelled by a loss: (½ − ½, 1).
    let program = try RelevanceToys.bottleneck([[1, 1], [1, -1]], [[1, 1], [1, 0]])
    let score = [Score.logit(ClassSet(0))]
    expectClose(try maps(program, score, [1, 2])[0], [1 / 3, 2 / 3], within: 1e-6)
    expectClose(try maps(program, score, [1, 2], negatives: .keep)[0], [0, 1], within: 1e-6)
  }

  @Test func `the gate of a product receives nothing, and a squared signal all`() throws {
    // x = (1, 2) under positive weights 1 and 1: products compete, their signals take all.
    for (operation, values) in [
      ("sigmoid", [0.7310586, 2 * 0.8807971]), ("relu", [1, 4]),
    ] as [(String, [Float])] {
      let program = try RelevanceToys.product(operation, [[1, 1], [0, 1]])
      let total = values.reduce(0, +)
      expectClose(
        try maps(program, [.logit(ClassSet(0))], [1, 2])[0], values.map { $0 / total },
        within: 1e-6, of: operation)
    }
  }

  @Test func `the map of P against Q is that of P less that of Q`() throws {
    let program = try RelevanceToys.residual(Self.branch, Self.head)
    let (p, q) = (ClassSet(0), ClassSet(1))
    let found = try maps(program, [.logOdds(p, against: q), .logit(p), .logit(q)], [1, 2])
    expectClose(found[0], zip(found[1], found[2]).map { $0 - $1 }, within: 1e-6)
  }

  @Test func `many scores at once, and little memory, give the maps of each alone`() throws {
    let program = try RelevanceToys.residual(Self.branch, Self.head)
    let (p, q) = (ClassSet(0), ClassSet(1))
    let scores: [Score] = [
      .logOdds(p, against: q), .logit(p), .probability(q), .surprise(at: q),
    ]
    for contrastive in [false, true] {
      let together = try maps(program, scores, [1, 2], contrastive: contrastive)
      let narrow = try maps(program, scores, [1, 2], contrastive: contrastive, memory: 1)
      for (index, score) in scores.enumerated() {
        let alone = try maps(program, [score], [1, 2], contrastive: contrastive)[0]
        expectClose(together[index], alone, within: 1e-6, of: "\(score)")
        expectClose(narrow[index], alone, within: 1e-6, of: "\(score), row by row")
      }
    }
  }

  @Test func `at a layer, channels are summed and the map is enlarged`() throws {
    // Two channels of x and 2x, behind them the mean: places win as x : Σx whatever the channel.
    let program = try ToyNetworks.pooled(
      kernels: [1, 2], biases: [0, 0], head: [[1, 3], [0, 1]])
    let input: [Float] = [1, 2, 3, 4, 5, 6]
    let found = try MWP().at(program.layer(named: "relu")).maps(
      of: [.logit(ClassSet(0))], in: ToyNetworks.network(program),
      at: Tensor(input, shape: [1, 1, 2, 3]))
    expectClose(try found.maps[0].atLayer.floats(), input.map { $0 / 21 }, within: 1e-6)
    expectClose(
      try found.maps[0].values.floats(), input.map { $0 / 21 }, within: 1e-6, of: "enlarged")
    #expect(abs((found.maps[0].measurements[.relevanceSum] ?? 0) - 1) < 1e-6)
  }

  @Test func `a layer that is no stack of maps is refused`() throws {
    let program = try ToyNetworks.pooled(kernels: [1], biases: [0], head: [[1], [2]])
    #expect(throws: NetworkError.notSpatial("pool", .shape([nil, 1]))) {
      try MWP().at(program.layer(named: "pool"))
    }
  }
}
