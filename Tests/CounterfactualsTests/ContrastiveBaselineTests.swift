import Contrast
import Counterfactuals
import Imagery
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

@Suite("Baselines beside contrastive examples: reductions, invariance, bad input")
struct ContrastiveBaselineTests {
  /// A picture of noise.
  static let pixels = {
    var stream = RandomStream(7)
    return (0..<192).map { _ in stream.uniform() }
  }()

  /// A network whose first class looks at the left half and its second at the right one, both for the
  /// picture's own noise, so that LIME, whose hidden cells keep their mean, has something to find.
  static func network() throws -> Network {
    var builder = ProgramBuilder(inputShape: [1, 12, 16])
    let convolved = builder.call(
      "conv2d", in: "conv", type: "Conv2d",
      [
        ("input", .value(builder.input)),
        ("weight", .weight("weight", try Tensor([1] as [Float], shape: [1, 1, 1, 1]))),
      ], shape: [1, 12, 16])
    let active = builder.call(
      "relu", in: "relu", type: "ReLU", [("self", .value(convolved))], shape: [1, 12, 16])
    let flat = builder.call(
      "flatten.using_ints", in: "flat", type: "Flatten",
      [("self", .value(active)), ("start_dim", .int(1))], shape: [192])
    let left = pixels.enumerated().map { $0 % 16 < 8 ? 0.08 * $1 : 0 }
    let right = pixels.enumerated().map { $0 % 16 < 8 ? 0 : 0.05 * $1 }
    let output = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(flat)),
        ("weight", .weight("weight", try Tensor(left + right, shape: [2, 192]))),
      ], shape: [2])
    return try ToyNetworks.network(builder.program(output: output))
  }

  static func input() throws -> Tensor { try Tensor(pixels, shape: [1, 1, 12, 16]) }

  static func answer(_ baseline: ContrastiveBaseline, seed: Seed = 3) throws -> BaselineAnswer {
    try baseline.answer(
      why: ClassSet(0), ratherThan: ClassSet(1), by: network(), at: input(), seed: seed)
  }

  @Test(arguments: ContrastiveBaseline.allCases)
  func `each gives a map of the picture's size, the same for the same seed`(
    baseline: ContrastiveBaseline
  ) throws {
    let map = try #require(try Self.answer(baseline).map)
    #expect(map.shape == [12, 16])
    #expect(try Set(map.floats()).count > 1)
    #expect(try Self.answer(baseline).map?.floats() == map.floats())
  }

  @Test func `prediction difference analysis answers by the log-odds of the foil`() throws {
    let expected = try PDA(window: 4, stride: 2, seed: 3).maps(
      of: [.logOdds(ClassSet(1), against: ClassSet(0))], in: Self.network(), at: Self.input())
    let found = try Self.answer(.pda)
    #expect(try found.map?.floats() == expected.maps[0].values.floats())
    guard case .evidence = found.outcome else {
      Issue.record("\(found.outcome) is no evidence")
      return
    }
  }

  @Test func `LIME on a small picture answers by weighted subtraction on a grid`() throws {
    let lime = LIME(segmentation: .init(.grid, segments: 12), seed: 3)
    let expected = try WeightedSubtraction(of: lime, explaining: .probability).difference(
      why: ClassSet(0), ratherThan: ClassSet(1), by: Self.network(), at: Self.input())
    let found = try Self.answer(.lime)
    #expect(found.settings == "segmentation=grid,segments=12")
    #expect(try found.map?.floats() == expected.map?.floats())
    guard case .change(_, let kept, let total) = found.outcome else {
      Issue.record("\(found.outcome) is no change")
      return
    }
    #expect(kept == expected.keptWeights.count)
    #expect(total == 400)
  }

  @Test func `where no weight does, the answer says that the method failed`() throws {
    // Both classes have the same logit at every picture, so no probability ever changes.
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1], biases: [0], head: [[1], [1]], height: 12, width: 16))
    let found = try ContrastiveBaseline.gradCAM.answer(
      why: ClassSet(0), ratherThan: ClassSet(1), by: network, at: Self.input(), seed: 0)
    #expect(found.map == nil)
    guard case .noneKept(of: 400) = found.outcome else {
      Issue.record("\(found.outcome) is no failure")
      return
    }
  }

  @Test(arguments: ContrastiveBaseline.allCases, [(3, 5), (28, 28), (64, 64), (224, 224)])
  func `settings are the menu's words`(baseline: ContrastiveBaseline, size: (Int, Int)) throws {
    let text = baseline.settings(height: size.0, width: size.1)
    _ = try ExplainerMenu.entry(named: baseline.name).values(text)
    if size.0 >= 64 { #expect(text.isEmpty) }
  }

  @Test(arguments: ContrastiveBaseline.allCases)
  func `fact and foil must differ`(baseline: ContrastiveBaseline) throws {
    #expect(throws: QuestionError.factIsFoil(ClassSet(1), ClassSet(1))) {
      try baseline.answer(
        why: ClassSet(1), ratherThan: ClassSet(1), by: Self.network(), at: Self.input(), seed: 0)
    }
  }
}
