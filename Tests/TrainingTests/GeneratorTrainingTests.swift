import Datasets
import Foundation
import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Training

/// Toy trainings: invariance (equal seeds, stopping), parity with PyTorch, known moments of codes.
@Suite struct GeneratorTrainingTests {
  static func train(
    _ kind: GeneratorCard.Kind, seed: Seed, epochCount: Int = 3,
    progress: ProgressHandler = { _ in }
  ) throws -> GeneratorOutcome {
    let dataset = try ClassifierTrainingTests.dataset()
    if kind == .gan {
      return try AdversarialTraining(
        latentLength: 6, epochCount: epochCount, batchSize: 16, seed: seed
      ).train(on: dataset, progress: progress)
    }
    return try AutoencoderTraining(
      kind == .vae ? .variational : .plain, latentLength: 6, epochCount: epochCount, batchSize: 16,
      rate: 5e-3, seed: seed
    ).train(on: dataset, progress: progress)
  }

  static let kinds: [GeneratorCard.Kind] = [.vae, .autoencoder, .gan]

  @Test(arguments: kinds)
  func `the same seed gives the same bytes, another seed others`(kind: GeneratorCard.Kind) throws {
    func bytes(_ seed: Seed) throws -> [Data] {
      let path = try References.temporaryFolder().appending(path: "g.pt2").path
      try Self.train(kind, seed: seed, epochCount: 1).generator.write(to: path)
      let again = try Generator(contentsOf: path)
      #expect(again.card.kind == kind)
      #expect((again.encoder == nil) == (kind == .gan))
      return try [path, path.replacing(".pt2", with: "-encoder.pt2")]
        .filter { FileManager.default.fileExists(atPath: $0) }
        .map { try Data(contentsOf: URL(filePath: $0)) }
    }
    let first = try bytes(5)
    #expect(try bytes(5) == first)
    #expect(try bytes(6) != first)
  }

  @Test(arguments: kinds)
  func `progress ends complete, and throwing stops training`(kind: GeneratorCard.Kind) throws {
    var last = ProgressUpdate(completed: 0, total: 0)
    let outcome = try Self.train(kind, seed: 1, epochCount: 2) { last = $0 }
    #expect(last.completed == 8)
    #expect(last.total == 8)
    #expect(outcome.curves.map(\.name) == ["training", "test"])
    #expect(outcome.curves.map(\.steps) == [Array(1...8), [4, 8]])
    struct Stop: Error {}
    #expect(throws: Stop.self) { _ = try Self.train(kind, seed: 1) { _ in throw Stop() } }
  }

  @Test(arguments: [GeneratorCard.Kind.vae, .autoencoder])
  func `pictures are learnt`(kind: GeneratorCard.Kind) throws {
    let error: (GeneratorOutcome) -> Float = { outcome in
      switch outcome.test {
      case .variational(_, _, let error), .autoencoder(let error): error
      case .adversarial: .nan
      }
    }
    // Bright and dark halves differ by 100 of 255: one grey for all is off by (50 / 255)² = 0.038.
    #expect(try error(Self.train(kind, seed: 2, epochCount: 40)) < 0.01)
  }

  @Test func `the reconstruction error is that of the saved generator`() throws {
    let outcome = try Self.train(.vae, seed: 2)
    let set = try ClassifierTrainingTests.dataset().test
    var sum = 0.0
    for i in 0..<set.count {
      let numbers = set.pixels(of: i).map { Float($0) / 255 }
      let picture = try Tensor(numbers, shape: [1, 1, 16, 16])
      let code = try #require(try outcome.generator.codes(of: picture))
      let decoded = try outcome.generator.pictures(for: code).floats()
      sum += zip(numbers, decoded).reduce(0) { $0 + Double(pow($1.0 - $1.1, 2)) }
    }
    guard case .variational(_, _, let error) = outcome.test else {
      Issue.record("not the test of a variational autoencoder")
      return
    }
    expectClose([error], [Float(sum / Double(set.count * 256))], within: 1e-4)
  }

  @Test func `an autoencoder's codes of training pictures have mean 0 and covariance I`() throws {
    let outcome = try Self.train(.autoencoder, seed: 4)
    let set = try ClassifierTrainingTests.dataset().train
    let input = try Tensor(set.pixels.map { Float($0) / 255 }, shape: [set.count, 1, 16, 16])
    let codes = try #require(try outcome.generator.codes(of: input))
    let mean = try codes.mean(axes: [0])
    let covariance = try codes.permuted([1, 0]).matrixProduct(codes) * (1 / Float(set.count))
    // Codes that hardly vary are stretched, and their rounding with them.
    #expect(try mean.magnitudes().extremes().upperBound < 1e-3)
    try expectClose(covariance, Tensor.identity(6), within: 1e-2)
  }

  @Test(
    .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)),
    arguments: kinds)
  func `Python's torch.export.load opens both and runs them to the same outputs`(
    kind: GeneratorCard.Kind
  ) throws {
    let generator = try Self.train(kind, seed: 3, epochCount: 1).generator
    let folder = try References.temporaryFolder()
    let path = folder.appending(path: "g.pt2").path
    try generator.write(to: path)
    func compare(_ program: Program, _ path: String, _ shape: [Int]) throws {
      let numbers = (0..<shape.reduce(1, *)).map { Float($0 % 13) / 6 - 1 }
      let text = shape.map(String.init).joined(separator: ",")
      _ = try References.run("run_network.py", [path, text, folder.path])
      let expected = try NumPyFile.tensor(at: folder.appending(path: "output.npy"))
      // The same kernels on the same numbers.
      try expectClose(program.output(for: Tensor(numbers, shape: shape)), expected, within: 1e-5)
    }
    try compare(generator.decoder, path, [3, 6])
    if let encoder = generator.encoder {
      try compare(encoder, path.replacing(".pt2", with: "-encoder.pt2"), [3, 1, 16, 16])
    }
  }

  @Test(arguments: kinds)
  func `a gallery follows from its seed`(kind: GeneratorCard.Kind) throws {
    let generator = try Self.train(kind, seed: 3, epochCount: 1).generator
    let test = try ClassifierTrainingTests.dataset().test
    func gallery(_ seed: Seed) throws -> GeneratorGallery {
      try GeneratorGallery(
        of: generator, test: test, sampleCount: 5, reconstructionCount: 4, seed: seed)
    }
    let first = try gallery(1)
    #expect(first.samples.count == 5)
    #expect(first.samples.allSatisfy { $0.width == 16 && $0.height == 16 })
    #expect(try gallery(1).samples == first.samples)
    #expect(try gallery(2).samples != first.samples)
    #expect(first.reconstructions.count == (kind == .gan ? 0 : 4))
    #expect(first.paths.count == (kind == .gan ? 4 : 0))
    // The second of four among twenty is the sixth.
    if kind != .gan {
      let bytes = first.reconstructions[1].picture.pixels
      #expect(
        stride(from: 0, to: bytes.count, by: 3).map { bytes[$0] } == Array(test.pixels(of: 5)))
    }
  }
}
