import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Known answers, reductions and invariance for guided backpropagation, deconvolution and Guided
/// Grad-CAM on networks small enough for pencil and paper.
@Suite struct RectifierTests {
  static let ramp = (0..<16).map(Float.init)
  static let scores: [Score] = [
    .logit(ClassSet(0)), .probability(ClassSet(1)), .surprise(at: ClassSet(2)),
    .logOdds(ClassSet(1), against: ClassSet(0)),
  ]

  func twoChannels() throws -> Network {
    try ToyNetworks.network(ToyNetworks.twoChannels(weights: [1, 1, 1, 1, 0, 0, -1, -1]))
  }

  func pooled() throws -> Network {
    try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]]))
  }

  func values(
    _ explainer: any Explainer, _ score: Score, of network: Network, at input: [Float]
  ) throws -> [Float] {
    let shape = [1] + network.program.inputShape.dropFirst().map { $0 ?? 1 }
    return try explainer.maps(of: [score], in: network, at: Tensor(input, shape: shape))
      .maps[0].values.floats()
  }

  // Each place of the 2 × 2 maps covers 3 × 3 pixels, so a pixel gets the sum of the signals of the
  // places that cover it. The first channel's signals are the head's 1, 1, 1, 1, the second's
  // 0, 0, −1, −1. What the ReLU reads is (−5, 4, 31, 40) and (−30, −21, 6, 15).

  @Test func `guided backpropagation of the two-channel toy gives the published rows`() throws {
    // The first channel lets (0, 1, 1, 1) through, the second nothing, for its signals are negative.
    let found = try values(
      GuidedBackpropagation(), .logit(ClassSet(0)), of: twoChannels(), at: Self.ramp)
    #expect(found == [0, 1, 1, 1, 1, 3, 3, 2, 1, 3, 3, 2, 1, 2, 2, 1])
    // Of the opposite score only the second channel's are positive: (0, 0, 1, 1).
    let opposite = try values(
      GuidedBackpropagation(), .logit(ClassSet(1)), of: twoChannels(), at: Self.ramp)
    #expect(opposite == [0, 0, 0, 0, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2, 1])
  }

  @Test func `deconvolution of the two-channel toy ignores what the rectifier read`() throws {
    // The first channel lets (1, 1, 1, 1) through, its first place too.
    let found = try values(Deconvolution(), .logit(ClassSet(0)), of: twoChannels(), at: Self.ramp)
    #expect(found == [1, 2, 2, 1, 2, 4, 4, 2, 2, 4, 4, 2, 1, 2, 2, 1])
  }

  @Test func `Guided Grad-CAM of the two-channel toy is the product of both published maps`() throws
  {
    let network = try twoChannels()
    let found = try values(
      GuidedGradCAM().at(network.program.layer(named: "relu")), .logit(ClassSet(0)), of: network,
      at: Self.ramp)
    // Grad-CAM's (0, 4, 28, 32.5), enlarged twofold: weights ¾ and ¼ inside, 1 at the edge.
    let weights: [[Float]] = [[1, 0], [0.75, 0.25], [0.25, 0.75], [0, 1]]
    let guided: [Float] = [0, 1, 1, 1, 1, 3, 3, 2, 1, 3, 3, 2, 1, 2, 2, 1]
    let expected = (0..<16).map { i in
      let (row, column) = (weights[i / 4], weights[i % 4])
      let top = row[0] * (column[0] * 0 + column[1] * 4)
      return guided[i] * (top + row[1] * (column[0] * 28 + column[1] * 32.5))
    }
    expectClose(found, expected, within: 1e-6)
  }

  @Test(arguments: [
    // The slope at 0.5, and whether the activation is a rectifier.
    ("relu", 1, true), ("hardtanh", 1, true), ("leaky_relu", 1, true), ("elu", 1, true),
    // ½(1 + erf(x/√2)) + x·φ(x); σ(1 + x(1 − σ)); (2x + 3)/6.
    ("gelu", 0.867_495, true), ("silu", 0.739_961, true), ("hardswish", 0.666_667, true),
    // σ(1 − σ); 1/6; 1 − tanh².
    ("sigmoid", 0.235_004, false), ("hardsigmoid", 0.166_667, false), ("tanh", 0.786_448, false),
  ])
  func `rectifiers pass positive signals alone, gates pass all`(
    name: String, slope: Float, isRectifier: Bool
  ) throws {
    let network = try ToyNetworks.network(Self.activated(name))
    let input: [Float] = [0.5, 0.5]
    // The signals are 2 and −3.
    let guided = try values(GuidedBackpropagation(), .logit(ClassSet(0)), of: network, at: input)
    expectClose(
      guided, isRectifier ? [2 * slope, 0] : [2 * slope, -3 * slope], within: 1e-5, of: name)
    let past = try values(Deconvolution(), .logit(ClassSet(0)), of: network, at: input)
    expectClose(past, isRectifier ? [2, 0] : [2 * slope, -3 * slope], within: 1e-5, of: name)
  }

  @Test func `an activation in several operators is met one operator at a time`() throws {
    let silu = try ToyNetworks.network(Self.activated("sigmoid", times: true))
    let found = try values(GuidedBackpropagation(), .logit(ClassSet(0)), of: silu, at: [0.5, 0.5])
    expectClose(found, [2 * 0.739_961, -3 * 0.739_961], within: 1e-5)
    // x·relu6(x + 3): signals s reach x as s·relu6(x + 3) by the product, and as max(0, s·x) by the
    // ReLU6, which is the rectifier.
    let swish = try ToyNetworks.network(Self.activated("hardtanh", plus: 3, times: true))
    let parts = try values(GuidedBackpropagation(), .logit(ClassSet(0)), of: swish, at: [0.5, 0.5])
    expectClose(parts, [2 * 3.5 + 2 * 0.5, -3 * 3.5], within: 1e-6)
  }

  @Test func `where all signals and activations are positive, both are the gradient`() throws {
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1, 2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, 1], [0.5, 1, 3]]))
    let input = try Tensor([0.1, 0.9, 0.4, 0.7, 0.2, 0.6] as [Float], shape: [1, 1, 2, 3])
    let score = Score.logit(ClassSet(1))
    let gradient = try network.inputGradients(of: [score], at: input).gradients.reshaped([1, 2, 3])
    for explainer in [GuidedBackpropagation(), Deconvolution()] as [any Explainer] {
      let found = try explainer.maps(of: [score], in: network, at: input).maps[0]
      try expectClose(try #require(found.attribution), gradient, within: 1e-6)
    }
  }

  @Test(arguments: ["guided-backprop", "deconvolution", "guided-grad-cam"])
  func `many scores at once, in any memory, give the maps of each alone`(name: String) throws {
    let network = try pooled()
    let input = try Tensor([0.1, 0.9, 0.4, 0.7, 0.2, 0.6] as [Float], shape: [1, 1, 2, 3])
    let entry = try ExplainerMenu.entry(named: name)
    let explainer = try entry.explainer(
      entry.values(""),
      ExplainerEntry.Context(network: network, seed: Seed(0))
    ).at(entry.layerUse == .always ? network.program.layer(named: "conv") : nil)
    let before = try network.program.parameters.mapValues { try $0.floats() }
    let together = try explainer.maps(of: Self.scores, in: network, at: input)
    let narrow = try explainer.maps(
      of: Self.scores, in: network, at: input, within: Resources(memory: 1))
    for (i, score) in Self.scores.enumerated() {
      let alone = try explainer.maps(of: [score], in: network, at: input)
      #expect(alone.scores == [together.scores[i]])
      try expectClose(together.maps[i].values, alone.maps[0].values, within: 1e-6, of: "\(score)")
      try expectClose(narrow.maps[i].values, alone.maps[0].values, within: 1e-6, of: "\(score)")
    }
    #expect(try network.program.parameters.mapValues { try $0.floats() } == before)
  }

  @Test func `progress ends complete, and stopping by it stops`() throws {
    struct Stop: Error {}
    let network = try pooled()
    let input = try Tensor([0.1, 0.9, 0.4, 0.7, 0.2, 0.6] as [Float], shape: [1, 1, 2, 3])
    var updates: [ProgressUpdate] = []
    _ = try GuidedBackpropagation().maps(
      of: Self.scores, in: network, at: input, within: Resources(memory: 1)
    ) { updates.append($0) }
    #expect(updates.map(\.completed) == Array(1...17))
    #expect(updates.allSatisfy { $0.total == 17 })
    #expect(throws: Stop.self) {
      try GuidedBackpropagation().maps(of: Self.scores, in: network, at: input) { _ in
        throw Stop()
      }
    }
  }

  /// Two pixels, an activation of them or of what they are more than `−plus`, and a head of 2 and
  /// −3; with `times`, the activation is multiplied by the pixels.
  static func activated(
    _ name: String, plus shift: Double = 0, times: Bool = false
  ) throws -> Program {
    var builder = ProgramBuilder(inputShape: [1, 1, 2])
    let moved = builder.call(
      "add.Scalar", in: "move", type: "Sum",
      [("self", .value(builder.input)), ("other", .double(shift))], shape: [1, 1, 2])
    let limits: [(String, ProgramBuilder.Argument)] =
      name == "hardtanh" ? [("min_val", .double(0)), ("max_val", .double(6))] : []
    var active = builder.call(
      name, in: "active", type: "Activation", [("self", .value(moved))] + limits, shape: [1, 1, 2])
    if times {
      active = builder.call(
        "mul.Tensor", in: "gated", type: "Product",
        [("self", .value(builder.input)), ("other", .value(active))], shape: [1, 1, 2])
    }
    let flat = builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(active)), ("start_dim", .int(1))], shape: [2])
    let output = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(flat)),
        ("weight", .weight("weight", try Tensor([2, -3, 0, 0] as [Float], shape: [2, 2]))),
      ], shape: [2])
    return try builder.program(output: output)
  }
}
