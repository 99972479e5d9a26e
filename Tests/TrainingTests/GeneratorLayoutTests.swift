import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Training

/// Known answers of losses and shapes; invariance: what is folded in changes no picture.
@Suite struct GeneratorLayoutTests {
  @Test func `the divergence of a Gaussian from the standard one is what the formula gives`() throws
  {
    // σ² = e: ½ (0 + e − 1 − 1); μ = 2: ½ · 4. Two pictures, the second with divergence 0.
    let mean = try Tensor([0, 2, 0, 0] as [Float], shape: [2, 2])
    let logVariance = try Tensor([1, 0, 0, 0] as [Float], shape: [2, 2])
    let found = try CodingLoss.divergence(mean: mean, logVariance: logVariance).number()
    expectClose([found], [((2.718_281_8 - 2) / 2 + 2) / 2], within: 1e-6)
  }

  @Test func `cross-entropy is summed over pixels and averaged over pictures`() throws {
    // σ(0) = ½: log 2 whatever the pixel; σ(log 3) = ¾: −log ¾ for white, −log ¼ for black.
    let third = Float(1.098_612_3)
    let logits = try Tensor([0, third, third, 0], shape: [2, 1, 1, 2])
    let pictures = try Tensor([0.3, 1, 0, 1] as [Float], shape: [2, 1, 1, 2])
    let found = try CodingLoss.crossEntropy(logits: logits, pictures: pictures).number()
    let expected = (2 * Float(0.693_147_2) + 0.287_682_1 + 1.386_294_4) / 2
    expectClose([found], [expected], within: 1e-6)
  }

  @Test(arguments: [[1, 28, 28], [3, 16, 16], [3, 25, 38], [1, 128, 97]])
  func `decoders give pictures of the size asked for, and encoders take them`(
    shape: [Int]
  ) throws {
    let layout = CodingLayout(pictureShape: shape, latentLength: 5)
    let draw = RandomStream(3)
    let code = try Tensor([Float](repeating: 0.5, count: 10), shape: [2, 5])
    let picture = try layout.decoder(endsInSigmoid: true, draw: draw).output(for: code)
    #expect(picture.shape == [2] + shape)
    let range = try picture.extremes()
    #expect(range.lowerBound > 0 && range.upperBound < 1)
    #expect(try layout.encoder(outputCount: 7, draw: draw).output(for: picture).shape == [2, 7])
    let hidden = CodingLayout(pictureShape: shape, latentLength: 5, hiddenLength: 3)
    #expect(
      try hidden.decoder(endsInSigmoid: true, draw: draw).output(for: code).shape == [2] + shape)
    #expect(
      try hidden.encoder(outputCount: 7, isLeaky: true, draw: draw).output(for: picture).shape
        == [2, 7])
    #expect((6..<12).contains(layout.mapShapes.last.map { min($0[1], $0[2]) } ?? 0))
  }

  @Test func `whitened codes have mean 0 and covariance I, and decode to the same pictures`() throws
  {
    let layout = CodingLayout(pictureShape: [1, 16, 16], latentLength: 3)
    var draw = RandomStream(8)
    let encoder = try layout.encoder(outputCount: 3, draw: draw.stream(for: 0))
    let decoder = try layout.decoder(endsInSigmoid: true, draw: draw.stream(for: 1))
    let pictures = try Tensor.normals([40, 1, 16, 16], from: &draw)
    let codes = try encoder.output(for: pictures)
    var parameters = encoder.parameters.merging(decoder.parameters) { first, _ in first }
    try Whitening(of: codes, judgedBy: codes).fold(into: &parameters)
    let white = try encoder.replacing(parameters: parameters).output(for: pictures)
    let mean = try white.mean(axes: [0])
    let covariance = try (white - mean).permuted([1, 0]).matrixProduct(white - mean) * (1 / 40)
    // Single precision of forty sums, and the millionth that is added to the variances.
    #expect(try mean.magnitudes().extremes().upperBound < 1e-5)
    try expectClose(covariance, Tensor.identity(3), within: 1e-4)
    // Weights are rounded once more.
    try expectClose(
      decoder.replacing(parameters: parameters).output(for: white), decoder.output(for: codes),
      within: 1e-5)
  }

  @Test func `codes that do not vary are whitened as far as they do`() throws {
    let codes = try Tensor([1, 5, 2, 5, 4, 5] as [Float], shape: [3, 2])
    let layout = CodingLayout(pictureShape: [1, 16, 16], latentLength: 2)
    var parameters = try layout.decoder(endsInSigmoid: true, draw: RandomStream(1)).parameters
    let before = try #require(parameters["decoder.maps.bias"])
    try Whitening(of: codes, judgedBy: codes).fold(into: &parameters)
    let after = try #require(parameters["decoder.maps.bias"])
    #expect(try after.isAllFinite())
    #expect(try after.floats() != before.floats())
  }

  @Test(arguments: [nil, 9])
  func `a folded generator is the normalised one on the codes it was folded for`(
    hiddenLength: Int?
  ) throws {
    let layout = CodingLayout(
      pictureShape: [3, 25, 32], latentLength: 4, hiddenLength: hiddenLength)
    var draw = RandomStream(5)
    let fresh = try layout.normalizedDecoder(draw: draw.stream(for: 0))
    // Scales and shifts of 1 and 0 would hide whether they are used.
    var parameters = fresh.parameters
    for (name, tensor) in parameters.sorted(by: { $0.key < $1.key }) {
      parameters[name] = try tensor + Tensor.normals(tensor.shape, from: &draw) * 0.1
    }
    let normalized = fresh.replacing(parameters: parameters)
    let codes = try Tensor.normals([12, 4], from: &draw)
    let folded = try layout.decoder(endsInSigmoid: true, draw: draw)
      .replacing(parameters: layout.foldedParameters(of: normalized, codes: codes))
    // Sums in another order.
    try expectClose(folded.output(for: codes), normalized.output(for: codes), within: 1e-5)
    let one = try codes.slice(axis: 0, 3..<4)
    try expectClose(
      folded.output(for: one), normalized.output(for: codes).slice(axis: 0, 3..<4), within: 1e-5)
  }

  @Test func `a critic whose score is a multiple of a pixel is penalised for its slope`() throws {
    // D(x) = 3 x₀: slope 3 everywhere, penalty (3 − 1)²; 𝔼 D(x) − 𝔼 D(y) = 3 (2 − ½).
    var layers = LayerBuilder(inputShape: [1, 1, 2], draw: RandomStream(0))
    let flat = layers.flattened(layers.input, in: "flatten")
    let score = try layers.linear(flat, to: 1, in: "score")
    let critic = try Critic(layers.program(output: score))
    let weights = try [
      "score.weight": Tensor([3, 0] as [Float], shape: [1, 2]).leaf(),
      "score.bias": Tensor([7] as [Float], shape: [1]).leaf(),
    ]
    let pictures = try Tensor([1, 9, 3, 9] as [Float], shape: [2, 1, 1, 2])
    let made = try Tensor([0, 4, 1, 4] as [Float], shape: [2, 1, 1, 2])
    let difference = try critic.difference(pictures, made, at: weights)
    expectClose([try difference.detached().number()], [4.5], within: 1e-6)
    let shares = try Tensor([0.25, 0.5] as [Float], shape: [2, 1, 1, 1])
    let penalty = try critic.penalty(pictures, made, shares: shares, at: weights)
    expectClose([try penalty.detached().number()], [4], within: 1e-6)
    // d/dw (√(w₀² + w₁²) − 1)² = 2 (3 − 1) · (1, 0)
    let slope = try penalty.gradient(withRespectTo: [#require(weights["score.weight"])])[0]
    expectClose(try #require(slope).floats(), [4, 0], within: 1e-6)
  }
}
