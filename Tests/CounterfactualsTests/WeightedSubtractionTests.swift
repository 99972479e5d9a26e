import Contrast
import Counterfactuals
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

@Suite("Weighted subtraction: known answers, invariance, bad input")
struct WeightedSubtractionTests {
  /// Logits by a matrix on the numbers of pictures `[C, 1, W]`.
  static func linear(
    _ weights: [[Float]], biases: [Float], channels: Int = 1, mean: [Float] = [0],
    std: [Float] = [1]
  ) throws -> Network {
    let width = weights[0].count
    var builder = ProgramBuilder(inputShape: [channels, 1, width / channels])
    let flat = builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(builder.input)), ("start_dim", .int(1))], shape: [width])
    let output = builder.call(
      "linear", in: "linear", type: "Linear",
      [
        ("input", .value(flat)),
        (
          "weight",
          .weight("weight", try Tensor(weights.flatMap(\.self), shape: [weights.count, width]))
        ),
        ("bias", .weight("bias", try Tensor(biases, shape: [biases.count]))),
      ], shape: [weights.count])
    var card = ToyNetworks.card(
      height: 1, width: width / channels,
      labels: (0..<weights.count).map { "class \($0)" })
    try card.changeInput {
      $0.channels = channels
      $0.channelOrder = channels == 1 ? .gray : .rgb
      ($0.mean, $0.std) = (mean, std)
    }
    return try Network(
      program: builder.program(output: output), card: card, cardPath: "card")
  }

  static func difference(by network: Network, at input: Tensor) throws -> SubtractedMaps {
    try WeightedSubtraction(of: InputGradient()).difference(
      why: ClassSet(0), ratherThan: ClassSet(1), by: network, at: input)
  }

  @Test func `weights below one are kept where both classes look at the same pixel`() throws {
    // y = (4 x₁, x₁), so P̂ = Q̂ = (1, 0) and d_w = (w − 1, 0): P falls and Q rises for w < 1, the
    // picture stays as it is at w = 1. 199 weights of mean ½ leave d = (½ − 1, 0).
    let network = try Self.linear([[4, 0], [1, 0]], biases: [0, 0])
    let found = try Self.difference(
      by: network, at: Tensor([0.5, 0.25] as [Float], shape: [1, 1, 1, 2]))
    #expect(found.weightCount == 400)
    #expect(found.keptWeights == (1...199).map { Float(Double($0) * 0.005) })
    // The mean of 199 rounded weights.
    expectClose(try #require(found.map).floats(), [-0.5, 0], within: 1e-6)
  }

  @Test func `P must fall and Q must rise`() throws {
    // A third class rises as x₁ falls, and takes from both.
    let third = try Self.linear([[4, 0], [1, 0], [-8, 0]], biases: [0, 0, 8])
    let input = try Tensor([0.5, 0.25] as [Float], shape: [1, 1, 1, 2])
    let found = try Self.difference(by: third, at: input)
    #expect(found.keptWeights.isEmpty)
    #expect(found.map == nil)
    #expect(found.weightCount == 400)
    // Without it every weight below one is kept, as above.
    let without = try Self.linear([[4, 0], [1, 0], [0, 0]], biases: [0, 0, -20])
    #expect(try Self.difference(by: without, at: input).keptWeights.count == 199)
  }

  @Test func `a map of zero stays zero`() throws {
    // P looks at nothing: d_w = w (0, 1), and every weight raises Q.
    let network = try Self.linear([[0, 0], [0, 2]], biases: [1, 0])
    let found = try Self.difference(
      by: network, at: Tensor([0.5, 0.25] as [Float], shape: [1, 1, 1, 2]))
    #expect(found.keptWeights.count == 400)
    expectClose(try #require(found.map).floats(), [0, 1.0025], within: 1e-6)
  }

  @Test func `what cannot be added to a full picture changes nothing`() throws {
    // d_w = w (0, 1) again, but the pixel is white: clipped, the picture stays as it is.
    let network = try Self.linear([[0, 0], [0, 2]], biases: [1, 0])
    let found = try Self.difference(
      by: network, at: Tensor([0.5, 1] as [Float], shape: [1, 1, 1, 2]))
    #expect(found.map == nil)
  }

  @Test func `a map is imposed on every channel of the picture, not of the normalised input`()
    throws
  {
    let (mean, std): ([Float], [Float]) = ([0.4, 0.5, 0.6], [0.2, 0.25, 0.5])
    // Two pixels of three channels, the first's numbers 0.2, 0.5 and 0.9.
    let network = try Self.linear(
      [[4, 0, 2, 0, 2, 0], [1, 0, 1, 0, 1, 0]], biases: [0, 0], channels: 3, mean: mean, std: std)
    let picture: [Float] = [0.2, 0.5, 0.5, 0.5, 0.9, 0.5]
    let input = try Tensor(
      picture.enumerated().map { ($1 - mean[$0 / 2]) / std[$0 / 2] }, shape: [1, 3, 1, 2])
    let found = try Self.difference(by: network, at: input)
    #expect(found.keptWeights.count == 199)
    expectClose(try #require(found.map).floats(), [-0.5, 0], within: 1e-6)
    #expect(found.map?.shape == [1, 2])
  }

  @Test func `the batch's length does not matter`() throws {
    let network = try ToyNetworks.network(ToyNetworks.bent())
    var stream = RandomStream(1)
    var partial = 0
    for (fact, foil) in [(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)] {
      let input = try Tensor((0..<12).map { _ in stream.uniform() }, shape: [1, 1, 1, 12])
      let found = try [1, 1 << 30].map { memory in
        try WeightedSubtraction(of: InputGradient()).difference(
          why: ClassSet(fact), ratherThan: ClassSet(foil), by: network, at: input,
          within: Resources(memory: memory)
        ).keptWeights
      }
      #expect(found[0] == found[1])
      if !found[0].isEmpty, found[0].count < 400 { partial += 1 }
    }
    #expect(partial > 0, "some weights are kept and others are not")
  }

  @Test func `progress ends complete, and throwing stops`() throws {
    let network = try ToyNetworks.network(ToyNetworks.bent())
    let input = try Tensor([Float](repeating: 0.5, count: 12), shape: [1, 1, 1, 12])
    let subtraction = WeightedSubtraction(of: InputGradient())
    var last: ProgressUpdate?
    _ = try subtraction.difference(
      why: ClassSet(0), ratherThan: ClassSet(1), by: network, at: input
    ) { last = $0 }
    #expect(last?.completed == 800)
    #expect(last?.total == 800)
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      try subtraction.difference(
        why: ClassSet(0), ratherThan: ClassSet(1), by: network, at: input
      ) { if $0.completed == 408, $0.total == 800 { throw Stop() } }
    }
  }

  @Test func `fact and foil must differ`() throws {
    let network = try Self.linear([[4, 0], [1, 0]], biases: [0, 0])
    let input = try Tensor([0.5, 0.25] as [Float], shape: [1, 1, 1, 2])
    #expect(throws: QuestionError.factIsFoil(ClassSet(0), ClassSet(0))) {
      try WeightedSubtraction(of: InputGradient()).difference(
        why: ClassSet(0), ratherThan: ClassSet(0), by: network, at: input)
    }
  }
}
