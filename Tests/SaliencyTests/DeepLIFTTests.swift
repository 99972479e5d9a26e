import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Known answers, reductions, completeness and bad input for DeepLIFT on networks small enough for
/// pencil and paper.
@Suite struct DeepLIFTTests {
  /// Multipliers of the first output between two rows of pixels.
  func multipliers(_ program: Program, from start: [Float], to end: [Float]) throws -> [Float] {
    let layer = program.inputLayer
    func trace(_ row: [Float]) throws -> Trace {
      try program.trace(Tensor(row, shape: [1, 1, 1, row.count]), behind: layer)
    }
    let there = try trace(start)
    let here = try trace(end)
    let count = here.output.count
    let rows = try Tensor((0..<count).map { $0 == 0 ? 1 : 0 } as [Float], shape: [1, 1, count])
    return try RuleWalk(trace: here, rules: .deepLIFT(reference: there))
      .arrived(from: rows, within: Resources(), progress: { _ in }).floats()
  }

  @Test func `the toy of two rectifiers gives (2, 1), with multipliers 2 and ½`() throws {
    // 2·ReLU(x₁) + 2·ReLU(x₂ − 1.5) at (1, 2): the second rectifier rises by ½ where x₂ rises by 2.
    let network = try ToyNetworks.network(SmallPrograms.rectifiers())
    let found = try DeepLIFT(from: .black).maps(
      of: [.logit(ClassSet(0)), .logit(ClassSet(1))], in: network,
      at: Tensor([1, 2] as [Float], shape: [1, 1, 1, 2]))
    #expect(try found.maps[0].values.floats() == [2, 1])
    #expect(try found.maps[1].values.floats() == [-2, -1])
    #expect(found.maps[0].measurements == [.completenessError: 0, .scoreDifference: 3])
    #expect(try multipliers(network.program, from: [0, 0], to: [1, 2]) == [2, 0.5])
  }

  @Test func `where nothing changed, multipliers are the gradient`() throws {
    #expect(
      try multipliers(SmallPrograms.rectifiers(), from: [1, 2], to: [1, 2]) == [2, 2])
    #expect(
      try multipliers(SmallPrograms.rectifiers(), from: [1, 1], to: [1, 1]) == [2, 0])
    // The largest of x₁ and x₂ plus the largest of x₂ and x₃.
    #expect(
      try multipliers(SmallPrograms.largest(), from: [1, 5, 2], to: [1, 5, 2]) == [0, 2, 0])
  }

  @Test func `where a difference is smaller than rounding, a ratio gives way to the slope`() throws
  {
    // σ near 0 is rounded to multiples of 6·10⁻⁸, so over 2·10⁻⁸ it rises by 0 or by three times as
    // much as it reads; its slope is ¼.
    let program = try RectifierTests.activated("sigmoid")
    let found = try multipliers(program, from: [1e-8, 0], to: [3e-8, 1])
    let rise = Float(1 / (1 + exp(-1.0)) - 0.5)
    expectClose(found, [2 * 0.25, -3 * rise], within: 1e-6)
  }

  @Test func `max pooling gives a rise to its winner, a fall to the reference's`() throws {
    // Two windows, (x₁, x₂) and (x₂, x₃). From (4, 2, 9) to (1, 5, 9) the first rises from 4 to 5
    // by x₂, which rises by 3; the second stays.
    let rise = try multipliers(SmallPrograms.largest(), from: [4, 2, 9], to: [1, 5, 9])
    expectClose(rise, [0, 1 / 3, 1], within: 1e-6)
    // From (4, 3, 0) to (1, 2, 0): the first falls from 4 to 2 for x₁ fell by 3; the second falls
    // from 3 to 2 with x₂.
    let fall = try multipliers(SmallPrograms.largest(), from: [4, 3, 0], to: [1, 2, 0])
    expectClose(fall, [2 / 3, 1, 0], within: 1e-6)
  }

  @Test func `products and quotients of two values are split symmetrically`() throws {
    // From (2, 1) to (6, 3). Product: (y + y₀)/2 = 2 and (x + x₀)/2 = 4; 4·2 + 2·4 = 18 − 2.
    let product = try multipliers(SmallPrograms.pair("mul.Tensor"), from: [2, 1], to: [6, 3])
    expectClose(product, [2, 4], within: 1e-6)
    // Quotient: (1/3 + 1)/2 = 2/3 and −4/3; 4·2/3 − 2·4/3 = 0, and both quotients are 2.
    let quotient = try multipliers(SmallPrograms.pair("div.Tensor"), from: [2, 1], to: [6, 3])
    expectClose(quotient, [2 / 3, -4 / 3], within: 1e-6)
    // Across a pole, where a mean of the divisors would be 0: from 2/−1 to 6/1.
    let pole = try multipliers(SmallPrograms.pair("div.Tensor"), from: [2, -1], to: [6, 1])
    expectClose(pole, [0, 4], within: 1e-6)
  }

  @Test func `of a network without activations it is the gradient times the difference`() throws {
    let network = try ToyNetworks.network(SmallPrograms.affine())
    let input = try Tensor((0..<16).map { Float($0 * 7 % 11) / 11 }, shape: [1, 1, 4, 4])
    let reference = try Tensor((0..<16).map { Float($0 * 5 % 13) / 13 }, shape: [1, 1, 4, 4])
    let score = Score.logOdds(ClassSet(0), against: ClassSet(1))
    let found = try DeepLIFT.maps(
      for: MapRequest(network, at: network.input(input)) { _ in [[score]] }, from: reference)
    let gradient = try network.inputGradients(of: [score], at: input).gradients
    // The same sums of floats in another order.
    try expectClose(
      try #require(found.maps[0].attribution),
      (gradient.reshaped([1, 1, 4, 4]) * (input - reference)).select(axis: 0, index: 0),
      within: 1e-6)
  }

  @Test func `many scores at once, in any memory, give the maps of each alone`() throws {
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]]))
    let input = try Tensor([0.1, 0.9, 0.4, 0.7, 0.2, 0.6] as [Float], shape: [1, 1, 2, 3])
    let scores: [Score] = [
      .logit(ClassSet(0)), .probability(ClassSet(1)), .surprise(at: ClassSet(2)),
      .logOdds(ClassSet(1), against: ClassSet(0)),
    ]
    let explainer = DeepLIFT(from: .white)
    let before = try network.program.parameters.mapValues { try $0.floats() }
    var updates: [ProgressUpdate] = []
    let together = try explainer.maps(of: scores, in: network, at: input)
    let narrow = try explainer.maps(
      of: scores, in: network, at: input, within: Resources(memory: 1)
    ) { updates.append($0) }
    for (i, score) in scores.enumerated() {
      let alone = try explainer.maps(of: [score], in: network, at: input)
      #expect(alone.scores == [together.scores[i]])
      try expectClose(together.maps[i].values, alone.maps[0].values, within: 1e-6, of: "\(score)")
      try expectClose(narrow.maps[i].values, alone.maps[0].values, within: 1e-6, of: "\(score)")
      let error = try #require(together.maps[i].measurements[.completenessError])
      #expect(abs(error) < 1e-6, "\(score)")
    }
    #expect(updates.last?.completed == updates.last?.total)
    #expect(try network.program.parameters.mapValues { try $0.floats() } == before)
  }

  @Test func `over several baselines it is the mean of the maps of each`() throws {
    // 2·ReLU(x₁) + 2·ReLU(x₂ − 1.5) at (1, 2): (2, 1) from black, and from white, (1, 1), where x₁ does not
    // differ, (0, 1). The score, 3, is 0 and 2 there.
    let network = try ToyNetworks.network(SmallPrograms.rectifiers())
    let input = try Tensor([1, 2] as [Float], shape: [1, 1, 1, 2])
    var updates: [ProgressUpdate] = []
    let found = try DeepLIFTSHAP(baselines: [.black, .white]).maps(
      of: [.logit(ClassSet(0))], in: network, at: input, within: Resources()
    ) { updates.append($0) }
    #expect(try found.maps[0].values.floats() == [1, 1])
    #expect(found.maps[0].measurements == [.completenessError: 0, .scoreDifference: 2])
    #expect(updates.last?.completed == updates.last?.total)
    for baseline in [Baseline.black, .white, .blur(sigma: 1)] {
      let one = try DeepLIFTSHAP(baselines: [baseline]).maps(
        of: [.logit(ClassSet(0))], in: network, at: input)
      let plain = try DeepLIFT(from: baseline).maps(
        of: [.logit(ClassSet(0))], in: network, at: input)
      #expect(try one.maps[0].values.floats() == plain.maps[0].values.floats())
    }
    #expect(throws: SettingFault("baselines", "empty", expected: "one baseline or more")) {
      try DeepLIFTSHAP(baselines: []).maps(of: [.logit(ClassSet(0))], in: network, at: input)
    }
  }

  @Test func `batch normalisation behind which channels come last loses nothing`() throws {
    // libtorch's own gradient of it is wrong where what arrives lies in memory as rows of channels.
    var builder = ProgramBuilder(inputShape: [1, 3, 4])
    let maps = builder.call(
      "view", in: "view", type: "View",
      [("self", .value(builder.input)), ("size", .ints([-1, 3, 2, 2]))], shape: [3, 2, 2])
    let numbers: (Int) throws -> Tensor = { count in
      try Tensor((0..<count).map { Float($0 * 7 % 5) / 3 + 0.5 }, shape: [count])
    }
    let normal = builder.call(
      "batch_norm", in: "norm", type: "BatchNorm2d",
      try [("input", .value(maps))]
        + ["weight", "bias", "running_mean", "running_var"].map {
          ($0, .weight($0, try numbers(3)))
        } + [
          ("training", .bool(false)), ("momentum", .double(0.1)), ("eps", .double(1e-5)),
          ("cudnn_enabled", .bool(false)),
        ], shape: [3, 2, 2])
    let flat = builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(normal)), ("start_dim", .int(2))], shape: [3, 4])
    let tokens = builder.call(
      "transpose.int", in: "turn", type: "Turn",
      [("self", .value(flat)), ("dim0", .int(1)), ("dim1", .int(2))], shape: [4, 3])
    let row = builder.call(
      "flatten.using_ints", in: "row", type: "Flatten",
      [("self", .value(tokens)), ("start_dim", .int(1))], shape: [12])
    let output = builder.call(
      "linear", in: "head", type: "Linear",
      [("input", .value(row)), ("weight", .weight("weight", try numbers(24).reshaped([2, 12])))],
      shape: [2])
    let network = try ToyNetworks.network(builder.program(output: output))
    let input = try Tensor((0..<12).map { Float($0 * $0 % 7) / 7 }, shape: [1, 1, 3, 4])
    let reference = try input * 0
    for scores in [[Score.logit(ClassSet(0))], [.logit(ClassSet(0)), .logit(ClassSet(1))]] {
      let found = try DeepLIFT.maps(
        for: MapRequest(network, at: network.input(input)) { _ in [scores] }, from: reference)
      for map in found.maps {
        let error = try #require(map.measurements[.completenessError])
        #expect(abs(error) < 1e-5)
      }
    }
  }

  @Test func `an operator whose change its inputs do not tell is named with its place`() throws {
    let network = try ToyNetworks.network(RelevanceToys.product("round", [[1, 1], [0, 1]]))
    #expect(throws: NetworkError.noRule(operation: "aten::round", at: "gate (round_1)")) {
      try DeepLIFT(from: .black).maps(
        of: [.logit(ClassSet(0))], in: network,
        at: Tensor([1.4, 2.6] as [Float], shape: [1, 1, 1, 2]))
    }
  }
}

/// Known answers for what DeepLIFT starts its walk with.
@Suite struct ScoreSecantTests {
  func secants(_ scores: [Score], from start: [Float], to end: [Float]) throws -> ScoreSecants {
    let head = Array(repeating: [Float(1)], count: end.count)
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(kernels: [1], biases: [0], head: head))
    return try ScoreSecants(
      of: scores, in: network, from: Tensor(start, shape: [1, start.count]),
      to: Tensor(end, shape: [1, end.count]))
  }

  @Test func `scores linear in the logits start with their gradient`() throws {
    let found = try secants(
      [
        .logit(ClassSet(1)), .logOdds(ClassSet(0), against: ClassSet(2)),
        .meanContrast(ClassSet(0), against: #require(ClassSet([1, 2]))),
      ], from: [0.3, -2, 1], to: [4, 7, -3])
    // Doubles are summed, and rounded to floats once.
    expectClose(
      try found.multipliers.floats(), [0, 1, 0, 1, 0, -1, 1, -0.5, -0.5], within: 1e-6)
  }

  @Test func `a probability among two classes starts with its slope over the log-odds`() throws {
    // p = σ(y₁ − y₂), a function of one number that rises by 3; only the first output changes, so
    // that the second multiplier is none that closing the sum could have touched.
    let found = try secants([.probability(ClassSet(0))], from: [-1, 0], to: [2, 0])
    let slope = Float((1 / (1 + exp(-2.0)) - 1 / (1 + exp(1.0))) / 3)
    expectClose(try found.multipliers.floats(), [slope, -slope], within: 1e-6)
  }

  @Test func `every score's multipliers account for its difference`() throws {
    let pair = try #require(ClassSet([0, 2]))
    let scores: [Score] = [
      .logit(pair), .probability(pair), .logOdds(ClassSet(1), against: pair),
      .surprise(at: ClassSet(2)), .maxContrast(ClassSet(1), against: pair),
      .weightedContrast(ClassSet(1), against: pair),
    ]
    let (start, end): ([Float], [Float]) = ([3, -2, 1, 0], [-4, 7, 2, 30])
    let found = try secants(scores, from: start, to: end)
    let rows = try found.multipliers.floats()
    for i in scores.indices {
      let sum = (0..<4).reduce(Float(0)) { $0 + rows[4 * i + $1] * (end[$1] - start[$1]) }
      // Sums of some ten terms of about ten.
      #expect(abs(sum - found.differences[i]) < 1e-5, "\(scores[i])")
    }
    // The cluster's score reads two outputs, and so do its multipliers.
    #expect(rows[1] == 0 && rows[3] == 0)
  }
}
