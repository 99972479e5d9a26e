import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Known answers and reductions for Grad-CAM on networks small enough for pencil and paper.
@Suite struct GradCAMTests {
  static let ramp = (0..<16).map(Float.init)

  func maps(
    _ program: Program, at layer: String, _ scores: [Score], input: [Float]
  ) throws -> Explanation {
    let network = try ToyNetworks.network(program)
    let shape = [1] + program.inputShape.dropFirst().map { $0 ?? 1 }
    return try GradCAM().at(program.layer(named: layer))
      .maps(of: scores, in: network, at: Tensor(input, shape: shape))
  }

  @Test func `the two-channel toy gives the published maps`() throws {
    // 3 × 3 sums of the ramp are 45, 54, 81, 90; less 50 and 75, A₁ = (−5, 4, 31, 40) and
    // A₂ = (−30, −21, 6, 15). Published: (0, 4, 28, 32.5) after the ReLU, so there α = (1, −½);
    // and (11.25, 13.5, 20.25, 22.5) before it, which is ¾A₁ − ½A₂. Both hold when the head adds
    // the first channel and subtracts the second channel's last two places.
    let program = try ToyNetworks.twoChannels(weights: [1, 1, 1, 1, 0, 0, -1, -1])
    let score = [Score.logit(ClassSet(0))]
    let after = try maps(program, at: "relu", score, input: Self.ramp).maps[0].atLayer
    expectClose(try after.floats(), [0, 4, 28, 32.5], within: 1e-6, of: "after the ReLU")
    let before = try maps(program, at: "conv", score, input: Self.ramp).maps[0].atLayer
    expectClose(
      try before.floats(), [11.25, 13.5, 20.25, 22.5], within: 1e-6, of: "before the ReLU")
  }

  @Test func `behind a global mean, the map's mean is the logit`() throws {
    // With a linear head on means, Σ_k α_k A^k averaged over places is Σ_k w_k/n · n · mean A^k / n.
    let program = try ToyNetworks.pooled(
      kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3]])
    let input: [Float] = [0.1, 0.9, 0.4, 0.7, 0.2, 0.6]
    let found = try maps(
      program, at: "relu", [.logit(ClassSet(0)), .logit(ClassSet(1))], input: input)
    for (score, map) in try paired(found.scores, found.maps) {
      let sum = try map.atLayer.floats().reduce(0, +)
      #expect(abs(sum - score) < 1e-5, "the map sums to \(sum), the logit is \(score)")
    }
  }

  @Test func `scores take turns where memory is small`() throws {
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]]))
    let input = try Tensor([0.1, 0.9, 0.4, 0.7, 0.2, 0.6] as [Float], shape: [1, 1, 2, 3])
    let scores = (0..<3).map { Score.logit(ClassSet($0)) }
    let method = try GradCAM().at(network.program.layer(named: "relu"))
    let roomy = try method.maps(of: scores, in: network, at: input)
    var passes = 0
    let tight = try method.maps(
      of: scores, in: network, at: input, within: Resources(memory: 1)
    ) { _ in passes += 1 }
    #expect(passes == 3 && tight.scores == roomy.scores)
    for (map, other) in try paired(roomy.maps, tight.maps) {
      // A walk of another number of rows rounds differently.
      try expectClose(map.values, other.values, within: 1e-5)
    }
  }

  @Test func `the signed map of log-odds is the difference of the signed maps of the logits`()
    throws
  {
    let program = try ToyNetworks.pooled(
      kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]])
    let input: [Float] = [0.1, 0.9, 0.4, 0.7, 0.2, 0.6]
    let found = try maps(
      program, at: "conv",
      [
        .logOdds(ClassSet(0), against: ClassSet(2)), .logit(ClassSet(0)), .logit(ClassSet(2)),
      ], input: input)
    let difference = try found.maps[1].atLayer - found.maps[2].atLayer
    try expectClose(found.maps[0].atLayer, difference, within: 1e-5)
  }

  @Test func `many scores at once give the maps of each alone`() throws {
    let program = try ToyNetworks.pooled(
      kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]])
    let input: [Float] = [0.1, 0.9, 0.4, 0.7, 0.2, 0.6]
    let scores: [Score] = [
      .logit(ClassSet(0)), .probability(ClassSet(1)), .surprise(at: ClassSet(2)),
      .logOdds(ClassSet(1), against: ClassSet(0)),
    ]
    let together = try maps(program, at: "conv", scores, input: input)
    for (score, map) in try paired(scores, together.maps) {
      let alone = try maps(program, at: "conv", [score], input: input).maps[0]
      try expectClose(map.atLayer, alone.atLayer, within: 1e-6, of: "\(score)")
      try expectClose(map.values, alone.values, within: 1e-6, of: "\(score)")
    }
  }

  @Test func `the map at the input is the rectified map, enlarged without aligned corners`() throws
  {
    let program = try ToyNetworks.twoChannels(weights: [1, 1, 1, 1, 0, 0, -1, -1])
    let found = try maps(program, at: "relu", [.logit(ClassSet(0))], input: Self.ramp).maps[0]
    #expect(found.values.shape == [4, 4])
    // Twofold, places lie at −¼, ¼, ¾, 1¼ of the source: weights ¾ and ¼ inside, 1 at the edge.
    let source: [[Float]] = [[0, 4], [28, 32.5]]
    let weights: [[Float]] = [[1, 0], [0.75, 0.25], [0.25, 0.75], [0, 1]]
    let expected = weights.flatMap { row in
      weights.map { column in
        var sum: Float = 0
        for i in 0..<2 { for j in 0..<2 { sum += row[i] * column[j] * source[i][j] } }
        return sum
      }
    }
    expectClose(try found.values.floats(), expected, within: 1e-6)
  }

  @Test func `a layer that is no stack of maps is refused`() throws {
    let program = try ToyNetworks.pooled(kernels: [1], biases: [0], head: [[1], [2]])
    #expect(throws: NetworkError.notSpatial("pool", .shape([nil, 1]))) {
      try GradCAM().at(program.layer(named: "pool"))
    }
  }

  @Test func `stopping by progress stops`() throws {
    struct Stop: Error {}
    let program = try ToyNetworks.pooled(kernels: [1], biases: [0], head: [[1], [2]])
    let network = try ToyNetworks.network(program)
    #expect(throws: Stop.self) {
      try GradCAM().at(program.layer(named: "relu")).maps(
        of: [.logit(ClassSet(0))], in: network,
        at: Tensor([1, 2, 3, 4, 5, 6] as [Float], shape: [1, 1, 2, 3])
      ) { _ in throw Stop() }
    }
  }
}
