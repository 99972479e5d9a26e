import Faithfulness
import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Parity with a transcription in NumPy and PyTorch that deletes pixel by pixel; re-derivation of the
/// interpolated sums; invariance of batches.
@Suite(
  .enabled(if: References.data != nil, Comment(rawValue: References.needsData)),
  .enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct DeletionParityTests {
  static let names = ["cifar10-resnet20", "cifar10-resnet56"]

  static let reference = Result {
    let folder = try References.temporaryFolder()
    let data = try #require(References.data)
    _ = try References.run(
      "deletion.py", [folder.path] + names.map { data.appending(path: "models/\($0).pt2").path })
    return folder
  }

  struct Numbers: Decodable {
    struct Of: Decodable {
      let salient: Int
      let cauc: Double
      let caucOfPart: Double
      let cdrop: Double
    }
    let fact: Int
    let foil: [Int]
    let equations: Of
    let published: Of
  }

  struct Case {
    let network: Network
    let input: Tensor
    let map: MeasuredMap
    let numbers: Numbers

    init(_ name: String) throws {
      let folder = try DeletionParityTests.reference.get().appending(path: name)
      network = try Network(
        contentsOf: #require(References.data).appending(path: "models/\(name).pt2").path)
      input = try NumPyFile.tensor(at: folder.appending(path: "input.npy"))
      numbers = try JSONDecoder().decode(
        Numbers.self, from: Data(contentsOf: folder.appending(path: "numbers.json")))
      map = MeasuredMap(
        try NumPyFile.tensor(at: folder.appending(path: "map.npy")), of: ClassSet(numbers.fact),
        against: ClassSet(numbers.foil))
    }

    func curves(_ settings: MetricSettings) throws -> MapCurves {
      try MapMeasurer(CurveRunner(network, at: input), settings).curves(of: [map])[0]
    }
  }

  @Test(arguments: names)
  func `the equations, pixel by pixel`(name: String) throws {
    let known = try Case(name)
    let settings = MetricSettings(step: 1, wholeSteps: 0)
    try compare(known.curves(settings).contrast(settings), known.numbers.equations, name)
  }

  @Test(arguments: names)
  func `the published arithmetic`(name: String) throws {
    let known = try Case(name)
    var settings = MetricSettings.published
    settings.wholeSteps = 0
    try compare(known.curves(settings).contrast(settings), known.numbers.published, name)
  }

  private func compare(_ found: ContrastMetrics, _ expected: Numbers.Of, _ name: String) throws {
    #expect(found.salientCount == expected.salient)
    let numbers = [
      found.cauc(over: expected.salient), found.cauc(over: expected.salient * 2 / 3),
      try #require(found.cdrop),
    ]
    // Logits of the fused network and PyTorch's differ in their last bits: probabilities by 1e-5.
    expectClose(
      numbers.map(Float.init),
      [expected.cauc, expected.caucOfPart, expected.cdrop].map(Float.init), within: 1e-4,
      of: "\(name): CAUC, CAUC of two thirds, CDROP")
  }

  @Test func `a coarse step interpolates between its points`() throws {
    let known = try Case(Self.names[0])
    let coarse = MetricSettings(step: 16, wholeSteps: 0)
    let curve = try known.curves(coarse).salient
    let metrics = ContrastMetrics(
      curve, salientCount: known.numbers.equations.salient, featureCount: 1024, coarse)
    for count in [1, 16, 17, known.numbers.equations.salient] {
      // r by r, from the two points around r − 1.
      let sum = (0..<count).reduce(0.0) { sum, deleted in
        let after = curve.counts.firstIndex { $0 > deleted } ?? curve.counts.count - 1
        let (low, high) = (curve.counts[after - 1], curve.counts[after])
        let part = Double(deleted - low) / Double(high - low)
        return sum + curve.scores[after - 1] * (1 - part) + curve.scores[after] * part
      }
      #expect(abs(metrics.cauc(over: count) - sum / 1024) < 1e-12)
    }
  }

  @Test
  func `what is answered for a picture does not depend on what else is asked, but for rounding`()
    throws
  {
    let known = try Case(Self.names[0])
    let runner = try CurveRunner(known.network, at: known.input)
    let meter = MapMeasurer(runner, MetricSettings(step: 64, wholeSteps: 8))
    let other = try MeasuredMap(
      known.map.values * -1, of: known.map.fact, against: known.map.foil)
    let alone = try meter.curves(of: [known.map])[0]
    let together = try meter.curves(of: [other, known.map])[1]
    // Sums of floats over other regions of the layers' maps.
    expectClose(
      (alone.salient.fact + alone.salient.foil).map(Float.init),
      (together.salient.fact + together.salient.foil).map(Float.init), within: 1e-5, of: "curve")
  }

  @Test func `the network is as it was`() throws {
    let known = try Case(Self.names[0])
    let before = try known.network.program.output(for: known.input).floats()
    _ = try known.curves(MetricSettings(step: 64, wholeSteps: 8))
    #expect(try known.network.program.output(for: known.input).floats() == before)
  }
}
