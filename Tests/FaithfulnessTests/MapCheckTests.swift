import Faithfulness
import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Known answers, invariances and invariants, on networks that read single pixels of a picture of
/// ones: `y = (w · x, 0)`, so that log p_P/p_Q is `w · x`.
@Suite struct MapCheckTests {
  /// Log-odds are differences of float32 logits of size 2.
  static let rounding = 1e-6

  static func runner(_ weights: [Float], resources: Resources = Resources()) throws -> CurveRunner {
    let network = try ToyNetworks.network(
      ToyNetworks.perceptron([
        (weights: [weights, weights.map { _ in 0 }], biases: [0, 0])
      ]))
    let input = try Tensor(
      [Float](repeating: 1, count: weights.count), shape: [1, 1, 1, weights.count])
    return try CurveRunner(network, at: input, within: resources)
  }

  static func map(_ values: [Float], against foil: ClassSet? = ClassSet(1)) throws -> MeasuredMap {
    MeasuredMap(try Tensor(values, shape: [1, values.count]), of: ClassSet(0), against: foil)
  }

  /// A row of zeros with some other values.
  static func row(_ count: Int, _ values: [Int: Float]) -> [Float] {
    (0..<count).map { values[$0] ?? 0 }
  }

  /// The first pixels of the random orders, drawn again.
  static func firstPixels(_ count: Int, of pixels: Int, draws: Int, seed: Seed) -> [Set<Int>] {
    (0..<draws).map { draw in
      var stream = RandomStream(seed).stream(for: draw)
      return Set(stream.permutation(of: pixels).prefix(count))
    }
  }

  @Test func `a map on the pixel that is read passes with the smallest p there is`() throws {
    let weights = Self.row(2000, [700: 2])
    let result = try MapCheck(stopsEarly: false).results(
      of: [Self.map(Self.row(2000, [700: 1]))], by: Self.runner(weights))[0]
    let hits = Self.firstPixels(1, of: 2000, draws: 99, seed: 0).count { $0.contains(700) }
    #expect(hits == 0, "of this seed")
    #expect(result.verdict == .passes)
    #expect(result.drops?.p == 1.0 / 100)
    #expect(abs((result.drops?.own ?? .nan) - 2) < Self.rounding)
    #expect(result.drops?.controls == [Double](repeating: 0, count: 99))
    #expect(result.drops?.critical == 0)
  }

  @Test func `drops of random pixels are those of the pixels drawn`() throws {
    let weights: [Float] = [2, 0.25, 0, 0, -1, 0]
    let result = try MapCheck(stopsEarly: false, seed: 7).results(
      of: [Self.map([0, 1, 0.9, 0, 0, 0])], by: Self.runner(weights))[0]
    let expected = Self.firstPixels(2, of: 6, draws: 99, seed: 7).map { pixels in
      pixels.reduce(0) { $0 + Double(weights[$1]) }
    }
    let found = result.drops?.controls ?? []
    #expect(found.count == 99)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < Self.rounding })
    // The map takes 0.25 away; far more than 5 in 100 draws take 2 or more.
    let above = expected.count { $0 >= 0.25 - Self.rounding }
    #expect(above > 20 && result.drops?.p == Double(1 + above) / 100)
    #expect(result.verdict == .withinChance)
  }

  @Test func `a map elsewhere lowers nothing, and an empty one shows nothing`() throws {
    let found = try MapCheck().results(
      of: [
        Self.map([0, 1, 0, 0, 0, 0]), Self.map([0, 0, 0, 0, 1, 0]), Self.map([0, 0, 0, 0, 0, 0]),
        Self.map([-1, -1, -2, -1, -1, -1]),
      ], by: Self.runner([2, 0, 0, 0, -1, 0]))
    #expect(found.map(\.verdict) == [.lowersNothing, .lowersNothing, .showsNothing, .showsNothing])
    #expect(found[0].drops?.own == 0)
    #expect(abs((found[1].drops?.own ?? .nan) + 1) < Self.rounding, "it speaks for the foil")
    #expect(found[2].salientCount == 0 && found[2].drops == nil)
    #expect(found[2].cauc == nil && found[2].cdrop == nil)
    #expect(found[2].curve.counts == [0])
    let flat = try MapCheck().results(
      of: [Self.map([5, 4, 4, 3, 4, 5])], by: Self.runner([2, 0, 0, 0, -1, 0]))[0]
    #expect(flat.verdict == .everyPixel && flat.drops?.p == 1, "chance chooses the same")
  }

  @Test func `the curve runs to the salient pixels and on to the last`() throws {
    let check = MapCheck(draws: 19, metrics: MetricSettings(step: 2, wholeSteps: 2))
    let result = try check.results(
      of: [Self.map([3, 2.5, 2, 0, 0, 0])], by: Self.runner([0, 0, 2, 0, 0, 1]))[0]
    #expect(result.salientCount == 3)
    #expect(result.curve.counts == [0, 2, 3, 6])
    #expect(result.metrics.curve.counts == [0, 2, 3])
    // Log-odds 3 with all pixels, 1 without the third, 0 without any.
    let p = [3.0, 3, 1, 0].map { 1 / (1 + exp(-$0)) }
    for (found, expected) in try paired(result.curve.fact, p) {
      #expect(abs(exp(found) - expected) < Self.rounding)
    }
    for (found, expected) in try paired(result.curve.scores, p) {
      #expect(abs(found - expected * expected) < Self.rounding)
    }
    #expect(abs((result.cauc ?? .nan) - 3 * p[0] * p[0] / 6) < Self.rounding)
    let fall = p[0] * p[0] - p[2] * p[2]
    #expect(abs((result.cdrop ?? .nan) - fall / log2(1 + 3 / 0.3)) < Self.rounding)
  }

  @Test func `without a foil the odds are those against every other class`() throws {
    let runner = try Self.runner([2, 0.5, 0, 0, -1, 0])
    let values: [Float] = [1, 0.7, 0, 0, 0, 0]
    let found = try MapCheck().results(
      of: [Self.map(values), Self.map(values, against: nil)], by: runner)
    #expect(found[0].drops == found[1].drops, "of two classes the other is every other")
    #expect(found[1].curve.scores == found[1].curve.fact.map { exp($0) })
    let all = MeasuredMap(
      try Tensor(values, shape: [1, 6]), of: try #require(ClassSet([0, 1])), against: nil)
    #expect(try MapCheck().results(of: [all], by: runner)[0].verdict == .everyClass)
  }

  @Test func `shifted controls are the map's own pattern, moved around`() throws {
    let weights: [Float] = [0, 0, 2, 0.5, 0, 0]
    let result = try MapCheck(stopsEarly: false, control: .shifted, seed: 3).results(
      of: [Self.map([0, 0, 1, 1, 0, 0])], by: Self.runner(weights))[0]
    let expected = (0..<99).map { draw in
      var stream = RandomStream(3).stream(for: draw)
      let shift = Int(stream.next().multipliedFullWidth(by: 6).high)
      return [2, 3].reduce(0) { $0 + Double(weights[($1 + shift) % 6]) }
    }
    #expect(Set(expected) == [0, 0.5, 2, 2.5], "every shift comes up")
    let found = result.drops?.controls ?? []
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < Self.rounding })
    #expect(found.count == 99)
  }

  @Test func `maps beside it, later draws and memory change nothing of a check`() throws {
    let weights: [Float] = [2, 0.5, 0, 0.25, -1, 0]
    let maps = try [[1, 0.7, 0, 0, 0, 0], [0, 0, 0, 1, 1, 1]].map { try Self.map($0) }
    let check = MapCheck(stopsEarly: false)
    let together = try check.results(of: maps, by: Self.runner(weights))
    let small = try Self.runner(weights, resources: Resources(memory: 1 << 10))
    #expect(try check.results(of: maps, by: small) == together)
    #expect(try check.results(of: maps, by: Self.runner(weights)) == together)
    for (map, result) in try paired(maps, together) {
      #expect(try check.results(of: [map], by: Self.runner(weights)) == [result])
    }
    let fewer = try MapCheck(draws: 19).results(of: maps, by: Self.runner(weights))
    #expect(fewer[1].drops?.controls == Array((together[1].drops?.controls ?? []).prefix(19)))
    let other = try MapCheck(stopsEarly: false, seed: 1).results(of: maps, by: Self.runner(weights))
    #expect(other[1].drops?.controls != together[1].drops?.controls)
    #expect(other[1].curve == together[1].curve)
  }

  @Test func `each altered picture is asked about once, and progress may stop the check`() throws {
    let runner = try Self.runner(Self.row(2000, [700: 2]))
    let settings = MetricSettings(step: 1, wholeSteps: 4)
    var last = ProgressUpdate(completed: 0, total: 0)
    // The same order twice: 0, 1, 2 and four points of the whole curve; a random pair a draw.
    _ = try MapCheck(draws: 30, stopsEarly: false, metrics: settings).results(
      of: [
        Self.map(Self.row(2000, [700: 2, 5: 1])), Self.map(Self.row(2000, [700: 4, 5: 2])),
      ], by: runner
    ) { last = $0 }
    #expect(last == ProgressUpdate(completed: 37, total: 37))
    struct Stopped: Error {}
    #expect(throws: Stopped.self) {
      _ = try MapCheck().results(of: [Self.map(Self.row(2000, [1: 1]))], by: runner) { _ in
        throw Stopped()
      }
    }
  }

  @Test(arguments: [19, 20, 39, 99, 100, 500])
  func `a map passes where its drop exceeds the critical one`(draws: Int) throws {
    let controls = (0..<draws).map { Double(($0 * 7919) % draws) }
    func drops(_ own: Double, _ count: Int) -> CheckResult.Drops {
      .init(
        own: own, controls: Array(controls.prefix(count)),
        by: SequentialTest(draws: count, significance: 0.05, stopsEarly: false))
    }
    let critical = try #require(drops(0, draws).critical)
    for own in [critical - 0.5, critical, critical + 0.5] {
      let found = drops(own, draws)
      #expect(found.exceedsChance == (own > critical), "\(own) against \(critical) of \(draws)")
      #expect(found.exceedsChance == (found.p <= 0.05 + 1e-9), "p \(found.p) of \(draws)")
    }
    #expect(MapCheck().leastDraws == 19)
    #expect(drops(1, 18).critical == nil)
  }

  @Test func `a check leaves the network as it was`() throws {
    let runner = try Self.runner([2, 0, 0, 0, -1, 0])
    let path = FeaturePath(.deletion, try FeatureOrder(of: [6, 5, 4, 3, 2, 1]), at: 0...6)
    let before = try runner.logProbabilities(of: [ClassSet(0)], along: [path])
    _ = try MapCheck().results(of: [Self.map([1, 0, 0, 0, 0, 0])], by: runner)
    #expect(try runner.logProbabilities(of: [ClassSet(0)], along: [path]) == before)
  }
}
