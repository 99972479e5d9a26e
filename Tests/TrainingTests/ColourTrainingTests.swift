import Datasets
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Training

/// Toy trainings on colour pictures that are not square.
@Suite struct ColourTrainingTests {
  /// Pictures of 12 × 20 whose class says which half is bright, and in which colour: red on the left, or
  /// blue on the right, with noise.
  static func set(count: Int, seed: Seed) throws -> PictureSet {
    var draw = RandomStream(seed)
    var pixels: [UInt8] = []
    for i in 0..<count {
      for channel in 0..<3 {
        for place in 0..<240 {
          let isLeft = place % 20 < 10
          let isBright = i % 2 == 0 ? channel == 0 && isLeft : channel == 2 && !isLeft
          pixels.append(UInt8((isBright ? 150 : 50) + 40 * draw.uniform()))
        }
      }
    }
    return try PictureSet(
      height: 12, width: 20, channels: 3, pixels: pixels, labels: (0..<count).map { $0 % 2 },
      classNames: ["left", "right"])
  }

  static func dataset() throws -> Dataset {
    Dataset(name: "colours", train: try set(count: 64, seed: 1), test: try set(count: 20, seed: 2))
  }

  @Test func `a classifier learns an easy task`() throws {
    let outcome = try ClassifierTraining(epochCount: 4, batchSize: 8, seed: 3)
      .train(on: Self.dataset()) { _ in }
    #expect(outcome.test.accuracy == 1)
    #expect(outcome.network.program.inputShape.dropFirst().compactMap(\.self) == [3, 12, 20])
  }

  @Test(arguments: [AutoencoderTraining.Coding.variational, .plain])
  func `pictures are learnt`(kind: AutoencoderTraining.Coding) throws {
    let outcome = try AutoencoderTraining(
      kind, latentLength: 6, epochCount: 40, batchSize: 16, rate: 5e-3, seed: 2
    ).train(on: Self.dataset()) { _ in }
    let error =
      switch outcome.test {
      case .variational(_, _, let error), .autoencoder(let error): error
      case .adversarial: Float.nan
      }
    // A sixth of all numbers is 100 of 255 brighter in one class: one picture for both is off by
    // (50 / 255)² / 3 = 0.013 in the mean, the noise by (40 / 255)² / 12 = 0.002.
    #expect(error < 0.009)
    #expect(outcome.generator.pictureShape == [3, 12, 20])
  }

  @Test func `a critic teaches where the brightness lies`() throws {
    let outcome = try AdversarialTraining(
      latentLength: 6, epochCount: 30, batchSize: 16, seed: 1
    ).train(on: Self.dataset()) { _ in }
    var draw = RandomStream(9)
    let codes = try Tensor.normals([64, 6], from: &draw)
    let drawn = try outcome.generator.pictures(for: codes)
    #expect(drawn.shape == [64, 3, 12, 20])
    // Green is never bright; red and blue are in half of the pictures.
    let means = try drawn.mean(axes: [0, 2, 3]).floats()
    #expect(means[0] > means[1] && means[2] > means[1], "\(means)")
  }
}
