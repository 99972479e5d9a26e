import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Known answers for methods of transformers, on attention small enough for pencil and paper.
@Suite struct AttentionMethodTests {
  /// Three tokens of one number, which an attention looks at alike, for its queries are 0:
  ///
  ///     zᵢ = xᵢ + Σⱼ Aᵢⱼ c xⱼ, A = ⅓ everywhere, y = h · mean of z
  static func uniform(value c: Float, head: [Float]) throws -> Network {
    var builder = ProgramBuilder(inputShape: [1, 1, 3])
    let patches = builder.call(
      "conv2d", in: "embed", type: "Conv2d",
      [
        ("input", .value(builder.input)),
        ("weight", .weight("weight", try Tensor([1] as [Float], shape: [1, 1, 1, 1]))),
      ], shape: [1, 1, 3])
    let flat = builder.call(
      "flatten.using_ints", in: "", type: "",
      [("self", .value(patches)), ("start_dim", .int(2))], shape: [1, 3])
    let tokens = builder.call(
      "transpose.int", in: "", type: "",
      [("self", .value(flat)), ("dim0", .int(1)), ("dim1", .int(2))], shape: [3, 1])
    let parts = try [("query", 0), ("key", 1), ("value", c)].map { name, weight in
      let row = builder.call(
        "linear", in: name, type: "Linear",
        [
          ("input", .value(tokens)),
          ("weight", .weight("weight", try Tensor([weight] as [Float], shape: [1, 1]))),
        ], shape: [3, 1])
      let heads = builder.call(
        "unsqueeze", in: "", type: "", [("self", .value(row)), ("dim", .int(1))], shape: [1, 3, 1])
      return (name, ProgramBuilder.Argument.value(heads))
    }
    let seen = builder.call(
      "scaled_dot_product_attention", in: "attention", type: "Attention", parts, shape: [1, 3, 1])
    let joined = builder.call(
      "squeeze.dim", in: "", type: "", [("self", .value(seen)), ("dim", .int(1))], shape: [3, 1])
    let sum = builder.call(
      "add.Tensor", in: "block", type: "Block",
      [("self", .value(tokens)), ("other", .value(joined))], shape: [3, 1])
    let mean = builder.call(
      "mean.dim", in: "pool", type: "Mean", [("self", .value(sum)), ("dim", .ints([1]))], shape: [1]
    )
    let output = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(mean)),
        ("weight", .weight("weight", try Tensor(head, shape: [head.count, 1]))),
      ], shape: [head.count])
    return try ToyNetworks.network(builder.program(output: output))
  }

  static let x: [Float] = [2, -1, 5]

  func maps(_ method: any Explainer, _ network: Network, _ scores: [Score]) throws -> Explanation {
    try method.maps(of: scores, in: network, at: Tensor(Self.x, shape: [1, 1, 1, 3]))
  }

  static let scores: [Score] = [
    .logit(ClassSet(0)), .logOdds(ClassSet(0), against: ClassSet(1)),
  ]

  @Test func `uniform attention rolls out to the same for every token`() throws {
    let network = try Self.uniform(value: 2, head: [3, 1])
    for heads in AttentionRollout.Heads.allCases {
      let found = try maps(AttentionRollout(heads: heads), network, [Self.scores[0]])
      expectClose(try found.maps[0].values.floats(), [1, 1, 1].map { $0 / 3 }, within: 1e-6)
      // The mean of z is 3 times that of x.
      expectClose(found.scores, [18], within: 1e-6)
    }
  }

  @Test func `with one layer, gradient-weighted rollout is its positive gradient times attention`()
    throws
  {
    // ∂s/∂Aᵢⱼ = h c xⱼ / 3, for all i.
    let found = try maps(GradientRollout(), Self.uniform(value: 2, head: [3, 1]), Self.scores).maps
    for (map, h) in try paired(found, [3, 2] as [Float]) {
      expectClose(
        try map.values.floats(), Self.x.map { max(0, h * 2 * $0 / 3) / 3 }, within: 1e-6)
    }
  }

  @Test
  func `LeGrad is the positive gradient of the attention, its mean over the tokens that look`()
    throws
  {
    let found = try maps(LeGrad(), Self.uniform(value: 2, head: [3, 1]), Self.scores).maps
    for (map, h) in try paired(found, [3, 2] as [Float]) {
      expectClose(try map.values.floats(), Self.x.map { max(0, h * 2 * $0 / 3) }, within: 1e-6)
    }
  }

  @Test func `where attention does not depend on the tokens, CDAM sums to the score`() throws {
    // s = h (1 + c) mean of x.
    let found = try maps(CDAM(), Self.uniform(value: 2, head: [3, 1]), Self.scores)
    for (map, h) in try paired(found.maps, [3, 2] as [Float]) {
      expectClose(try map.values.floats(), Self.x.map { h * $0 }, within: 1e-6)
    }
    for (map, score) in try paired(found.maps, found.scores) {
      #expect(abs(try map.values.floats().reduce(0, +) - score) < 1e-4)
    }
  }

  @Test func `a rollout refuses to tell classes apart`() throws {
    let network = try Self.uniform(value: 2, head: [3, 1])
    #expect(throws: SettingError.hasNoClass("attention-rollout")) {
      try maps(AttentionRollout(), network, [Self.scores[1]])
    }
  }

  @Test
  func `a rollout's row sums to 1, and CDAM's contrast is the difference of the logits' maps`()
    throws
  {
    let network = try ToyNetworks.network(ToyNetworks.transformer())
    let input = try Tensor((0..<24).map { Float($0 * 7 % 11) / 11 }, shape: [1, 1, 4, 6])
    let rolled = try AttentionRollout().maps(of: [.logit(ClassSet(1))], in: network, at: input)
    #expect(rolled.maps[0].atLayer.shape == [2, 3] && rolled.maps[0].values.shape == [4, 6])
    #expect(abs(try rolled.maps[0].atLayer.floats().reduce(0, +) - 1) < 1e-5)
    let found = try CDAM().maps(
      of: Self.scores + [.logit(ClassSet(1))], in: network, at: input
    ).maps
    try expectClose(found[1].atLayer, found[0].atLayer - found[2].atLayer, within: 1e-5)
  }

  @Test func `a network without attention says so`() throws {
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(kernels: [1], biases: [0], head: [[1], [2]]))
    for method in [GradientRollout() as any Explainer, LeGrad(), CDAM()] {
      #expect(throws: AttentionFault.none) {
        try method.maps(
          of: [.logit(ClassSet(0))], in: network,
          at: Tensor([1, 2, 3, 4, 5, 6], shape: [1, 1, 2, 3]))
      }
    }
  }
}
