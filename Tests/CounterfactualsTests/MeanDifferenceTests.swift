import Counterfactuals
import Tensors
import Terms
import TestSupport
import Testing

@Suite("Mean differences: known answers, invariance")
struct MeanDifferenceTests {
  /// An answer about a picture of zeros; without a difference, one whose search failed.
  static func answer(
    why fact: Int, ratherThan foil: Int, _ difference: [Float]?, shape: [Int]
  ) throws -> ContrastiveAnswer {
    let input = try Tensor([Float](repeating: 0, count: shape.reduce(1, *)), shape: shape)
    let equal = Likelihoods(fact: -1, foil: -1, other: nil)
    return ContrastiveAnswer(
      fact: ClassSet(fact), foil: ClassSet(foil), method: .cdeepex, input: input,
      likelihoods: equal, attempts: [],
      example: try difference.map {
        let difference = try Tensor($0, shape: shape)
        return ContrastiveExample(
          attempt: 0, reconstruction: input, picture: difference, difference: difference,
          saved: equal, path: [])
      })
  }

  @Test func `pairs are meant apart, in order, and failures counted`() throws {
    let shape = [1, 1, 2]
    let found = try MeanDifference.of([
      Self.answer(why: 7, ratherThan: 1, [4, 0], shape: shape),
      Self.answer(why: 3, ratherThan: 8, [1, 2], shape: shape),
      Self.answer(why: 3, ratherThan: 8, nil, shape: shape),
      Self.answer(why: 3, ratherThan: 8, [3, -6], shape: shape),
      Self.answer(why: 3, ratherThan: 5, nil, shape: shape),
    ])
    #expect(found.map { [$0.fact.indices[0], $0.foil.indices[0]] } == [[3, 5], [3, 8], [7, 1]])
    #expect(found.map(\.count) == [0, 2, 1])
    #expect(found.map(\.failedCount) == [1, 1, 0])
    #expect(try found.map { try $0.mean.floats() } == [[0, 0], [2, -2], [4, 0]])
  }

  @Test func `what cancels leaves no mass and no spot, what stays is found`() throws {
    let shape = [1, 8, 8]
    // A planted square that every picture shares, and strokes that change sign.
    let square = (0..<64).map { Float($0 / 8 < 3 && $0 % 8 < 3 ? 1 : 0) }
    let stroke = (0..<64).map { Float($0 % 8 == 6 ? 2 : 0) }
    let opposite = try MeanDifference.of([
      Self.answer(why: 0, ratherThan: 1, stroke, shape: shape),
      Self.answer(why: 0, ratherThan: 1, stroke.map { -$0 }, shape: shape),
    ])
    #expect(opposite[0].count == 2)
    #expect(opposite[0].spot == nil)
    #expect(try opposite[0].massFraction(top: 0, left: 0, side: 3) == 0)
    let biased = try MeanDifference.of([
      Self.answer(why: 0, ratherThan: 1, zip(square, stroke).map { $0 + $1 }, shape: shape),
      Self.answer(why: 0, ratherThan: 1, zip(square, stroke).map { $0 - $1 }, shape: shape),
    ])
    let spot = try #require(biased[0].spot)
    #expect(spot.place == [0, 0, 3])
    #expect(spot.massFraction == 1)
    #expect(try biased[0].massFraction(top: 0, left: 0, side: 3) == 1)
    #expect(try abs(biased[0].massFraction(top: 1, left: 1, side: 3) - 4.0 / 9) < 1e-12)
  }

  @Test func `channels add their magnitudes`() throws {
    let found = try MeanDifference.of([
      Self.answer(why: 0, ratherThan: 1, [1, 0, 0, 0, -1, 0, 0, 2], shape: [2, 2, 2])
    ])
    #expect(try found[0].massFraction(top: 0, left: 0, side: 1) == 0.5)
    #expect(try found[0].massFraction(top: 1, left: 1, side: 5) == 0.5)
    #expect(try found[0].massFraction(top: -3, left: -3, side: 2) == 0)
  }

  @Test func `pictures of another shape are refused, not spread over the others`() throws {
    var running = RunningDifferences()
    try running.add(Self.answer(why: 0, ratherThan: 1, [1, 1], shape: [2, 1, 1]))
    let other = try Self.answer(why: 0, ratherThan: 1, [1], shape: [1, 1, 1])
    #expect(throws: TensorError.elementCount(1, shape: [2, 1, 1])) { try running.add(other) }
  }
}
