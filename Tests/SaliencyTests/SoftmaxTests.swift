import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Reduction: a network that ends in a softmax has the logits, scores and maps of its twin without,
/// where the card says so; a softmax that the card does not know is noticed.
@Suite struct SoftmaxTests {
  static let scores: [Score] = [
    .logOdds(ClassSet(0), against: ClassSet(1)), .logit(ClassSet(2)), .probability(ClassSet(0)),
  ]

  /// At 1000 times the usual logits, probabilities of all classes but one are 0 in a float.
  @Test(arguments: [Float(1), 1000], ["grad-cam", "saliency", "deeplift", "lrp", "mwp", "lime"])
  func `probabilities of a softmax are read before it`(factor: Float, name: String) throws {
    let input = try ToyNetworks.colourInput()
    let logits = try ToyNetworks.colour(factor: factor)
    let probabilities = try ToyNetworks.colour(
      ending: ["softmax.int"], factor: factor, output: .probabilities)
    let (found, expected) = (
      try ColourTests.explanation(name, probabilities, at: input, of: Self.scores),
      try ColourTests.explanation(name, logits, at: input, of: Self.scores)
    )
    #expect(found.scores == expected.scores)
    #expect(found.prediction.classes == expected.prediction.classes)
    // The same kernels on the same numbers.
    try expectClose(found.maps, expected.maps, count: 3, within: 1e-6, of: name)
  }

  @Test func `what only moves the softmax's numbers is passed by`() throws {
    let input = try ToyNetworks.colourInput()
    let expected = try ToyNetworks.colour(factor: 1000).prediction(for: input)
    for ending in [["softmax.int", "clone"], ["clone", "softmax.int", "alias", "detach"]] {
      let network = try ToyNetworks.colour(ending: ending, factor: 1000, output: .probabilities)
      #expect(try network.prediction(for: input).classes == expected.classes, "\(ending)")
    }
  }

  /// Probabilities whose logits cannot be had from the program, as it goes on after the softmax.
  private static func hidden(_ factor: Float) throws -> Network {
    try ToyNetworks.colour(
      ending: ["softmax.int", "sqrt", "square"], factor: factor, output: .probabilities)
  }

  @Test func `other probabilities are read by their logarithms`() throws {
    let input = try ToyNetworks.colourInput()
    let network = try Self.hidden(1)
    let output = try network.program.output(for: input)
    let plain = try ToyNetworks.colour()
    let expected = try plain.values(of: Self.scores, from: plain.program.output(for: input))
      .floats()
    let found = try network.values(of: Self.scores, from: output).floats()
    // A root and a square round.
    expectClose([found[0], found[2]], [expected[0], expected[2]], within: 1e-5)
  }

  @Test func `a probability of 0 has no log-odds, and is not told as equal`() throws {
    let input = try ToyNetworks.colourInput()
    let network = try Self.hidden(1000)
    let output = try network.program.output(for: input)
    let ranked = try network.prediction(from: output).classes.map { ClassSet($0.index) }
    let small = try network.values(of: [.probability(ranked[2])], from: output).floats()
    #expect(small[0] < 1e-37)
    let scores: [Score] = [
      .logit(ranked[2]), .logOdds(ranked[1], against: ranked[2]), .surprise(at: ranked[1]),
      .logOdds(ranked[0], against: ranked[1]), .meanContrast(ranked[0], against: ranked[2]),
    ]
    for score in scores {
      let error = try #require(throws: NetworkError.self, "\(score)") {
        try network.values(of: [score], from: output)
      }
      guard case .vanished = error else {
        Issue.record("\(score): \(error)")
        continue
      }
      #expect(error.description.contains("cannot be known"))
    }
  }

  @Test func `a softmax is noticed where the card says logits`() throws {
    for ending in [["softmax.int"], ["softmax.int", "clone"]] {
      let error = try #require(throws: CardError.self) { try ToyNetworks.colour(ending: ending) }
      guard case .softmaxCalled(.logits, in: "card", node: _) = error else {
        Issue.record("\(error)")
        continue
      }
      #expect(error.description.contains("“probabilities”"))
    }
    // Hidden from the graph, it shows in the numbers.
    let network = try ToyNetworks.colour(ending: ["softmax.int", "sqrt", "square"])
    #expect(throws: NetworkError.probabilitiesCalledLogits) {
      try network.prediction(for: ToyNetworks.colourInput())
    }
  }

  @Test func `logarithms of a softmax are logits`() throws {
    let input = try ToyNetworks.colourInput()
    let (found, expected) = (
      try ToyNetworks.colour(ending: ["log_softmax.int"]).prediction(for: input),
      try ToyNetworks.colour().prediction(for: input)
    )
    #expect(found.classes.map(\.index) == expected.classes.map(\.index))
    expectClose(
      found.classes.map(\.probability), expected.classes.map(\.probability), within: 1e-6)
  }
}
