import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Known answers for Grad-CAM where the mean gradient is 0 but for rounding.
@Suite struct RoundingNoiseMapTests {
  /// `A = K ∗ x`, two channels of 2 × 3 places; `y = v · (A − c mean over places of A)`, and a second output of −v.
  ///
  /// The gradients at A are `vₖᵢⱼ − c mean of vₖ`, whose means are `(1 − c) mean of vₖ`: 0 for c = 1 in real numbers, and
  /// some 10⁻⁸ in floats, for tenths are none.
  private func network(without share: Double) throws -> Network {
    var builder = ProgramBuilder(inputShape: [1, 2, 3])
    let maps = builder.call(
      "conv2d", in: "conv", type: "Conv2d",
      [
        ("input", .value(builder.input)),
        ("weight", .weight("weight", try Tensor([1, -2] as [Float], shape: [2, 1, 1, 1]))),
      ], shape: [2, 2, 3])
    let mean = builder.call(
      "mean.dim", in: "mean", type: "Mean",
      [("self", .value(maps)), ("dim", .ints([2, 3])), ("keepdim", .bool(true))], shape: [2, 1, 1])
    let part = builder.call(
      "mul.Scalar", in: "part", type: "Part",
      [("self", .value(mean)), ("other", .double(share))], shape: [2, 1, 1])
    let centred = builder.call(
      "sub.Tensor", in: "centred", type: "Centred",
      [("self", .value(maps)), ("other", .value(part))], shape: [2, 2, 3])
    let flat = builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(centred)), ("start_dim", .int(1))], shape: [12])
    let output = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(flat)),
        (
          "weight",
          .weight("weight", try Tensor(Self.head + Self.head.map { -$0 }, shape: [2, 12]))
        ),
      ], shape: [2])
    return try ToyNetworks.network(builder.program(output: output))
  }

  private static let head: [Float] = [
    0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 1.1, 1.3, 1.7, 1.9, 2.3,
  ]
  private static let picture: [Float] = [0.1, 0.9, 0.4, 0.7, 0.2, 0.6]
  private static let scores: [Score] = [
    .logit(ClassSet(0)), .logOdds(ClassSet(0), against: ClassSet(1)),
  ]

  private func maps(_ network: Network) throws -> [SaliencyMap] {
    try GradCAM().at(network.program.layer(named: "conv")).maps(
      of: Self.scores, in: network, at: Tensor(Self.picture, shape: [1, 1, 2, 3])
    ).maps
  }

  @Test func `gradients that cancel but for rounding give a map of 0 that says so`() throws {
    let network = try network(without: 1)
    let input = try Tensor(Self.picture, shape: [1, 1, 2, 3])
    let found = try network.program.gradients(
      at: [network.program.layer(named: "conv")], input: input
    ) { try $0.select(axis: 1, index: 0) }
    let gradient = try found.gradients[0].reshaped([2, 6])
    let left = try gradient.mean(axes: [1]).magnitudes().extremes().upperBound
    #expect(left > 0, "there is nothing to silence")
    // ε Σ mean|∂s/∂Aₖ| |Aₖ| at its largest place, by the head's numbers.
    let means = [Self.head[..<6], Self.head[6...]].map { row in
      let mean = row.reduce(0, +) / 6
      return row.map { abs($0 - mean) }.reduce(0, +) / 6
    }
    let bound = Float.ulpOfOne * 0.9 * (means[0] + 2 * means[1])
    for (map, scale) in try paired(maps(network), [1, 2] as [Float]) {
      #expect(try map.values.floats() == [Float](repeating: 0, count: 6))
      #expect(try map.atLayer.floats() == [Float](repeating: 0, count: 6))
      // Of the log-odds, the difference of two opposite logits, it is twice as much; sums of six floats.
      expectClose([try #require(map.measurements[.rounding])], [scale * bound], within: 1e-5)
    }
  }

  @Test func `a map that is larger than rounding stays, however small it is`() throws {
    // α = mean of vₖ / 1024, which is 2200/6 and 9200/6 of a millionth; L = max(0, α₁ x − 2 α₂ x).
    let found = try maps(network(without: 1 - 0x1p-10))
    let (first, second) = (Float(2.2 / 6) / 1024, Float(9.2 / 6) / 1024)
    for (map, scale) in try paired(found, [1, 2] as [Float]) {
      let expected = Self.picture.map { scale * (first - 2 * second) * $0 }
      // Of numbers near 1, what is left of them after a mean of nearly the same: 2⁻²³ of 2 · 10⁻³.
      expectClose(try map.atLayer.floats(), expected, within: 1e-3)
      #expect(map.measurements[.rounding] == nil)
    }
  }
}
