import Faithfulness
import Foundation
import Imagery
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// How checks that stop early do on a trained network: on maps of noise, and on maps that explain.
@Suite(.enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
struct NoiseMapTests {
  /// A network and pictures of it.
  private static func place() throws -> (network: Network, inputs: [Input]) {
    let data = try #require(References.data)
    let network = try Network(
      contentsOf: data.appending(path: "models/cifar10-resnet20.pt2").path)
    let folder = data.appending(path: "cifar10").path
    let names = try Picture.names(below: folder)
    let inputs = try (0..<10).map { place in
      try network.input(from: Picture(contentsOf: "\(folder)/\(names[place * 37])"))
    }
    return (network, inputs)
  }

  /// The curve is not what is tested here.
  private static func check(_ stopsEarly: Bool) -> MapCheck {
    MapCheck(
      stopsEarly: stopsEarly, seed: 9, steps: 1,
      metrics: MetricSettings(step: 1024, wholeSteps: 0))
  }

  /// The likeliest class rather than the next one.
  private static func question(
    _ network: Network, _ input: Input
  ) throws -> (fact: ClassSet, foil: ClassSet) {
    let classes = try network.prediction(for: input).classes
    return (ClassSet(classes[0].index), ClassSet(classes[1].index))
  }

  /// Maps whose pixels are drawn one by one choose as the controls do, so that 0.0492 of them pass; of 300, three
  /// standard errors are 0.0375.
  @Test func `maps of noise pass no more often than 5 in 100 times`() throws {
    let (network, inputs) = try Self.place()
    var found: [CheckResult] = []
    for (number, input) in inputs.enumerated() {
      let (fact, foil) = try Self.question(network, input)
      let maps = try (0..<30).map { map -> MeasuredMap in
        var stream = RandomStream(77).stream(for: 30 * number + map)
        // A sixth of the pixels is at least half as high as the highest.
        let values = (0..<1024).map { _ in pow(stream.uniform(), 4) }
        return MeasuredMap(try Tensor(values, shape: [32, 32]), of: fact, against: foil)
      }
      // Each with controls of its own: equal ones would make results of one picture alike.
      for (place, map) in maps.enumerated() {
        var check = Self.check(true)
        check.seed = Seed(UInt64(30 * number + place))
        found += try check.results(of: [map], by: CurveRunner(network, at: input))
      }
    }
    let passing = Double(found.count { $0.drops?.exceedsChance == true }) / Double(found.count)
    #expect(passing <= 0.0492 + 0.0375, "\(passing) of \(found.count) pass")
    let draws = found.reduce(0) { $0 + ($1.drops?.controls.count ?? 0) }
    #expect(draws < 30 * found.count, "\(draws) controls for \(found.count) maps")
  }

  @Test func `maps that explain mostly get the verdict that all draws give`() throws {
    let (network, inputs) = try Self.place()
    let layer = try network.pivot(named: nil).layer
    var (same, all, draws) = (0, 0, 0)
    for input in inputs {
      let (fact, foil) = try Self.question(network, input)
      let scores: [Score] = [
        .logOdds(fact, against: foil), .logOdds(foil, against: fact), .logit(fact), .logit(foil),
      ]
      let found = try GradCAM().at(layer).maps(of: scores, in: network, at: input.tensor).maps
      let maps = zip(found, [(fact, foil), (foil, fact), (fact, foil), (foil, fact)]).map {
        MeasuredMap($0.values, of: $1.0, against: $1.1)
      }
      let runner = try CurveRunner(network, at: input)
      let stopped = try Self.check(true).results(of: maps, by: runner)
      let whole = try Self.check(false).results(of: maps, by: runner)
      same += zip(stopped, whole).count { $0.verdict == $1.verdict }
      draws += stopped.reduce(0) { $0 + ($1.drops?.controls.count ?? 0) }
      all += maps.count
    }
    // Only maps whose p is near 0.05 can differ.
    #expect(same >= all - 3, "\(same) of \(all)")
    #expect(draws < 40 * all, "\(draws) controls for \(all) maps")
  }
}
