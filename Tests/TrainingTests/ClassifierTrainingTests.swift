import Datasets
import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Training

@Suite struct ClassifierTrainingTests {
  /// Pictures of 16 × 16 whose class says which half is bright, with noise.
  static func halves(count: Int, seed: Seed) throws -> PictureSet {
    var draw = RandomStream(seed)
    var pixels: [UInt8] = []
    var labels: [Int] = []
    for i in 0..<count {
      let label = i % 2
      labels.append(label)
      for y in 0..<16 {
        for x in 0..<16 {
          let bright = label == 0 ? x < 8 : y < 8
          pixels.append(UInt8((bright ? 150 : 50) + 40 * draw.uniform()))
        }
      }
    }
    return try PictureSet(
      height: 16, width: 16, channels: 1, pixels: pixels, labels: labels,
      classNames: ["left", "top"])
  }

  static func dataset() throws -> Dataset {
    Dataset(
      name: "halves", train: try halves(count: 64, seed: 1), test: try halves(count: 20, seed: 2))
  }

  static func train(seed: Seed) throws -> ClassifierTraining.Outcome {
    try ClassifierTraining(epochCount: 4, batchSize: 8, seed: seed).train(on: dataset()) { _ in }
  }

  @Test func `an easy task is learnt`() throws {
    #expect(try Self.train(seed: 3).test.accuracy == 1)
  }

  @Test func `the same seed gives the same weights, another seed others`() throws {
    func weight(_ seed: Seed) throws -> [Float] {
      try #require(try Self.train(seed: seed).network.program.parameters["classifier.3.weight"])
        .floats()
    }
    let first = try weight(5)
    #expect(try weight(5) == first)
    #expect(try weight(6) != first)
  }

  @Test func `progress ends complete, and throwing stops training`() throws {
    var last = ProgressUpdate(completed: 0, total: 0)
    _ = try ClassifierTraining(epochCount: 1, batchSize: 8, seed: 1).train(on: Self.dataset()) {
      last = $0
    }
    #expect(last.completed == 8)
    #expect(last.total == 8)
    struct Stop: Error {}
    #expect(throws: Stop.self) {
      _ = try ClassifierTraining(seed: 1).train(on: Self.dataset()) { _ in throw Stop() }
    }
  }

  @Test func `Adam's first step moves each parameter by the rate against its gradient's sign`()
    throws
  {
    // m̂ = g and v̂ = g² after one step, so θ falls by η·g/(|g| + ε).
    var adam = try Adam(["w": Tensor([1, 2, 3] as [Float], shape: [3])])
    try adam.update(["w": Tensor([0.5, -4, 0] as [Float], shape: [3])], rate: 0.1)
    expectClose(try #require(adam.parameters["w"]).floats(), [0.9, 2.1, 3], within: 1e-6)
  }

  @Test func `Adam's second step follows its moments`() throws {
    var adam = try Adam(["w": Tensor([0] as [Float], shape: [1])])
    var expected = 0.0
    var (m, v) = (0.0, 0.0)
    for (t, g) in [1.0, -0.5, 0.25].enumerated() {
      try adam.update(["w": Tensor([Float(g)], shape: [1])], rate: 0.01)
      m = 0.9 * m + 0.1 * g
      v = 0.999 * v + 0.001 * g * g
      let bias = (1 - pow(0.9, Double(t + 1)), 1 - pow(0.999, Double(t + 1)))
      expected -= 0.01 * (m / bias.0) / ((v / bias.1).squareRoot() + 1e-8)
    }
    expectClose(try #require(adam.parameters["w"]).floats(), [Float(expected)], within: 1e-5)
  }

  @Test func `a trained network is read back and answers the same`() throws {
    let network = try Self.train(seed: 3).network
    let folder = try References.temporaryFolder()
    let path = folder.appending(path: "halves.pt2").path
    try network.program.write(to: path)
    try network.card.write(to: Card.path(besides: path))
    let again = try Network(contentsOf: path)
    let input = try Tensor((0..<512).map { Float($0 % 13) / 6 - 1 }, shape: [2, 1, 16, 16])
    #expect(
      try again.program.output(for: input).floats() == network.program.output(for: input).floats())
    #expect(again.card == network.card)
    #expect(try again.pivot(named: nil).layer.shape == [nil, 32, 16, 16])
  }

  @Test func `common confusions are the closest pictures of the commonest pairs`() throws {
    let test = ClassifierTest(
      truths: [0, 0, 0, 1, 2, 2],
      probabilities: [
        [0.1, 0.9, 0], [0.4, 0.6, 0], [0.8, 0.1, 0.1], [0.7, 0.3, 0], [0.2, 0.3, 0.5],
        [0.6, 0.1, 0.3],
      ])
    let found = test.commonConfusions(limit: 2)
    #expect(found.map(\.picture) == [1, 3])
    #expect(found.first.map { [$0.truth, $0.answer] } == [0, 1])
    #expect(abs(test.accuracy - 2.0 / 6) < 1e-6)
  }
}
