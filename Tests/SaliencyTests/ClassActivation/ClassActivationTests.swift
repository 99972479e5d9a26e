import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Known answers and reductions for the family of class activation maps, on networks small enough for pencil and
/// paper.
@Suite struct ClassActivationTests {
  /// `y = W · mean of ReLU(K x + b)`, where the gradient at the layer is `W / 6` everywhere.
  static let head: [[Float]] = [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]]
  static let picture: [Float] = [0.1, 0.9, 0.4, 0.7, 0.2, 0.6]

  static func pooled() throws -> Network {
    try ToyNetworks.network(
      ToyNetworks.pooled(kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: head))
  }

  /// What the rectifier gives, channel by channel.
  static let channels: [[Float]] = zip([1, -2, 0.5], [0.1, 1, 0]).map {
    (kernel: Float, bias: Float) in picture.map { max(0, kernel * $0 + bias) }
  }

  func maps(
    _ method: any Explainer, _ network: Network, _ scores: [Score], _ input: [Float],
    at layer: String = "relu"
  ) throws -> Explanation {
    let shape = [1] + network.program.inputShape.dropFirst().map { $0 ?? 1 }
    return try method.at(network.program.layer(named: layer))
      .maps(of: scores, in: network, at: Tensor(input, shape: shape))
  }

  /// Two channels over two places: A₁ = (1, 3), A₂ = (3, 1).
  func pair(_ head: [[Float]]) throws -> Network {
    try ToyNetworks.network(
      ToyNetworks.pooled(kernels: [1, -1], biases: [0, 4], head: head, height: 1, width: 2))
  }

  static let scores: [Score] = [
    .logit(ClassSet(0)), .logOdds(ClassSet(0), against: ClassSet(1)), .probability(ClassSet(2)),
  ]

  @Test(arguments: [HiResCAM() as any Explainer, XGradCAM()])
  func `behind a global mean and a linear layer, the map is Grad-CAM's`(
    method: any Explainer
  ) throws {
    let network = try Self.pooled()
    let found = try maps(method, network, Self.scores, Self.picture)
    let expected = try maps(GradCAM(), network, Self.scores, Self.picture)
    try expectClose(found.maps, expected.maps, count: 3, within: 1e-5)
    for (one, other) in try paired(found.maps, expected.maps) {
      // The signed map, too; one multiplies before it sums.
      try expectClose(one.atLayer, other.atLayer, within: 1e-5)
    }
  }

  @Test func `where the gradient differs by place, HiResCAM multiplies it place by place`() throws {
    // The gradient is 1 at all places of the first channel, and 0, 0, −1, −1 at the second's.
    let network = try ToyNetworks.network(
      ToyNetworks.twoChannels(weights: [1, 1, 1, 1, 0, 0, -1, -1]))
    let ramp = (0..<16).map(Float.init)
    let found = try maps(HiResCAM(), network, [.logit(ClassSet(0))], ramp).maps[0]
    // A₁ = (0, 4, 31, 40), A₂ = (0, 0, 6, 15).
    expectClose(try found.atLayer.floats(), [0, 4, 25, 25], within: 1e-6)
    #expect(try found.atLayer.floats().reduce(0, +) == 54, "the logit is 75 − 21")
    let weighted = try maps(XGradCAM(), network, [.logit(ClassSet(0))], ramp).maps[0]
    // The second channel's weight is (−6 − 15) / 21 = −1, so its map is subtracted whole.
    expectClose(try weighted.atLayer.floats(), [0, 4, 25, 25], within: 1e-6)
  }

  @Test func `XGrad-CAM's channels sum to what the score loses without them, and all to the score`()
    throws
  {
    let network = try ToyNetworks.network(
      ToyNetworks.twoChannels(weights: [1, 1, 2, 1, 0, 1, -1, -3]))
    let ramp = (0..<16).map(Float.init)
    let found = try maps(XGradCAM(), network, [.logit(ClassSet(0))], ramp)
    let sum = try found.maps[0].atLayer.floats().reduce(0, +)
    #expect(abs(sum - found.scores[0]) < 1e-3 * abs(found.scores[0]), "conservation: \(sum)")
    // Ablation-CAM weighs each channel by its loss; here the losses are 4 + 2·31 + 40 and −6 − 45.
    let ablated = try maps(AblationCAM(), network, [.logit(ClassSet(0))], ramp).maps[0]
    let first: [Float] = [0, 4, 31, 40], second: [Float] = [0, 0, 6, 15]
    expectClose(
      try ablated.atLayer.floats(), zip(first, second).map { 106 * $0 - 51 * $1 }, within: 1e-5)
  }

  @Test func `with a constant gradient, LayerCAM is the sum of the channels that raise the score`()
    throws
  {
    let found = try maps(LayerCAM(), Self.pooled(), Array(Self.scores.prefix(2)), Self.picture).maps
    // The logit's gradients are (1, 2, −1) / 6, the log-odds' (½, 3, −4) / 6.
    for (map, weights) in try paired(found, [[1, 2, 0], [0.5, 3, 0]] as [[Float]]) {
      let expected = Self.picture.indices.map { i in
        zip(weights, Self.channels).reduce(0) { $0 + $1.0 * $1.1[i] / 6 }
      }
      expectClose(try map.atLayer.floats(), expected, within: 1e-6)
    }
  }

  @Test(arguments: [0, 0.01] as [Float])
  func `with a constant gradient g, Grad-CAM++ weighs a channel by 6 g over 2 and g times its sum`(
    epsilon: Float
  ) throws {
    let method = GradCAMPlusPlus(epsilon: epsilon)
    let found = try maps(method, Self.pooled(), Array(Self.scores.prefix(2)), Self.picture).maps
    for (map, gradients) in try paired(found, [[1, 2, -1], [0.5, 3, -4]] as [[Float]]) {
      let weights = zip(gradients, Self.channels).map { gradient, channel -> Float in
        let g = max(0, gradient / 6)
        return g == 0 ? 0 : 6 * g / (2 + g * channel.reduce(0, +) + epsilon / (g * g))
      }
      let expected = Self.picture.indices.map { i in
        zip(weights, Self.channels).reduce(0) { $0 + $1.0 * $1.1[i] }
      }
      expectClose(try map.atLayer.floats(), expected, within: 1e-5)
    }
  }

  @Test func `Score-CAM weighs channels by a softmax of the scores seen through them`() throws {
    // The masks are (0, 1) and (1, 0). Of (0, 3) the means are (1.5, 2.5), of (1, 0) they are (0.5, 3.5).
    let network = try pair([[1, 0], [0, 1]])
    let scores: [Score] = [.logit(ClassSet(0)), .logOdds(ClassSet(0), against: ClassSet(1))]
    let found = try maps(ScoreCAM(), network, scores, [1, 3]).maps
    for (map, gap) in try paired(found, [1, 2] as [Float]) {
      let weight = 1 / (1 + exp(-gap))
      expectClose(
        try map.atLayer.floats(), [weight + 3 * (1 - weight), 3 * weight + 1 - weight],
        within: 1e-5)
    }
    let plain = try maps(ScoreCAM(weighting: .scores), network, [scores[0]], [1, 3]).maps[0]
    expectClose(try plain.atLayer.floats(), [3, 5], within: 1e-5)
  }

  @Test func `channels that are the same everywhere share one mask that hides all`() throws {
    // A₂ and A₃ are 2 and 5 everywhere. Masks: (0, 1), and twice (0, 0), with scores 1.5, 0, 0.
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1, 0, 0], biases: [0, 2, 5], head: [[1, 0, 0], [0, 1, 0]], height: 1, width: 2))
    let found = try maps(ScoreCAM(), network, [.logit(ClassSet(0))], [1, 3]).maps[0]
    #expect(found.measurements[.samples] == 2)
    let (high, all) = (exp(Float(1.5)), exp(Float(1.5)) + 2)
    expectClose(
      try found.atLayer.floats(), [(high + 7) / all, (3 * high + 7) / all], within: 1e-5)
  }

  @Test func `Ablation-CAM's weights are plain losses of the score, signed`() throws {
    // y = (A₁ mean, A₂ mean) = (2, 2): the log-odds are 0, so the paper's fraction would divide by it.
    let network = try pair([[1, 0], [0, 1]])
    let scores: [Score] = [.logit(ClassSet(0)), .logOdds(ClassSet(0), against: ClassSet(1))]
    let found = try maps(AblationCAM(), network, scores, [1, 3])
    expectClose(found.scores, [2, 0], within: 1e-6)
    expectClose(try found.maps[0].atLayer.floats(), [2, 6], within: 1e-6)
    expectClose(try found.maps[1].atLayer.floats(), [2 - 6, 6 - 2], within: 1e-6)
    expectClose(try found.maps[1].values.floats(), [0, 4], within: 1e-6)
  }

  @Test func `where no channel moves the score, Ablation-CAM's map is nothing and says so`() throws
  {
    let found = try maps(AblationCAM(), pair([[0, 0], [0, 0]]), [.logit(ClassSet(0))], [1, 3]).maps[
      0]
    #expect(try found.values.floats() == [0, 0] && found.measurements[.rounding] != nil)
  }

  @Test func `Eigen-CAM is the largest direction of the channels, centred or not`() throws {
    // A₁ = (0, 0, 3), A₂ = (0, 0, 4): one direction, of length 5. Their means are 1 and 4/3, of length 5/3.
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(kernels: [3, 4], biases: [0, 0], head: [[1, 1]], height: 1, width: 3))
    func map(_ centring: EigenCAM.Centring) throws -> SaliencyMap {
      try maps(EigenCAM(centring: centring), network, [.value], [0, 0, 1]).maps[0]
    }
    expectClose(try map(.none).atLayer.floats(), [0, 0, 5], within: 1e-6)
    expectClose(try map(.mean).atLayer.floats(), [-5 / 3, -5 / 3, 10 / 3], within: 1e-6)
    expectClose(try map(.mean).values.floats(), [0, 0, 10 / 3], within: 1e-6)
    // Three channels over two places take the other matrix.
    let wide = try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [2, 3, 6], biases: [0, 0, 0], head: [[1, 1, 1]], height: 1, width: 2))
    let found = try maps(EigenCAM(centring: .none), wide, [.value], [0, 1]).maps[0]
    expectClose(try found.atLayer.floats(), [0, 7], within: 1e-6)
  }

  @Test(arguments: [
    [Score.logOdds(ClassSet(0), against: ClassSet(1))], [.surprise(at: ClassSet(1))],
    [.logit(ClassSet(0)), .logit(ClassSet(1))],
  ])
  func `a method without a class refuses to tell answers apart`(scores: [Score]) throws {
    #expect(throws: SettingError.hasNoClass("eigen-cam")) {
      try maps(EigenCAM(), Self.pooled(), scores, Self.picture)
    }
  }

  @Test func `Finer-CAM is Grad-CAM of the class less a part of the nearest, or of the foil`()
    throws
  {
    // The logits are (.4…, .2…, 1.1…), so the class nearest to the first is the second.
    let network = try Self.pooled()
    let (a, b, c) = (ClassSet(0), ClassSet(1), ClassSet(2))
    let pairs: [(asked: Score, meant: Score)] = [
      (.logit(a), .finerContrast(a, against: b, strength: 0.5)),
      (.probability(a), .finerContrast(a, against: b, strength: 0.5)),
      (.logOdds(a, against: c), .finerContrast(a, against: c, strength: 0.5)),
      (.maxContrast(b, against: c), .finerContrast(b, against: c, strength: 0.5)),
    ]
    let near = try network.prediction(for: Tensor(Self.picture, shape: [1, 1, 2, 3]))
      .nearestRivals(of: a, count: 1)
    #expect(near == b)
    let found = try maps(
      FinerCAM(strength: 0.5, references: 1), network, pairs.map(\.asked), Self.picture)
    let expected = try maps(GradCAM(), network, pairs.map(\.meant), Self.picture)
    try expectClose(found.maps, expected.maps, count: 4, within: 1e-6)
    let asked = try maps(GradCAM(), network, pairs.map(\.asked), Self.picture)
    expectClose(found.scores, asked.scores, within: 1e-6, of: "the scores asked about")
    let plain = try maps(FinerCAM(strength: 0), network, [.logit(a)], Self.picture)
    try expectClose(
      plain.maps, maps(GradCAM(), network, [.logit(a)], Self.picture).maps, count: 1, within: 1e-6)
  }

  @Test func `two layers share a pass, and each has its own map`() throws {
    let network = try ToyNetworks.colour()
    let input = try network.input(ToyNetworks.colourInput())
    let layers = try ["first.relu", "sum.relu"].map { try network.program.layer(named: $0) }
    let score = Score.logit(ClassSet(0))
    for method in [HiResCAM() as any Explainer, XGradCAM(), LayerCAM(), GradCAMPlusPlus()] {
      let both = try method.maps(
        for: MapRequest(network, at: input, layers: layers) { _ in [[score], [score]] })
      let each = try layers.flatMap {
        try method.maps(of: [score], in: network, at: input, layer: $0).maps
      }
      try expectClose(both.maps, each, count: 2, within: 1e-5, of: "\(method)")
    }
  }
}
