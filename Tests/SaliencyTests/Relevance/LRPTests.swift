import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Known answers, reductions, invariance and bad input of layer-wise relevance propagation.
@Suite struct LRPTests {
  static let branch: [[Float]] = [[1, 1], [2, -1]]
  static let head: [[Float]] = [[1, 3], [2, -1], [0, 1]]

  func found(
    _ program: Program, _ lrp: LRP, _ scores: [Score], _ input: [Float], memory: Int = 1 << 30
  )
    throws -> Explanation
  {
    try lrp.maps(
      of: scores, in: ToyNetworks.network(program),
      at: Tensor(input, shape: [1, 1, 1, input.count]), within: Resources(memory: memory))
  }

  func map(_ program: Program, _ lrp: LRP, _ score: Score, _ input: [Float]) throws -> [Float] {
    try found(program, lrp, [score], input).maps[0].values.floats()
  }

  @Test func `the published toy gives 18, 36, 54`() throws {
    let program = try RelevanceToys.twoLayers(
      [[2, 2, 2], [2, 2, 2], [2, 2, 2]], [[3, 3, 3]])
    for rule in LRP.Rule.allCases where !rule.rawValue.hasPrefix("composite") {
      // With α = 1 and weights and inputs of one sign all rules are one.
      let lrp = LRP(rule, epsilon: 0, alpha: 1)
      expectClose(
        try map(program, lrp, .logit(ClassSet(0)), [1, 2, 3]), [18, 36, 54], within: 1e-6,
        of: rule.rawValue)
    }
  }

  @Test func `a residual shares by contribution`() throws {
    // x = (1, 2): branch (3, 0), sum (4, 2), y₀ = 4 + 6. Of 4, the branch takes 3, which x made as
    // 1 + 2, and the shortcut 1; of 6, the shortcut takes all.
    let program = try RelevanceToys.residual(Self.branch, Self.head)
    let lrp = LRP(.epsilon, epsilon: 1e-9)
    expectClose(
      try map(program, lrp, .logit(ClassSet(0)), [1, 2]), [1 + 1, 2 + 6], within: 1e-6)
    // y₁ = 8 − 2: the shortcut of the second, −2, and 8 = 6 by the branch and 2 by the shortcut.
    expectClose(
      try map(program, lrp, .logit(ClassSet(1)), [1, 2]), [2 + 2, 4 - 2], within: 1e-6)
  }

  @Test func `without a stabiliser the ε rule is input times gradient, and γ = 0 is the ε rule`()
    throws
  {
    let program = try RelevanceToys.residual(Self.branch, Self.head)
    let score = Score.logit(ClassSet(1))
    let gradient = try ToyNetworks.network(program).inputGradients(
      of: [score], at: Tensor([1, 2] as [Float], shape: [1, 1, 1, 2])
    ).gradients.floats()
    let lrp0 = try map(program, LRP(.epsilon, epsilon: 0), score, [1, 2])
    expectClose(lrp0, zip(gradient, [1, 2]).map { $0 * $1 }, within: 1e-6)
    expectClose(try map(program, LRP(.gamma, gamma: 0), score, [1, 2]), lrp0, within: 1e-5)
  }

  @Test func `α = 1 is z⁺`() throws {
    let program = try RelevanceToys.residual(Self.branch, Self.head)
    let score = Score.logit(ClassSet(1))
    #expect(
      try map(program, LRP(.alphaBeta, alpha: 1), score, [1, 2])
        == map(program, LRP(.zPlus), score, [1, 2]))
  }

  @Test func `CLRP is the positive part of the fact's relevance less the dual's`() throws {
    let program = try RelevanceToys.residual(Self.branch, Self.head)
    let x: [Float] = [1, 2]
    let (p, q) = (ClassSet(0), ClassSet(1))
    // y = (10, 6, 2). LRP-0 of one unit of relevance at each output is its map over its logit.
    let unit = try [10, 6, 2].enumerated().map { index, logit in
      try map(program, LRP(.epsilon, epsilon: 0), .logit(ClassSet(index)), x).map { $0 / logit }
    }
    let clrp = LRP(.epsilon, start: .contrastive, epsilon: 0)
    let others = (0..<2).map { max(0, 10 * unit[0][$0] - 5 * unit[1][$0] - 5 * unit[2][$0]) }
    expectClose(try map(program, clrp, .logit(p), x), others, within: 1e-6, of: "all others")
    let foil = (0..<2).map { max(0, 10 * unit[0][$0] - 10 * unit[1][$0]) }
    expectClose(
      try map(program, clrp, .logOdds(p, against: q), x), foil, within: 1e-6, of: "foil")
  }

  @Test func `SGLRP starts with the gradient of the probability`() throws {
    let program = try RelevanceToys.residual(Self.branch, Self.head)
    let x: [Float] = [1, 2]
    let y: [Float] = [10, 6, 2]
    let unit = try y.enumerated().map { index, logit in
      try map(program, LRP(.epsilon, epsilon: 0), .logit(ClassSet(index)), x).map { $0 / logit }
    }
    let exponentials = y.map { Float(exp(Double($0 - 10))) }
    let p = exponentials.map { $0 / exponentials.reduce(0, +) }
    let expected = (0..<2).map { i in
      p[1] * (1 - p[1]) * unit[1][i] - p[1] * p[0] * unit[0][i] - p[1] * p[2] * unit[2][i]
    }
    let sglrp = LRP(.epsilon, start: .softmaxGradient, epsilon: 0)
    expectClose(try map(program, sglrp, .logit(ClassSet(1)), x), expected, within: 1e-5)
    expectClose(try map(program, sglrp, .probability(ClassSet(1)), x), expected, within: 1e-5)
  }

  @Test(arguments: LRP.Rule.allCases)
  func `many scores at once, and little memory, give the maps of each alone`(rule: LRP.Rule) throws
  {
    let program = try RelevanceToys.residual(Self.branch, Self.head)
    let (p, q) = (ClassSet(0), ClassSet(1))
    let scores: [Score] = [
      .logOdds(p, against: q), .logit(p), .probability(q), .surprise(at: q), .logit(q),
    ]
    for start in [LRP.Start.score, .contrastive, .softmaxGradient] {
      let lrp = LRP(rule, start: start)
      let together = try found(program, lrp, scores, [1, 2])
      let narrow = try found(program, lrp, scores, [1, 2], memory: 1)
      for (index, score) in scores.enumerated() {
        let alone = try map(program, lrp, score, [1, 2])
        for maps in [together.maps, narrow.maps] {
          expectClose(
            try maps[index].values.floats(), alone, within: 1e-5, of: "\(start) of \(score)")
        }
      }
    }
  }

  @Test func `a network that ends in a softmax gives the maps of its logits`() throws {
    func network(softmax: Bool) throws -> Network {
      var builder = ProgramBuilder(inputShape: [1, 1, 2])
      let flat = builder.call(
        "flatten.using_ints", in: "flat", type: "Flatten",
        [("self", .value(builder.input)), ("start_dim", .int(1))], shape: [2])
      let logits = builder.call(
        "linear", in: "last", type: "Linear",
        [
          ("input", .value(flat)),
          ("weight", .weight("weight", try Tensor([1, 3, 2, -1] as [Float], shape: [2, 2]))),
        ], shape: [2])
      let probabilities = builder.call(
        "softmax.int", in: "softmax", type: "Softmax",
        [("self", .value(logits)), ("dim", .int(1))], shape: [2])
      var card = ToyNetworks.card(height: 1, width: 2, labels: ["a", "b"])
      card.output = softmax ? .probabilities : .logits
      return try Network(
        program: builder.program(output: softmax ? probabilities : logits), card: card,
        cardPath: "card")
    }
    let scores = [Score.logit(ClassSet(0)), .logOdds(ClassSet(0), against: ClassSet(1))]
    let input = try Tensor([1, 2] as [Float], shape: [1, 1, 1, 2])
    let plain = try LRP(.epsilon).maps(of: scores, in: network(softmax: false), at: input).maps
    let ended = try LRP(.epsilon).maps(of: scores, in: network(softmax: true), at: input).maps
    for (plain, ended) in try paired(plain, ended) {
      try expectClose(ended.values, plain.values, within: 1e-5)
    }
  }

  @Test func `an operator without a rule is named with its place`() throws {
    let program = try RelevanceToys.product("round", [[1, 1]])
    #expect(throws: NetworkError.noRule(operation: "aten::round", at: "gate (round_1)")) {
      try map(program, LRP(), .logit(ClassSet(0)), [1, 2])
    }
  }

  @Test func `progress ends at its total, and stopping by it stops`() throws {
    struct Stop: Error {}
    let program = try RelevanceToys.residual(Self.branch, Self.head)
    let network = try ToyNetworks.network(program)
    let input = try Tensor([1, 2] as [Float], shape: [1, 1, 1, 2])
    var last: ProgressUpdate?
    _ = try LRP().maps(of: [.logit(ClassSet(0))], in: network, at: input) { update in
      #expect(update.completed == (last?.completed ?? 0) + 1)
      last = update
    }
    #expect(last?.completed == last?.total)
    #expect(throws: Stop.self) {
      try LRP().maps(of: [.logit(ClassSet(0))], in: network, at: input) { _ in throw Stop() }
    }
  }
}
