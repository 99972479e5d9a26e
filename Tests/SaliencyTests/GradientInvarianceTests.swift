import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// What holds for every gradient method: invariances, seeds, progress, purity.
@Suite struct GradientInvarianceTests {
  static let names = [
    "gradient", "times input", "path", "refined", "tunnel", "path tunnel", "shap",
  ]

  static func method(_ name: String, seed: Seed = 5) -> any Explainer {
    let path = IntegratedGradients(baseline: .mean, rule: .gaussLegendre(steps: 10))
    return switch name {
    case "gradient": InputGradient()
    case "times input": InputXGradient()
    case "path": path
    case "refined": IntegratedGradients(rule: .refined(tolerance: 0.01, limit: 100))
    case "tunnel": NoiseTunnel(InputGradient(), samples: 7, noise: 0.2, seed: seed)
    case "path tunnel":
      NoiseTunnel(path, statistic: .variance, samples: 5, noise: 0.2, seed: seed)
    default: GradientSHAP(samples: 9, noise: 0.1, seed: seed)
    }
  }

  static let scores: [Score] = [
    .logit(ClassSet(0)), .probability(ClassSet(1)), .surprise(at: ClassSet(2)),
    .logOdds(ClassSet(1), against: ClassSet(0)),
  ]

  func maps(
    _ method: any Explainer, of scores: [Score] = scores, memory: Int = 1 << 30,
    progress: ProgressHandler = { _ in }
  ) throws -> Explanation {
    try method.maps(
      of: scores, in: ToyNetworks.network(ToyNetworks.bent()),
      at: IntegratedGradientsTests.input(IntegratedGradientsTests.far),
      within: Resources(memory: memory), progress: progress)
  }

  @Test(arguments: names)
  func `little memory gives the same maps`(name: String) throws {
    let (roomy, tight) = (
      try maps(Self.method(name)), try maps(Self.method(name), memory: 1)
    )
    for (map, other) in try paired(roomy.maps, tight.maps) {
      // Batches of another length round differently.
      try expectClose(
        #require(map.attribution), #require(other.attribution), within: 1e-5, of: name)
    }
    #expect(roomy.scores.count == Self.scores.count)
  }

  @Test func `scores take turns where their rows do not fit, and share a pass where they do`()
    throws
  {
    let network = try ToyNetworks.network(ToyNetworks.bent())
    func rows(_ memory: Int) -> Int {
      PointGradients(of: Self.scores, in: network, within: Resources(memory: memory)).rows
    }
    let width = network.program.activationCount
    #expect(rows(1) == 1 && rows(1 << 30) == 4)
    #expect(rows(8 * width + 2 * 4 * (width / 4)) == 2)
    for name in ["gradient", "times input"] {
      var passes = 0
      _ = try maps(Self.method(name), memory: 1) { _ in passes += 1 }
      #expect(passes == 4, "\(name)")
      _ = try maps(Self.method(name)) { _ in passes += 1 }
      #expect(passes == 5, "\(name)")
    }
  }

  @Test func `gradients of a refined path beyond what is kept are computed again`() throws {
    let weights = [0: 0.25, 0.5: 0.5, 1: 0.25]
    var kept = KeptGradients(scores: 1, room: 2)
    for place in [0, 1, 0.5] {
      try kept.keep(of: 0, at: place) { try Tensor([Float(place) + 1], shape: [1, 1, 1]) }
    }
    let (sum, missing) = try kept.sum(of: 0, weights: weights)
    #expect(try sum?.floats() == [0.75] && missing == [0.5: 0.5])
    let method = Self.method("refined")
    let roomy = try maps(method)
    // None, some and most of the points' 48 bytes fit into half the memory.
    for memory in [1, 2000, 6000] {
      let tight = try maps(method, memory: memory)
      for (map, other) in try paired(roomy.maps, tight.maps) {
        try expectClose(map.values, other.values, within: 1e-5, of: "\(memory)")
        #expect(map.measurements[.steps] == other.measurements[.steps])
      }
    }
  }

  @Test(arguments: names)
  func `many scores at once give the maps of each alone`(name: String) throws {
    let together = try maps(Self.method(name))
    for (score, map) in try paired(Self.scores, together.maps) {
      let alone = try maps(Self.method(name), of: [score]).maps[0]
      try expectClose(map.values, alone.values, within: 1e-5, of: "\(name) \(score)")
      #expect(map.measurements.keys == alone.measurements.keys)
    }
  }

  @Test(arguments: names)
  func `the same seed gives the same bytes, and another seed others where there is chance`(
    name: String
  ) throws {
    func bytes(_ seed: Seed) throws -> [[UInt8]] {
      try maps(Self.method(name, seed: seed)).maps.map { try $0.values.bytes() }
    }
    let found = try bytes(5)
    #expect(try bytes(5) == found)
    let isRandom = name.hasSuffix("tunnel") || name == "shap"
    #expect(try (bytes(6) != found) == isRandom)
  }

  @Test(arguments: names)
  func `progress grows to its total, and throwing stops`(name: String) throws {
    var updates: [ProgressUpdate] = []
    _ = try maps(Self.method(name), memory: 1) { updates.append($0) }
    #expect(updates.last.map { $0.completed == $0.total } == true)
    let shares = updates.map { Double($0.completed) / Double($0.total) }
    #expect(shares == shares.sorted())
    #expect(shares.filter { $0 == 1 }.count == 1)
    struct Stop: Error {}
    var calls = 0
    #expect(throws: Stop.self) {
      try maps(Self.method(name), memory: 1) { _ in
        calls += 1
        throw Stop()
      }
    }
    #expect(calls == 1)
  }

  @Test(arguments: names)
  func `the network and the input stay as they were`(name: String) throws {
    let network = try ToyNetworks.network(ToyNetworks.bent())
    let input = try IntegratedGradientsTests.input(IntegratedGradientsTests.far)
    let before = try network.program.parameters.mapValues { try $0.bytes() }
    let output = try network.program.output(for: input).bytes()
    _ = try Self.method(name).maps(of: Self.scores, in: network, at: input)
    #expect(try network.program.parameters.mapValues { try $0.bytes() } == before)
    #expect(try network.program.output(for: input).bytes() == output)
    #expect(try input.floats() == IntegratedGradientsTests.far)
  }
}
