import Contrast
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

@testable import Faithfulness

/// Known answers on linear networks, whose gradients are their weights, and on painted maps.
@Suite struct SanityCheckTests {
  private let asked = Question.whyRatherThan(ClassSet(0), ClassSet(1))

  private func results(
    of explainer: any Explainer, _ network: Network, about question: Question? = nil,
    _ tests: [SanityTest] = SanityTest.allCases, contrast: Contrast = .inside, seed: Seed = 1,
    progress: ProgressHandler = { _ in }
  ) throws -> [SanityResult] {
    let questions = SanityQuestions(
      about: question ?? asked, classCount: network.classCount, draws: 3, seed: seed)
    let check = try SanityCheck(of: network, asking: questions, tests: tests, seed: seed)
    return try check.results(
      of: explainer, at: LinearNetworks.input(),
      asking: { try Inquiry($0, contrast: contrast, classCount: network.classCount) },
      progress: progress
    ).results
  }

  /// The rows of weights that a question's gradient is made of, P − Q.
  private func gradient(_ question: Question, _ program: Program) throws -> [Float] {
    let weights = try #require(program.parameters["head.weight"]).floats()
    func row(_ set: ClassSet?) -> [Float] {
      set.map { Array(weights[$0.indices[0] * 64..<($0.indices[0] + 1) * 64]) }
        ?? [Float](repeating: 0, count: 64)
    }
    return zip(row(question.fact), row(question.foil)).map { $0 - $1 }
  }

  @Test func `the gradient of a linear network is its weights, shuffled ones after the test`()
    throws
  {
    let network = try LinearNetworks.one()
    let stages = network.program.weightStages(atMost: 8)
    let shuffled = try ShuffledWeights(of: stages, in: network.program, seed: 1)
      .program(with: stages)
    for result in try results(of: InputGradient(), network) {
      // One product of a row with 1.
      try expectClose(
        result.original.values.floats(), gradient(result.question, network.program), within: 1e-6)
      for step in result.steps {
        let map = try #require(step.map).values.floats()
        switch step.change {
        case .stages(let range):
          #expect(range == 0...0)
          try expectClose(map, gradient(asked, shuffled), within: 1e-6)
        case .question(let question):
          try expectClose(map, gradient(question, network.program), within: 1e-6)
        }
      }
      #expect(
        result.verdict == .changes || result.test == .randomFact || result.test == .randomFoil)
      #expect(result.verdict != .stays)
    }
  }

  @Test func `random questions keep what they should and hold each class once`() throws {
    let questions = SanityQuestions(about: asked, classCount: 7, draws: 5, seed: 4)
    for test in [SanityTest.randomLogit, .randomFact, .randomFoil] {
      let random = try questions.random(for: test)
      #expect(random.count == 5)
      let drawn = random.map { test == .randomFoil ? $0.foil : $0.fact }
      #expect(Set(drawn) == Set((2..<7).map { ClassSet($0) }))
      #expect(random.allSatisfy { test != .randomFact || $0.foil == asked.foil })
      #expect(random.allSatisfy { test != .randomFoil || $0.fact == asked.fact })
    }
    let pair = try #require(ClassSet([0, 2]))
    let two = SanityQuestions(about: .why(pair), classCount: 7, draws: 5, seed: 4)
    let sets = try two.random(for: .randomLogit).compactMap(\.fact)
    #expect(sets.count == 2 && Set(sets.flatMap(\.indices)).isSubset(of: [1, 3, 4, 5, 6]))
    #expect(sets.flatMap(\.indices).count == 4)
  }

  @Test(arguments: [Contrast.inside, .outside])
  func `an edge detector stays the same in every test and fails`(contrast: Contrast) throws {
    // Outside it would be its own foil, and empty, so it knows whether it is asked for the fact.
    let edges = PaintedMaps { _, input, score in
      let pixels = try input.floats()
      let isFoil = contrast == .outside && score == .logit(ClassSet(1))
      return (0..<64).map { i in
        isFoil || i % 8 == 7 ? 0 : abs(pixels[i + 1] - pixels[i])
      }
    }
    let network = try LinearNetworks.two()
    let tests =
      contrast == .inside
      ? SanityTest.allCases : SanityTest.allCases.filter { $0 != .randomFoil && $0 != .randomLogit }
    for result in try results(of: edges, network, tests, contrast: contrast) {
      #expect(result.verdict == .stays, "\(result.test)")
      for step in result.steps {
        #expect(abs((step.similarity?.ssim ?? 0) - 1) < 1e-9)
        #expect(abs((step.similarity?.magnitudeCorrelation ?? 0) - 1) < 1e-9)
        #expect(abs((step.kept ?? 0) - 1) < 1e-9)
      }
    }
  }

  @Test func `stages are random one after another, and one alone`() throws {
    // A map of the first layer's weights alone: the head, stage 1, does not matter.
    let first = PaintedMaps { network, _, _ in
      Array(try #require(network.program.parameters["first.weight"]).floats()[..<64])
    }
    let found = try results(
      of: first, LinearNetworks.two(), [.cascade, .independent])
    #expect(
      found.map { $0.steps.map(\.change) } == [
        [.stages(0...0), .stages(0...1)], [.stages(0...0), .stages(1...1)],
      ])
    #expect(found[0].steps.map { ($0.kept ?? 0) > 0.99 } == [true, false])
    #expect(found[1].steps.map { ($0.kept ?? 0) > 0.99 } == [true, false])
    #expect(found.map(\.verdict) == [.changes, .partly])
    #expect(found[1].changedCount == 1)
  }

  @Test func `a map that depends on the foil alone fails the test of the fact only`() throws {
    let foilOnly = PaintedMaps { _, _, score in
      guard case .logOdds(_, let foil) = score else { return [Float](repeating: 1, count: 64) }
      var stream = RandomStream(Seed(UInt64(foil.indices[0])))
      return (0..<64).map { _ in stream.uniform() }
    }
    let found = try results(of: foilOnly, LinearNetworks.one(), [.randomFact, .randomFoil])
    #expect(found.map(\.verdict) == [.stays, .changes])
  }

  @Test
  func `maps that end empty or in no numbers are said to, and empty originals are not tested`()
    throws
  {
    let network = try LinearNetworks.two()
    let own = try #require(network.program.parameters["head.weight"]).floats()
    func painted(_ other: Float) -> PaintedMaps {
      PaintedMaps { network, input, _ in
        let isOwn = try network.program.parameters["head.weight"]?.floats() == own
        return isOwn ? try input.floats() : [Float](repeating: other, count: 64)
      }
    }
    let empty = try results(of: painted(0), network, [.cascade])[0]
    #expect(empty.steps.map(\.condition) == [.constant, .constant])
    #expect(empty.steps.allSatisfy { $0.similarity == nil && $0.kept == 0 })
    #expect(empty.verdict == .changes)
    let broken = try results(of: painted(.nan), network, [.cascade])[0]
    #expect(broken.steps.allSatisfy { $0.condition == .notFinite && $0.map == nil })
    #expect(broken.verdict == .changes)
    let flat = PaintedMaps { _, _, _ in [Float](repeating: 0, count: 64) }
    let nothing = try results(of: flat, network)
    #expect(nothing.allSatisfy { $0.verdict == .untested && $0.chance == nil })
  }

  @Test func `signed maps are those before the ReLU`() throws {
    let values = try Tensor((0..<16).map { Float($0) - 7.5 }, shape: [4, 4])
    let map = SaliencyMap(values: try values.relu(), atLayer: values, rectification: .relu)
    try expectClose(map.signed().values, values, within: 1e-6)
    let plain = SaliencyMap(values: values, atLayer: values, rectification: .none)
    #expect(try plain.signed().values.floats() == values.floats())
  }

  @Test func `equal seeds give equal numbers, and the network keeps its own`() throws {
    let network = try LinearNetworks.two()
    let before = try network.program.parameters.mapValues { try $0.bytes() }
    func numbers(_ seed: Seed) throws -> [MapSimilarity?] {
      try results(of: InputGradient(), network, seed: seed).flatMap { $0.steps.map(\.similarity) }
    }
    let first = try numbers(1)
    #expect(try first == numbers(1))
    #expect(try first != numbers(2))
    #expect(try network.program.parameters.mapValues { try $0.bytes() } == before)
  }

  @Test func `progress ends complete, and throwing in it stops`() throws {
    struct Stopped: Error {}
    var last = ProgressUpdate(completed: 0, total: 0)
    let network = try LinearNetworks.two()
    _ = try results(of: InputGradient(), network) {
      #expect($0.completed >= last.completed)
      last = $0
    }
    #expect(last.completed == last.total && last.total > 0)
    #expect(throws: Stopped.self) {
      _ = try results(of: InputGradient(), network) {
        if $0.completed * 2 > $0.total { throw Stopped() }
      }
    }
  }

  @Test func `what cannot be tested is refused`() throws {
    let network = try LinearNetworks.one()
    #expect(throws: SanityError.noFoil) {
      try results(of: InputGradient(), network, about: .why(ClassSet(0)), [.randomFoil])
    }
    let all = try #require(ClassSet(Array(1..<7)))
    #expect(throws: SanityError.tooFewClasses(.randomFact, classes: 7)) {
      try results(
        of: InputGradient(), network, about: .whyRatherThan(ClassSet(0), all), [.randomFact])
    }
  }
}
