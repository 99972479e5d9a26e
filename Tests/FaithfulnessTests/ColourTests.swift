import Contrast
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

@testable import Faithfulness

/// Reductions on colour pictures that are not square: curves are what the plain network answers to
/// pictures altered by hand, and sanity tests see the maps of the networks that they name.
@Suite struct ColourTests {
  @Test(arguments: [FeaturePath.Direction.deletion, .insertion])
  func `curves are the plain network's answers`(direction: FeaturePath.Direction) throws {
    let (network, input) = (try ToyNetworks.colour(), try ToyNetworks.colourInput())
    let count = input.shape[2] * input.shape[3]
    let values = (0..<count).map { (i: Int) -> Float in Float(i * 31 % count) }
    let order = try FeatureOrder(of: values)
    let path = FeaturePath(direction, order, at: [0, 1, 2, 9, 30, count])
    let found = try CurveRunner(network, at: input, ground: .black).logProbabilities(
      of: [ClassSet(0), ClassSet(2)], along: [path])[0]
    try #require(found.count == 6)
    let black = try Baseline.black.input(for: network, at: input).floats()
    let own = try input.floats()
    for (count, logs) in try paired(path.counts, found) {
      let altered = Set(order.places.prefix(count).map(Int.init))
      let numbers = own.indices.map { i -> Float in
        let isAltered = altered.contains(i % (input.shape[2] * input.shape[3]))
        switch direction {
        case .deletion: return isAltered ? 0 : own[i]
        case .insertion: return isAltered ? own[i] : black[i]
        }
      }
      let output = try network.program.output(for: Tensor(numbers, shape: input.shape))
      let expected = try network.logits(of: output).logSoftmax(axis: -1).floats()
      // Sums of floats in another order.
      expectClose(logs.map(Float.init), [expected[0], expected[2]], within: 1e-5, of: "\(count)")
    }
  }

  @Test func `a check of a map that names the pixels that count is passed, and turned round fails`()
    throws
  {
    let (network, input) = (try ToyNetworks.colour(), try ToyNetworks.colourInput())
    let prediction = try network.prediction(for: input)
    let (p, q) = (
      ClassSet(prediction.classes[0].index), ClassSet(prediction.classes[1].index)
    )
    let map = try InputXGradient().maps(
      of: [.logOdds(p, against: q)], in: network, at: input
    ).maps[0].values
    let runner = try CurveRunner(network, at: input)
    let results = try MapCheck().results(
      of: [map, map * -1].map { MeasuredMap($0, of: p, against: q) }, by: runner)
    try #require(results.count == 2)
    let drops = try results.map { try #require($0.drops) }
    #expect(drops[0].own > drops[1].own)
    #expect(drops[0].p < drops[1].p)
  }

  static let methods = ["saliency", "integrated-gradients", "guided-backprop", "deeplift", "lrp"]

  @Test(arguments: methods)
  func `a sanity test sees the maps of the shuffled networks and of the questions`(
    name: String
  ) throws {
    let (network, input) = (try ToyNetworks.colour(), try ToyNetworks.colourInput())
    let entry = try ExplainerMenu.entry(named: name)
    let explainer = try entry.explainer(
      entry.values(name == "integrated-gradients" ? "steps=5" : ""),
      .init(network: network, seed: 3))
    let asked = Question.whyRatherThan(ClassSet(0), ClassSet(1))
    let questions = SanityQuestions(about: asked, classCount: 3, draws: 2, seed: 1)
    let check = try SanityCheck(
      of: network, asking: questions, tests: SanityTest.allCases, seed: 1)
    let results = try check.results(of: explainer, at: input) {
      try Inquiry($0, contrast: .inside, classCount: 3)
    }.results
    let stages = network.program.weightStages(atMost: 8)
    let shuffled = try ShuffledWeights(of: stages, in: network.program, seed: 1)
    func map(_ question: Question, _ program: Program) throws -> SaliencyMap {
      let network = try Network(program: program, card: network.card, cardPath: "card")
      return try explainer.maps(
        of: Inquiry(question, contrast: .inside, classCount: 3).scores, in: network, at: input
      ).maps[0]
    }
    var compared = 0
    for step in results.flatMap(\.steps) {
      let found = try #require(step.map).values
      let expected =
        switch step.change {
        case .stages(let range): try map(asked, shuffled.program(with: Array(stages[range])))
        case .question(let question): try map(question, network.program)
        }
      // How many scores share a pass may change the last bits.
      try expectClose(found, expected.values, within: 1e-4, of: "\(name) \(step.change)")
      compared += 1
    }
    #expect(compared > 5)
  }
}
