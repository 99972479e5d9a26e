import Counterfactuals
import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

/// Contrastive examples of colour pictures that are not square: a closed form, and a network of
/// convolutions that preparation rewrites.
@Suite struct ContrastiveColourTests {
  static let methods = ContrastiveMethod.allCases
  static let minimisers: [InnerMinimiser] = [.gaussNewton, .descent(rate: 0.005, steps: 100)]

  static func search(_ method: ContrastiveMethod, _ minimiser: InnerMinimiser) -> ContrastiveSearch
  {
    var search = ContrastiveSearch(method: method, seed: 1)
    search.range = .free
    (search.slack, search.startCount) = (0, 1)
    search.optimiser = AugmentedLagrangian(
      minimiser: minimiser,
      iterationLimit: minimiser == .gaussNewton ? search.optimiser.iterationLimit : 20_000)
    (search.optimiser.tolerance, search.optimiser.progress) = (1e-4, 0)
    return search
  }

  /// Colour pictures of 2 × 4 whose red at (0, 3) is the first number of the code, and whose blue at
  /// (0, 1) the second; all else is 0.5.
  static func generator(hasEncoder: Bool) throws -> Generator {
    let places = [3, 17]
    let matrix = (0..<24).map { row in places.map { Float($0 == row ? 1 : 0) } }
    let offset = (0..<24).map { Float(places.contains($0) ? 0 : 0.5) }
    return try ToyDrawing.colourGenerator(
      matrix, offset: offset, height: 2, width: 4,
      encoder: hasEncoder
        ? places.map { place in (0..<24).map { Float($0 == place ? 1 : 0) } } : nil)
  }

  /// Logits 5 times the red and 5 times the blue number, and −9.
  static func network() throws -> Network {
    let rows = [3, 17].map { place in (0..<24).map { Float($0 == place ? 5 : 0) } }
    return try ToyDrawing.colourNetwork(
      rows + [[Float](repeating: 0, count: 24)], biases: [0, 0, -9], height: 2, width: 4)
  }

  /// 0.8 of red and 0.2 of blue in all pixels.
  static let photo = Result {
    try Picture(width: 4, height: 2, pixels: (0..<8).flatMap { _ -> [UInt8] in [204, 77, 51] })
  }

  @Test(arguments: methods, minimisers)
  func `an example is the foot of the perpendicular on the boundary`(
    method: ContrastiveMethod, minimiser: InnerMinimiser
  ) throws {
    let asked = ContrastiveQuestion(
      try Self.photo.get(), why: ClassSet(0), ratherThan: .sets([ClassSet(1)]))
    let answer = try Self.search(method, minimiser).answers(
      to: [asked], of: Self.network(), drawnBy: Self.generator(hasEncoder: true))[0][0]
    let attempt = answer.attempts[0]
    #expect(attempt.verdict == .converged)
    // h = 5 z₁ − 5 z₂ from (0.8, 0.2); tolerances of 1e-4 over gradients of 5, with multipliers that
    // still move.
    expectClose(attempt.code, [0.5, 0.5], within: 2e-3)
    let difference = try #require(answer.example).difference
    #expect(difference.shape == [3, 2, 4])
    let expected = (0..<24).map { (i: Int) -> Float in i == 3 ? -0.3 : i == 17 ? 0.3 : 0 }
    expectClose(try difference.floats(), expected, within: 5e-3)
  }

  @Test func `without an encoder the code is searched for`() throws {
    var search = Self.search(.cdeepex, .gaussNewton)
    search.codeSearch.misclassificationWeight = 0
    let asked = ContrastiveQuestion(
      try Self.photo.get(), why: ClassSet(0), ratherThan: .sets([ClassSet(1)]))
    let attempt = try search.answers(
      to: [asked], of: Self.network(), drawnBy: Self.generator(hasEncoder: false))[0][0].attempts[0]
    // Adam's last steps at a falling rate.
    expectClose(attempt.startCode, [0.8, 0.2], within: 2e-2)
    expectClose(attempt.code, [0.5, 0.5], within: 2e-2)
  }

  @Test(arguments: methods)
  func `a network of convolutions is as sure of P as of Q at an example`(
    method: ContrastiveMethod
  ) throws {
    let (network, size) = (try ToyNetworks.colour(), ToyNetworks.colourSize)
    let count = 3 * size.height * size.width
    // The first three numbers of a code lighten a channel each, the fourth the right side.
    let matrix = (0..<count).map { row -> [Float] in
      let channel = row / (size.height * size.width)
      return (0..<3).map { $0 == channel ? 0.3 : 0 } + [0.1 * Float(row % size.width - 3)]
    }
    let generator = try ToyDrawing.colourGenerator(
      matrix, offset: [Float](repeating: 0.5, count: count), height: size.height,
      width: size.width, encoder: nil)
    let pixels = (0..<count).map { UInt8(100 + $0 * 37 % 57) }
    let photo = try Picture(width: size.width, height: size.height, pixels: pixels)
    var search = Self.search(method, .gaussNewton)
    search.codeSearch.misclassificationWeight = 0
    let answer = try search.answers(
      to: [ContrastiveQuestion(photo, ratherThan: .closest)], of: network, drawnBy: generator)[0][0]
    let example = try #require(answer.example)
    let card = try network.card.input
    let picture = try example.picture.withAxis(at: 0)
    let shape = [1, 3, 1, 1]
    let input = try (picture - Tensor(card.mean, shape: shape)) / Tensor(card.std, shape: shape)
    let logits = try network.logits(of: network.program.output(for: input)).floats()
    let difference = logits[answer.fact.indices[0]] - logits[answer.foil.indices[0]]
    #expect(abs(difference) < ContrastiveSearch.equality, "\(logits)")
    #expect(answer.attempts[0].distance > 1e-3)
  }

  @Test(arguments: ContrastiveBaseline.allCases)
  func `each method beside them answers in a prepared network as in the plain one`(
    baseline: ContrastiveBaseline
  ) throws {
    // Of nearly equal probabilities, so that maps can change them.
    let (network, input) = (try ToyNetworks.colour(factor: 0.05), try ToyNetworks.colourInput())
    let ranked = try network.prediction(for: input).classes.map { ClassSet($0.index) }
    func answer(_ network: Network) throws -> BaselineAnswer {
      try baseline.answer(
        why: ranked[0], ratherThan: ranked[1], by: network, at: input, seed: 3)
    }
    let (plain, prepared) = (
      try answer(network), try answer(network.preparedForGradients(at: input))
    )
    try #require((plain.map == nil) == (prepared.map == nil))
    guard let map = plain.map, let other = prepared.map else {
      // Where no weight of the maps changes the answer as it should, both say so.
      guard case (.noneKept(let own), .noneKept(let theirs)) = (plain.outcome, prepared.outcome)
      else {
        Issue.record("\(plain.outcome), \(prepared.outcome)")
        return
      }
      #expect(own == theirs && own > 0 && baseline != .pda)
      return
    }
    #expect(map.shape == [10, 7])
    #expect(try Set(map.floats()).count > 1)
    // PDA takes differences of scores that are nearly equal; whether a weight is kept may turn.
    try expectClose(other, map, within: baseline == .pda ? 3e-3 : 0.02)
  }
}
