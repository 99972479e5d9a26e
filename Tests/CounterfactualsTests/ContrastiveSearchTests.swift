import Counterfactuals
import Imagery
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@Suite("ContrastiveSearch: closed forms of linear toys, reductions, bad input")
struct ContrastiveSearchTests {
  /// Draws two of three pixels, the third is always 0.5; the encoder reads the two back.
  private static func generator() throws -> Generator {
    try ToyDrawing.generator(
      [[1, 0], [0, 1], [0, 0]], offset: [0, 0, 0.5], encoder: [[1, 0, 0], [0, 1, 0]])
  }

  /// x = (0.8, 0.2, 0.6), so that Δ = (0, 0, 0.1).
  private static let picture = Result { try ToyDrawing.picture([204, 51, 153]) }

  private static func exact(_ method: ContrastiveMethod) -> ContrastiveSearch {
    var search = ContrastiveSearch(method: method, seed: 1)
    search.range = .free
    search.slack = 0
    search.startCount = 1
    (search.optimiser.tolerance, search.optimiser.progress) = (1e-5, 0)
    return search
  }

  private func answers(
    _ search: ContrastiveSearch, _ network: Network, _ generator: Generator? = nil,
    _ foils: ContrastiveQuestion.Foils = .sets([ClassSet(1)])
  ) throws -> [ContrastiveAnswer] {
    let asked = ContrastiveQuestion(try Self.picture.get(), why: ClassSet(0), ratherThan: foils)
    return try search.answers(
      to: [asked], of: network, drawnBy: generator ?? Self.generator())[0]
  }

  @Test(arguments: ContrastiveMethod.allCases)
  func `an example is the foot of the perpendicular on the boundary`(
    method: ContrastiveMethod
  ) throws {
    // y = (5 x₁, 5 x₂, −9): h = 5 z₁ − 5 z₂, so from z₀ = (0.8, 0.2) to (0.5, 0.5), 0.3 √2 away. The
    // third pixel stays 0.6, which the generator alone would make 0.5.
    let network = try ToyDrawing.network(
      [[5, 0, 0], [0, 5, 0], [0, 0, 0]], biases: [0, 0, -9])
    let answer = try answers(Self.exact(method), network)[0]
    let example = try #require(answer.example)
    let attempt = answer.attempts[0]
    #expect(attempt.verdict == .converged)
    // |h| ≤ 1e-5 over a gradient of 5 √2.
    expectClose(attempt.code, [0.5, 0.5], within: 1e-4)
    expectClose([attempt.distance], [0.3 * 2.0.squareRoot()].map(Float.init), within: 1e-4)
    expectClose(try example.picture.floats(), [0.5, 0.5, 0.6], within: 1e-4)
    expectClose(try example.difference.floats(), [-0.3, 0.3, 0], within: 1e-4)
    // √(0.1² / 3)
    expectClose([attempt.residual], [0.057735], within: 1e-4)
    expectClose([attempt.pictureDistance], [attempt.distance], within: 1e-4)
  }

  @Test func `a third class is held down, where xGEMs lets it win`() throws {
    // The third class's logit is 4: at (0.5, 0.5) P and Q have 2.5. Held down, 5 z₁ = 5 z₂ ≥ 4 ends at
    // (0.8, 0.8).
    let network = try ToyDrawing.network(
      [[5, 0, 0], [0, 5, 0], [0, 0, 0]], biases: [0.1, 0.1, 4])
    var search = Self.exact(.cdeepex)
    // A little below, or rounding would decide whether it is above.
    search.slack = -1e-4
    let held = try answers(search, network)[0].attempts[0]
    #expect(held.verdict == .converged)
    expectClose(held.code, [0.78, 0.78], within: 1e-3)
    #expect(held.likelihoods.excess <= 1e-4)
    let free = try answers(Self.exact(.xgems), network)[0].attempts[0]
    #expect(free.verdict == .converged)
    expectClose(free.code, [0.5, 0.5], within: 1e-3)
    #expect(free.likelihoods.other?.index == 2)
    // 4 − (5 · 0.5 + 0.1)
    expectClose([free.likelihoods.excess], [1.4], within: 1e-3)
  }

  @Test func `the way begins at the input and ends at the example`() throws {
    let network = try ToyDrawing.network([[5, 0, 0], [0, 5, 0]], biases: [0, 0])
    let answer = try answers(Self.exact(.cdeepex), network)[0]
    let example = try #require(answer.example)
    #expect(example.path.count == 13)
    // x itself, to rounding: G(z₀) + (x − G(z₀)).
    expectClose(
      try #require(example.path.first).picture.floats(), try answer.input.floats(), within: 1e-6)
    expectClose(
      try #require(example.path.last).picture.floats(), try example.picture.floats(),
      within: 1e-6)
    expectClose([example.path[6].likelihoods.difference], [1.5], within: 1e-3)
  }

  @Test func `a foil that no code reaches is said to have failed`() throws {
    // Q is always 5 below P.
    let network = try ToyDrawing.network([[1, 1, 1], [1, 1, 1]], biases: [5, 0])
    let answer = try answers(ContrastiveSearch(seed: 1), network)[0]
    #expect(answer.example == nil)
    guard case .unequal(let difference) = answer.attempts[0].verdict else {
      Issue.record("\(answer.attempts[0].verdict)")
      return
    }
    #expect(abs(difference - 5) < 1e-4)
  }

  @Test func `a class that cannot be held down is said to stand above`() throws {
    // z₁ = z₂ lies anywhere, and the third class is 2 above both all over.
    let network = try ToyDrawing.network(
      [[1, 0, 0], [0, 1, 0], [1, 1, 0]], biases: [0, 0, 9])
    var search = ContrastiveSearch(seed: 1)
    search.startCount = 1
    let answer = try answers(search, network)[0]
    #expect(answer.example == nil)
    guard case .otherAbove(2, let excess) = answer.attempts[0].verdict else {
      Issue.record("\(answer.attempts[0].verdict)")
      return
    }
    #expect(excess > 8)
  }

  @Test func `answers of several pictures, foils and starts stay with their questions`() throws {
    let network = try ToyDrawing.network(
      [[5, 0, 0], [0, 5, 0], [2, 2, 2]], biases: [0, 0.2, -1])
    let generator = try Self.generator()
    var search = ContrastiveSearch(seed: 3)
    search.startCount = 3
    let photos = try [[204, 51, 153], [20, 230, 9], [240, 10, 200]].map {
      try ToyDrawing.picture($0.map(UInt8.init))
    }
    let asked = photos.enumerated().map {
      ContrastiveQuestion($0.element, ratherThan: .all, stream: $0.offset)
    }
    let together = try search.answers(to: asked, of: network, drawnBy: generator)
    #expect(together.map(\.count) == [2, 2, 2])
    for (question, answers) in try paired(asked, together) {
      let alone = try search.answers(to: [question], of: network, drawnBy: generator)[0]
      for (own, other) in try paired(answers, alone) {
        #expect(own.fact == other.fact && own.foil == other.foil)
        #expect(own.attempts.count == 3)
        // Passes of other lengths round otherwise.
        for (one, two) in try paired(own.attempts, other.attempts) {
          expectClose(one.code, two.code, within: 1e-3)
        }
      }
    }
  }

  @Test func `Gauss–Newton and descent end at one point`() throws {
    let network = try ToyDrawing.network(
      [[5, 0, 0], [0, 5, 0], [0, 0, 0]], biases: [0.1, 0.1, 4])
    var quick = Self.exact(.cdeepex)
    quick.slack = -0.01
    var slow = quick
    slow.optimiser = AugmentedLagrangian(
      minimiser: .descent(rate: 0.005, steps: 100), iterationLimit: 20_000)
    slow.optimiser.tolerance = 1e-4
    let first = try answers(quick, network)[0].attempts[0]
    let second = try answers(slow, network)[0].attempts[0]
    #expect(first.verdict == .converged && second.verdict == .converged)
    // Tolerances of 1e-4 over gradients of about 5, with multipliers that still move.
    expectClose(first.code, second.code, within: 2e-3)
    #expect(first.iterations < second.iterations)
  }

  @Test func `clipped, an example is a picture`() throws {
    // Free, z₁ = z₂ − 1.2 is nearest at (−0.1, 1.1).
    let network = try ToyDrawing.network([[5, 0, 0], [0, 5, 0]], biases: [6, 0])
    let free = try answers(Self.exact(.cdeepex), network)[0]
    expectClose(free.attempts[0].code, [-0.1, 1.1], within: 1e-3)
    var search = Self.exact(.cdeepex)
    search.range = .clipped
    // Clipped, y_P ≥ 6 and y_Q ≤ 5.
    let clipped = try answers(search, network)[0]
    #expect(clipped.example == nil)
    let near = try ToyDrawing.network([[5, 0, 0], [0, 5, 0]], biases: [2, 0])
    let example = try #require(try answers(search, near)[0].example)
    let range = try example.picture.extremes()
    #expect(range.lowerBound >= 0 && range.upperBound <= 1, "\(range)")
  }

  @Test func `sets of classes count by the logarithm of their joint probability`() throws {
    // Q = {1, 2} with equal logits 5 x₂: log 2 + 5 z₂ = 5 z₁.
    let network = try ToyDrawing.network(
      [[5, 0, 0], [0, 5, 0], [0, 5, 0]], biases: [0, 0, 0])
    let both = try #require(ClassSet([1, 2]))
    let attempt = try answers(Self.exact(.cdeepex), network, nil, .sets([both]))[0].attempts[0]
    #expect(attempt.verdict == .converged)
    expectClose([5 * attempt.code[0] - 5 * attempt.code[1]], [0.693147], within: 1e-3)
    #expect(attempt.likelihoods.other == nil)
  }

  @Test func `all foils at once answer as each alone`() throws {
    let network = try ToyDrawing.network(
      [[5, 0, 0], [0, 5, 0], [2, 2, 2], [-1, 3, 1]], biases: [0, 0.2, -1, 0.4])
    let search = Self.exact(.cdeepex)
    let together = try answers(search, network, nil, .all)
    #expect(together.count == 3)
    for answer in together {
      let alone = try answers(search, network, nil, .sets([answer.foil]))[0]
      // Tolerances of both searches.
      switch (alone.attempts[0].verdict, answer.attempts[0].verdict) {
      case (.unequal(let own), .unequal(let shared)):
        expectClose([shared], [own], within: 1e-4)
      case (let own, let shared): #expect(own == shared)
      }
      expectClose(answer.attempts[0].code, alone.attempts[0].code, within: 1e-4)
    }
  }

  @Test func `without an encoder the code is searched for`() throws {
    // G is one to one, so that argmin ‖G(z) − x‖² is (0.8, 0.2) from every start.
    let generator = try ToyDrawing.generator([[1, 0], [0, 1], [0, 0]], offset: [0, 0, 0.5])
    let network = try ToyDrawing.network([[5, 0, 0], [0, 5, 0]], biases: [0, 0])
    var search = Self.exact(.cdeepex)
    search.startCount = 4
    search.codeSearch.misclassificationWeight = 0
    let answer = try answers(search, network, generator)[0]
    #expect(answer.attempts.count == 4)
    for attempt in answer.attempts {
      // Adam's last steps at a falling rate.
      expectClose(attempt.startCode, [0.8, 0.2], within: 2e-2)
      expectClose(attempt.code, [0.5, 0.5], within: 2e-2)
    }
  }

  @Test func `equal seeds give equal answers, other seeds other starts`() throws {
    let generator = try ToyDrawing.generator([[1, 0], [0, 1], [0, 0]], offset: [0, 0, 0.5])
    let network = try ToyDrawing.network([[5, 0, 0], [0, 5, 0]], biases: [0, 0])
    func starts(_ seed: Seed) throws -> [[Float]] {
      var search = ContrastiveSearch(seed: seed)
      search.codeSearch.steps = 2
      return try answers(search, network, generator)[0].attempts.map(\.startCode)
    }
    #expect(try starts(3) == starts(3))
    #expect(try starts(3) != starts(4))
  }

  @Test func `questions that cannot be asked are refused`() throws {
    let network = try ToyDrawing.network([[5, 0, 0], [0, 5, 0]], biases: [0, 0])
    #expect(throws: CounterfactualError.overlap("a")) {
      try answers(ContrastiveSearch(seed: 1), network, nil, .sets([ClassSet(0)]))
    }
    var card = network.card
    (card.task, card.output, card.labels) = (.regression, .value, nil)
    let regression = try Network(
      program: ToyNetworks.perceptron([([[1, 1, 1]], [0])]), card: card, cardPath: "card")
    #expect(throws: CounterfactualError.regression) {
      try answers(ContrastiveSearch(seed: 1), regression)
    }
  }

  @Test func `a code that the answer does not depend on is refused`() throws {
    let network = try ToyDrawing.network([[5, 0, 0], [0, 5, 0]], biases: [0, 0])
    var builder = ProgramBuilder(inputShape: [2])
    let flat = builder.call(
      "zeros_like", in: "zero", type: "Zero", [("self", .value(builder.input))], shape: [2])
    let generator = try Generator(
      decoder: builder.program(output: flat), encoder: nil,
      card: GeneratorCard(
        kind: .other, decoder: "g.pt2", encoder: nil, latentLength: 2,
        output: ToyNetworks.card(height: 1, width: 2, labels: []).input))
    #expect(throws: CounterfactualError.codeDoesNotMatter) {
      try answers(ContrastiveSearch(seed: 1), network, generator)
    }
  }
}
