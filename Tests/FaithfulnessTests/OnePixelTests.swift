import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

@testable import Faithfulness

/// Known answers: a network that reads one pixel of six, `y = (2 x₂, 0)`, at a picture of ones.
///
/// With `p = 1 / (1 + e⁻²)` for the first class, and ½ once the pixel is gone, every curve has a
/// closed form.
@Suite struct OnePixelTests {
  static let p = 1 / (1 + exp(-2.0))
  /// Values of curves are float32 logits; all else is in float64.
  static let rounding = 1e-6

  static func network() throws -> Network {
    try ToyNetworks.network(
      ToyNetworks.perceptron([
        (weights: [[0, 0, 2, 0, 0, 0], [0, 0, 0, 0, 0, 0]], biases: [0, 0])
      ]))
  }

  static func curves(
    _ maps: [[Float]], _ settings: MetricSettings, foil: ClassSet? = ClassSet(1),
    ground: Baseline = .mean, progress: ProgressHandler = { _ in }
  ) throws -> [MapCurves] {
    let input = try Tensor([Float](repeating: 1, count: 6), shape: [1, 1, 1, 6])
    let runner = try CurveRunner(network(), at: input, ground: ground)
    return try MapMeasurer(runner, settings).curves(
      of: maps.map { MeasuredMap(try Tensor($0, shape: [1, 6]), of: ClassSet(0), against: foil) },
      progress: progress)
  }

  static let right: [Float] = [0, 0, 1, 0, 0, 0]
  static let wrong: [Float] = [0, 1, 0, 0, 0, 0]
  /// The pixel comes third.
  static let late: [Float] = [3, 2.5, 2, 0, 0, 0]

  private func near(_ found: Double?, _ expected: Double) -> Bool {
    abs((found ?? .nan) - expected) <= Self.rounding
  }

  @Test(arguments: [1, 2, 16])
  func `CAUC and CDROP of maps that are right, wrong and late`(step: Int) throws {
    let settings = MetricSettings(step: step)
    let found = try Self.curves([Self.right, Self.wrong, Self.late], settings)
      .map { $0.contrast(settings) }
    let s = Self.p * Self.p  // p_c (1 − p_C′) with p_C′ = 1 − p_c
    #expect(found.map(\.salientCount) == [1, 1, 3])
    // τ = 0.3 pixels, fewer than any map has.
    let penalty = log2(1 + 1 / 0.3)
    #expect(near(found[0].cauc(over: 1), s / 6))
    #expect(near(found[1].cauc(over: 1), s / 6))
    #expect(near(found[0].cdrop, (s - 0.25) / penalty))
    #expect(near(found[1].cdrop, 0))
    #expect(near(found[2].cdrop, (s - 0.25) / log2(1 + 3 / 0.3)))
    if step == 1 { #expect(near(found[2].cauc(over: 3), 3 * s / 6)) }
    // Between points s is interpolated: 0, 2, 3 deleted.
    if step == 2 { #expect(near(found[2].cauc(over: 3), 3 * s / 6)) }
    // 0 and 3 deleted: s falls in three equal steps.
    if step == 16 {
      #expect(near(found[2].cauc(over: 3), (3 * s - (s - 0.25)) / 6))
    }
  }

  @Test func `a longer common count sees the fall of the right map alone`() throws {
    let settings = MetricSettings(salience: 0, step: 1)
    let found = try Self.curves([Self.right, Self.wrong], settings).map { $0.contrast(settings) }
    let s = Self.p * Self.p
    #expect(near(found[0].cauc(over: 3), (s + 0.25 + 0.25) / 6))
    // The wrong map's order: 1, 0, 2, …
    #expect(near(found[1].cauc(over: 3), 3 * s / 6))
    #expect(near(found[1].cauc(over: 4), (3 * s + 0.25) / 6))
  }

  @Test func `areas under deletion and insertion`() throws {
    let settings = MetricSettings(wholeSteps: 6)
    let whole = try Self.curves([Self.right, Self.wrong], settings).compactMap(\.whole)
    let p = Self.p
    #expect(near(whole[0].deletionArea, ((p + 0.5) / 2 + 5 * 0.5) / 6))
    #expect(near(whole[0].insertionArea, ((p + 0.5) / 2 + 5 * p) / 6))
    // The wrong map's pixels go in the order 1, 0, 2, …: the pixel is third.
    #expect(near(whole[1].deletionArea, (2 * p + (p + 0.5) / 2 + 3 * 0.5) / 6))
    #expect(near(whole[1].insertionArea, (2 * 0.5 + (p + 0.5) / 2 + 3 * p) / 6))
    #expect(near(whole[0].logOddsArea, (2.0 / 2) / 6))
    #expect(near(whole[1].logOddsArea, (2 * 2 + 2.0 / 2) / 6))
    #expect(near(whole[0].relativeProbability(without: 0), p))
    #expect(near(whole[0].relativeProbability(without: 1.0 / 6), 0.5))
    #expect(near(whole[1].relativeProbability(without: 1.0 / 3), p))
    #expect(near(whole[1].relativeProbability(without: 0.5), 0.5))
  }

  @Test func `the areas of the literature's curves`() {
    func area(_ heights: [Double]) -> Double {
      let curve = ContrastCurve(
        counts: Array(heights.indices), fact: heights.map { log($0) },
        foil: heights.map { _ in -.infinity })
      return WholeMetrics(deletion: curve, insertion: curve, featureCount: heights.count - 1)
        .deletionArea
    }
    #expect(abs(area([1, 0.3, 0]) - 0.4) < 1e-12)
    #expect(abs(area([0, 0.7, 1]) - 0.6) < 1e-12)
  }

  @Test func `without a foil the contrastive score is the probability`() throws {
    let settings = MetricSettings(step: 1, wholeSteps: 0)
    let found = try Self.curves([Self.right], settings, foil: nil)[0]
    #expect(near(found.contrast(settings).cauc(over: 1), Self.p / 6))
    #expect(found.whole == nil)
  }

  @Test func `a map that shows nothing deletes nothing`() throws {
    let empty = [Float](repeating: 0, count: 6)
    let settings = MetricSettings(step: 1, wholeSteps: 0)
    let found = try Self.curves([empty, Self.late], settings).map { $0.contrast(settings) }
    #expect(found[0].salientCount == 0)
    #expect(found[0].cdrop == 0)
    #expect(near(found[0].cauc(over: 3), 3 * Self.p * Self.p / 6))
    #expect(ContrastMetrics.commonCount(of: found.map(\.salientCount)) == 3)
    #expect(ContrastMetrics.commonCount(of: [0, 0]) == nil)
  }

  @Test func `the published arithmetic ends a step early`() throws {
    var settings = MetricSettings.published
    settings.step = 1
    settings.wholeSteps = 0
    let late = try Self.curves([[3, 2.5, 2, 0, 0, 0]], settings)[0].contrast(settings)
    let s = Self.p * Self.p
    #expect(late.salientCount == 3)
    #expect(late.curve.counts == [0, 1, 2])
    // Trapezoids over three points, a whole curve having seven.
    #expect(near(late.cauc(over: 3), 2 * s / 7))
    #expect(near(late.cdrop, 0))
    let empty = try Self.curves([[0, 0, 0, 0, 0, 0]], settings)[0].contrast(settings)
    #expect(empty.cdrop == nil)
  }

  @Test func `beyond what maps are compared on, steps are longer`() throws {
    let input = try Tensor([Float](repeating: 1, count: 6), shape: [1, 1, 1, 6])
    let maps = try [Self.late, Self.right, Self.late].map {
      MeasuredMap(try Tensor($0, shape: [1, 6]), of: ClassSet(0), against: ClassSet(1))
    }
    let meter = MapMeasurer(
      try CurveRunner(Self.network(), at: input), MetricSettings(step: 1, wholeSteps: 0))
    let found = try meter.curves(of: maps, comparedIn: [[0, 1]])
    // n_δ are 3, 1 and 3; the last map is in no group.
    #expect(found.map(\.salient.counts) == [[0, 1, 3], [0, 1], [0, 1, 2, 3]])
  }

  @Test func `passes on several threads give what they give one after the other`() throws {
    let input = try Tensor([Float](repeating: 1, count: 6), shape: [1, 1, 1, 6])
    let runner = try CurveRunner(Self.network(), at: input)
    let orders = try [Self.right, Self.wrong, Self.late].map { try FeatureOrder(of: $0) }
    let paths = orders.flatMap {
      [FeaturePath(.deletion, $0, at: 0...6), FeaturePath(.insertion, $0, at: 0...6)]
    }
    var counts: [Int] = []
    func asked(workers: Int) throws -> [[[Double]]] {
      try runner.logProbabilities(of: [ClassSet(0), ClassSet(1)], along: paths, workers: workers) {
        counts.append($0.completed)
      }
    }
    let alone = try asked(workers: 1)
    let serial = counts
    counts = []
    #expect(try asked(workers: 3) == alone)
    #expect(counts == serial)
  }

  @Test func `altered pictures that are the same are asked for once`() throws {
    var total = 0
    let settings = MetricSettings(step: 1, wholeSteps: 6, areas: [])
    // Two orders of the same three pixels and the same rest: they meet at 3, 4, 5 and 6.
    _ = try Self.curves([[6, 5, 4, 3, 2, 1], [4, 5, 6, 3, 2, 1]], settings) { total = $0.total }
    // Deletion: 0, 1 and 2 of each, 3 … 6 in common; insertion likewise.
    #expect(total == 2 * (1 + 2 + 2 + 4))
  }

  @Test func `a map of another size is refused`() throws {
    #expect(throws: FaithfulnessError.featureCount(3, input: 6)) {
      let input = try Tensor([Float](repeating: 1, count: 6), shape: [1, 1, 1, 6])
      _ = try MapMeasurer(CurveRunner(Self.network(), at: input)).curves(
        of: [MeasuredMap(Tensor([1, 2, 3], shape: [1, 3]), of: ClassSet(0), against: nil)])
    }
  }

  @Test func `progress ends at its total and may stop the work`() throws {
    struct Stopped: Error {}
    var updates: [ProgressUpdate] = []
    _ = try Self.curves([Self.late], MetricSettings(step: 1)) { updates.append($0) }
    #expect(updates.last?.completed == updates.last?.total)
    #expect(throws: Stopped.self) {
      _ = try Self.curves([Self.late], MetricSettings(step: 1)) { _ in throw Stopped() }
    }
  }
}
