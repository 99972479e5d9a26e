import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Known answers for Grad-CAM at tokens, worked out by hand.
@Suite struct TokenGradCAMTests {
  /// Four patches of 2 × 2 pixels as tokens of two numbers, their sum and their last pixel, behind a class token (100, −100).
  /// All look at all alike, for queries are 0, and the class token's sum of values is read:
  ///
  ///     z₀ = t₀ + ⅕ Σᵢ tᵢ V,  V = ((1, 2), (0, −1)),  y = (z₀₁, z₀₂)
  private func network() throws -> Network {
    var builder = ProgramBuilder(inputShape: [1, 4, 4])
    let maps = builder.call(
      "conv2d", in: "embed", type: "Conv2d",
      [
        ("input", .value(builder.input)),
        (
          "weight",
          .weight("weight", try Tensor([1, 1, 1, 1, 0, 0, 0, 1] as [Float], shape: [2, 1, 2, 2]))
        ), ("stride", .ints([2, 2])),
      ], shape: [2, 2, 2])
    let flat = builder.call(
      "flatten.using_ints", in: "", type: "", [("self", .value(maps)), ("start_dim", .int(2))],
      shape: [2, 4])
    let patches = builder.call(
      "transpose.int", in: "", type: "",
      [("self", .value(flat)), ("dim0", .int(1)), ("dim1", .int(2))], shape: [4, 2])
    let token = builder.call(
      "expand", in: "", type: "",
      [
        ("self", .weight("class_token", try Tensor([100, -100] as [Float], shape: [1, 1, 2]))),
        ("size", .lengths([nil, 1, 2])),
      ], shape: [1, 2])
    let tokens = builder.call(
      "cat", in: "tokens", type: "Tokens",
      [("tensors", .values([token, patches])), ("dim", .int(1))], shape: [5, 2])
    let parts = try [("query", [0, 0, 0, 0]), ("key", [1, 0, 0, 1]), ("value", [1, 0, 2, -1])].map {
      (name: String, weight: [Float]) in
      let rows = builder.call(
        "linear", in: name, type: "Linear",
        [
          ("input", .value(tokens)),
          ("weight", .weight("weight", try Tensor(weight, shape: [2, 2]))),
        ], shape: [5, 2])
      let heads = builder.call(
        "unsqueeze", in: "", type: "", [("self", .value(rows)), ("dim", .int(1))], shape: [1, 5, 2])
      return (name, ProgramBuilder.Argument.value(heads))
    }
    let seen = builder.call(
      "scaled_dot_product_attention", in: "attention", type: "Attention", parts, shape: [1, 5, 2])
    let joined = builder.call(
      "squeeze.dim", in: "", type: "", [("self", .value(seen)), ("dim", .int(1))], shape: [5, 2])
    let sum = builder.call(
      "add.Tensor", in: "block", type: "Block",
      [("self", .value(tokens)), ("other", .value(joined))], shape: [5, 2])
    let first = builder.call(
      "select.int", in: "", type: "",
      [("self", .value(sum)), ("dim", .int(1)), ("index", .int(0))], shape: [2])
    let output = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(first)),
        ("weight", .weight("weight", try Tensor([1, 0, 0, 1] as [Float], shape: [2, 2]))),
      ], shape: [2])
    return try ToyNetworks.network(builder.program(output: output))
  }

  @Test func `the map of tokens is the map of their gradients' mean, without the class token`()
    throws
  {
    let network = try network()
    let layer = try network.program.lastSpatialLayer()
    #expect(layer.name == "tokens")
    #expect(layer.layout == .rows(grid: [2, 2], others: 1))
    let found = try GradCAM().at(layer).maps(
      of: [.logit(ClassSet(0)), .logit(ClassSet(1)), .logOdds(ClassSet(1), against: ClassSet(0))],
      in: network, at: Tensor((0..<16).map(Float.init), shape: [1, 1, 4, 4]))
    // Patches of the ramp sum to 10, 18, 42, 50, and end in 5, 7, 13, 15. Sums of tokens: 120 + 100 = 220, and 40 − 100.
    // z₀ = (100 + 220/5, −100 + (2 · 220 + 60)/5).
    expectClose(Array(found.scores[..<2]), [144, 0], within: 1e-6)
    // Every patch has the gradient V of its channel, a fifth: α = (⅕, 0) for y₁, (⅖, −⅕) for y₂.
    let (sums, ends): ([Float], [Float]) = ([10, 18, 42, 50], [5, 7, 13, 15])
    let expected = [
      sums.map { $0 / 5 }, zip(sums, ends).map { (2 * $0 - $1) / 5 },
      zip(sums, ends).map { ($0 - $1) / 5 },
    ]
    for (map, numbers) in try paired(found.maps, expected) {
      #expect(map.atLayer.shape == [2, 2])
      expectClose(try map.atLayer.floats(), numbers, within: 1e-6)
    }
  }

  @Test func `tokens that nothing reads any more are refused`() throws {
    // Behind the attention, the class token alone is read.
    let program = try network().program
    #expect(throws: NetworkError.notSpatial("block", .unread([nil, 5, 2]))) {
      try GradCAM().at(program.layer(named: "block"))
    }
  }
}
