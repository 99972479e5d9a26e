import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

@testable import Faithfulness

/// A recurrent network of tokens and a network of columns are explained and checked like networks of pictures.
@Suite struct TextAndTableTests {
  static let text = "3 17 99 0 42 7 7 61 5 88 23 50"
  static let blank = 0

  private func gru() throws -> Network {
    let path = try #require(References.data).appending(path: "hard-networks/text_gru.pt2").path
    return try Network(
      program: Program(contentsOf: path),
      card: Card(
        task: .classification, output: .logits, labels: .list(["c0", "c1"]),
        form: .tokens(NumberTokenizer(blank: Self.blank))), cardPath: "card", path: path)
  }

  /// What the network answers as it was read, embedding and all.
  private func logits(of numbers: [Int]) throws -> [Float] {
    let path = try #require(References.data).appending(path: "hard-networks/text_gru.pt2").path
    return try Program(contentsOf: path)
      .output(for: Tensor(numbers.map(Int64.init), shape: [1, numbers.count])).floats()
  }

  private var numbers: [Int] { Self.text.split(separator: " ").compactMap { Int($0) } }

  @Test(.enabled(if: References.data != nil))
  func `a network that is cut behind its embedding answers as before`() throws {
    let network = try gru()
    let found = try network.program.output(for: network.input(from: Self.text).tensor)
    #expect(try found.floats() == logits(of: numbers))
    #expect(throws: InputError.count(2, expected: 12, of: "token")) {
      try network.input(from: "3 17")
    }
  }

  @Test(.enabled(if: References.data != nil))
  func `Integrated Gradients over tokens is complete, and occlusion is the drop without each`()
    throws
  {
    let network = try gru()
    let input = try network.input(from: Self.text)
    let score = Score.logOdds(ClassSet(0), against: ClassSet(1))
    func odds(_ numbers: [Int]) throws -> Float {
      let logits = try logits(of: numbers)
      return logits[0] - logits[1]
    }
    let whole = try odds(numbers)
    let nothing = try odds(Array(repeating: Self.blank, count: 12))
    let path = try IntegratedGradients(baseline: .mean, rule: .gaussLegendre(steps: 64))
      .maps(of: [score], in: network, at: input).maps[0]
    #expect(path.values.shape == [12])
    // The rule of 64 points integrates a smooth path to rounding.
    let sum = try path.values.sum().number()
    #expect(abs(sum - (whole - nothing)) < 1e-4, "\(sum) and \(whole - nothing)")
    let drops = try Occlusion().maps(of: [score], in: network, at: input).maps[0]
    let expected = try numbers.indices.map { place in
      var without = numbers
      without[place] = Self.blank
      return try whole - odds(without)
    }
    expectClose(try drops.values.floats(), expected, within: 1e-5)
  }

  @Test(.enabled(if: References.data != nil))
  func `gradients over tokens are finite differences of the rows`() throws {
    let network = try gru()
    let input = try network.input(from: Self.text)
    let score = Score.logit(ClassSet(1))
    let found = try #require(
      InputGradient().maps(of: [score], in: network, at: input).maps[0].attribution
    ).floats()
    let own = try input.tensor.floats()
    let step: Float = 1e-2
    func value(_ place: Int, _ change: Float) throws -> Float {
      var moved = own
      moved[place] += change
      return try network.program.output(for: Tensor(moved, shape: input.shape)).floats()[1]
    }
    let places = stride(from: 0, to: own.count, by: 17).map { $0 }
    let differences = try places.map { try (value($0, step) - value($0, -step)) / (2 * step) }
    // A central difference errs by the third derivative and by rounding over the step.
    expectClose(places.map { found[$0] }, differences, within: 1e-4)
  }

  @Test(.enabled(if: References.data != nil))
  func `a check deletes tokens, and LIME names those that count`() throws {
    let network = try gru()
    let input = try network.input(from: Self.text)
    let score = Score.logOdds(ClassSet(0), against: ClassSet(1))
    let map = try LIME(samples: 300, seed: 4).maps(of: [score], in: network, at: input).maps[0]
    let drops = try Occlusion().maps(of: [score], in: network, at: input).maps[0]
    func strongest(_ map: SaliencyMap) throws -> Int {
      let values = try map.values.floats().map(abs)
      return values.indices.max { values[$0] < values[$1] } ?? -1
    }
    #expect(try strongest(map) == strongest(drops))
    let runner = try CurveRunner(network, at: input)
    #expect(runner.featureCount == 12)
    for control in MapCheck.Control.allCases {
      let result = try MapCheck(draws: 19, control: control, seed: 5).results(
        of: [MeasuredMap(map.values, of: ClassSet(0), against: ClassSet(1))], by: runner)[0]
      // The drop is that of the whole network without the salient tokens, in 32 bits.
      let order = try FeatureOrder(of: map.values.floats())
      var without = numbers
      for place in order.places.prefix(result.salientCount) { without[Int(place)] = Self.blank }
      let (before, after) = (try logits(of: numbers), try logits(of: without))
      let drop = try #require(result.drops)
      expectClose(
        [Float(drop.own)], [(before[0] - before[1]) - (after[0] - after[1])], within: 1e-4,
        of: control.rawValue)
      #expect(drop.controls.count == 19)
    }
  }

  @Test func `a table's columns are checked by what the score loses without them`() throws {
    var builder = ProgramBuilder()
    let row = builder.addInput("row", shape: [nil, 3])
    let output = builder.call(
      "linear", in: "head", type: "Linear",
      [
        ("input", .value(row)),
        ("weight", .weight("weight", try Tensor([2, 1, 0, 0, 0, 1] as [Float], shape: [2, 3]))),
      ], shape: [2])
    let columns = [
      Column(name: "a", mean: 1, std: 1), Column(name: "b", mean: 0, std: 2), Column(name: "c"),
    ]
    let network = try Network(
      program: builder.program(output: output),
      card: Card(
        task: .classification, output: .logits, labels: .list(["p", "q"]), form: .table(columns)),
      cardPath: "card")
    let input = try network.input(from: [4, 2, -1])
    let score = Score.logOdds(ClassSet(0), against: ClassSet(1))
    let map = try Occlusion().maps(of: [score], in: network, at: input).maps[0]
    // Normalised 3, 1 and −1 by weights 2 − 0, 1 − 0 and 0 − 1.
    expectClose(try map.values.floats(), [6, 1, 1], within: 1e-5)
    let runner = try CurveRunner(network, at: input)
    let result = try MapCheck(draws: 19, seed: 1).results(
      of: [MeasuredMap(map.values, of: ClassSet(0), against: ClassSet(1))], by: runner)[0]
    #expect(result.salientCount == 1)
    expectClose([Float(try #require(result.drops).own)], [6], within: 1e-5)
  }
}
