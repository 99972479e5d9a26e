import Datasets
import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Training

/// What a distance between codes is worth: known moments, and codes of pictures that nothing was learnt from.
@Suite struct WhiteningTests {
  /// Codes whose numbers lie in 1, ½, ¼ … deviations along mixed directions.
  static func codes(_ count: Int, _ length: Int, seed: Seed) throws -> Tensor {
    var draw = RandomStream(seed)
    let plain = try Tensor.normals([count, length], from: &draw)
    var mixing = RandomStream(99)
    let directions = try Tensor.normals([length, length], from: &mixing)
    let spreads = (0..<length).map { powf(0.5, Float($0)) }
    return try (plain * Tensor(spreads, shape: [1, length])).matrixProduct(directions) + 3
  }

  /// Codes as a decoder's first and an encoder's last layer have them: the identity, folded into.
  static func whitened(_ codes: Tensor, by whitening: Whitening) throws -> Tensor {
    let length = codes.shape[1]
    let identity = try Tensor.identity(length)
    let zeros = try Tensor([Float](repeating: 0, count: length), shape: [length])
    var parameters = [
      "\(CodingLayout.codeLayer).weight": identity, "\(CodingLayout.codeLayer).bias": zeros,
      "\(CodingLayout.mapLayer).weight": identity, "\(CodingLayout.mapLayer).bias": zeros,
    ]
    try whitening.fold(into: &parameters)
    let weight = try #require(parameters["\(CodingLayout.codeLayer).weight"])
    let bias = try #require(parameters["\(CodingLayout.codeLayer).bias"])
    let changed = try codes.matrixProduct(weight.permuted([1, 0])) + bias
    let back =
      try changed.matrixProduct(
        #require(parameters["\(CodingLayout.mapLayer).weight"]).permuted([1, 0]))
      + #require(parameters["\(CodingLayout.mapLayer).bias"])
    // Stretched by up to some hundred and back, in single precision.
    try expectClose(back, codes, within: 1e-3)
    return changed
  }

  static func rootMeanSquare(_ codes: Tensor) throws -> Float {
    try ((codes * codes).sum().number() / Float(codes.shape[0])).squareRoot()
  }

  @Test func `many codes have mean 0 and covariance I, exactly`() throws {
    let codes = try Self.codes(400, 5, seed: 1)
    let whitening = try Whitening(of: codes, judgedBy: Self.codes(100, 5, seed: 2))
    #expect(whitening.shrinkage == 0)
    let changed = try Self.whitened(codes, by: whitening)
    let covariance = try changed.permuted([1, 0]).matrixProduct(changed) * (1.0 / 400)
    // Codes lie three from 0, and directions are stretched by some hundred, their rounding with them.
    try expectClose(covariance, Tensor.identity(5), within: 2e-2)
  }

  @Test(arguments: [2, 5, 9, 18, 40])
  func `few codes put others of their kind where many would`(count: Int) throws {
    let length = 12
    let whitening = try Whitening(
      of: Self.codes(count, length, seed: 1),
      judgedBy: Self.codes(max(2, count / 3), length, seed: 2))
    let others = try Self.whitened(Self.codes(500, length, seed: 3), by: whitening)
    let found = try Self.rootMeanSquare(others) / Float(length).squareRoot()
    // The unit is taken from a few codes, whose own mean square varies as a chi-square of some degrees.
    #expect(found > 0.4 && found < 2.5, "\(found) of √k from \(count) codes")
    if count <= length { #expect(whitening.shrinkage > 0) }
  }

  @Test func `codes of pictures that a small autoencoder never saw lie at √k, and it says why`()
    throws
  {
    let dataset = Dataset(
      name: "few", train: try ClassifierTrainingTests.halves(count: 18, seed: 1),
      test: try ClassifierTrainingTests.halves(count: 6, seed: 2))
    let outcome = try AutoencoderTraining(
      .plain, latentLength: 32, epochCount: 30, batchSize: 16, rate: 5e-3, seed: 0
    ).train(on: dataset) { _ in }
    #expect(try #require(outcome.codeShrinkage) > 0)
    let set = try ClassifierTrainingTests.halves(count: 50, seed: 3)
    let input = try Tensor(set.pixels.map { Float($0) / 255 }, shape: [50, 1, 16, 16])
    let codes = try #require(try outcome.generator.codes(of: input))
    let found = try Self.rootMeanSquare(codes)
    // √32 = 5.7; the covariance's own directions alone put them at some thousand.
    #expect(found > 3 && found < 10, "\(found)")
  }

  @Test(arguments: [GeneratorCard.Kind.vae, .autoencoder, .gan])
  func `pictures that are all the same are refused, and so is one alone`(kind: GeneratorCard.Kind)
    throws
  {
    for count in [1, 3] {
      let set = try PictureSet(
        height: 16, width: 16, channels: 1, pixels: Array(repeating: 9, count: 256 * count),
        labels: Array(repeating: 0, count: count), classNames: ["a"])
      let dataset = Dataset(name: "alike", train: set, test: set)
      #expect(throws: DatasetError.alike(count)) {
        if kind == .gan {
          _ = try AdversarialTraining(epochCount: 1, seed: 1).train(on: dataset) { _ in }
        } else {
          _ = try AutoencoderTraining(
            kind == .vae ? .variational : .plain, epochCount: 1, seed: 1
          ).train(on: dataset) { _ in }
        }
      }
    }
  }

  @Test(arguments: [GeneratorCard.Kind.vae, .autoencoder, .gan])
  func `fewer pictures than a step takes are learnt from, and give finite numbers`(
    kind: GeneratorCard.Kind
  ) throws {
    let dataset = Dataset(
      name: "two", train: try ClassifierTrainingTests.halves(count: 2, seed: 1),
      test: try ClassifierTrainingTests.halves(count: 1, seed: 2))
    let outcome =
      try kind == .gan
      ? AdversarialTraining(latentLength: 4, epochCount: 2, seed: 1).train(on: dataset) { _ in }
      : AutoencoderTraining(
        kind == .vae ? .variational : .plain, latentLength: 4, epochCount: 2, seed: 1
      ).train(on: dataset) { _ in }
    let code = try Tensor([0.5, -1, 0, 2], shape: [1, 4])
    #expect(try outcome.generator.pictures(for: code).floats().allSatisfy(\.isFinite))
    let picture = try Tensor(
      dataset.test.pixels.map { Float($0) / 255 }, shape: [1, 1, 16, 16])
    if let found = try outcome.generator.codes(of: picture) {
      #expect(try found.floats().allSatisfy { $0.isFinite && abs($0) < 100 })
    }
    #expect(outcome.curves.allSatisfy { $0.values.allSatisfy(\.isFinite) })
  }
}
