public import Datasets
internal import Foundation
public import Imagery
public import Networks
internal import Tensors
public import Terms

/// Pictures by which a person can judge a generator.
public struct GeneratorGallery: Sendable {
  /// What codes drawn from N(0, I) decode to.
  public let samples: [Picture]
  /// Test pictures, and what their codes decode to; empty where there is no encoder.
  public let reconstructions: [(picture: Picture, decoded: Picture)]
  /// What codes between two draws decode to; empty where there are reconstructions.
  ///
  ///     z(t) = cos(πt/2) z₀ + sin(πt/2) z₁
  ///
  /// which is drawn from N(0, I) for every t, as z₀ and z₁ are.
  public let paths: [[Picture]]

  /// Draws codes from a seed, and takes test pictures evenly spaced.
  public init(
    of generator: Generator, test set: PictureSet, sampleCount: Int = 64,
    reconstructionCount: Int = 32, seed: Seed
  ) throws {
    let length = generator.card.latentLength
    var draw = RandomStream(seed)
    samples = try Self.pictures(
      generator, Tensor.normals([sampleCount, length], from: &draw))
    let count = min(reconstructionCount, set.count)
    let chosen = (0..<count).map { $0 * set.count / count }
    let input = try Batches(set, generator.card.output, size: count).pictures(chosen)
    guard let codes = try generator.codes(of: input) else {
      reconstructions = []
      paths = try (0..<4).map { _ in
        let ends = try (0..<2).map { _ in try Tensor.normals([1, length], from: &draw) }
        return try Self.pictures(
          generator,
          Tensor.concatenated(
            (0..<Self.pathLength).map { i in
              let angle = Float.pi / 2 * Float(i) / Float(Self.pathLength - 1)
              return try ends[0] * cosf(angle) + ends[1] * sinf(angle)
            }))
      }
      return
    }
    paths = []
    let decoded = try Self.pictures(generator, codes)
    reconstructions = try decoded.enumerated().map { i, decoded in
      let picture = try generator.card.output.picture(from: input.slice(axis: 0, i..<i + 1))
      return (picture, decoded)
    }
  }

  private static let pathLength = 16

  private static func pictures(_ generator: Generator, _ codes: Tensor) throws -> [Picture] {
    let numbers = try generator.pictures(for: codes)
    return try (0..<codes.shape[0]).map {
      try generator.card.output.picture(from: numbers.slice(axis: 0, $0..<$0 + 1))
    }
  }
}
