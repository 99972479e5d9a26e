import Contrast
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// How maps are set against each other.
@Suite struct AnswerTests {
  static let input: [Float] = [0.1, 0.9, 0.4, 0.7, 0.2, 0.6]

  func network() throws -> Network {
    try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1, -2, 0.5], biases: [0.1, 1, 0], head: [[1, 2, -1], [0.5, -1, 3], [2, 0, 1]]))
  }

  func answers(_ inquiries: [Inquiry]) throws -> [Answer] {
    let network = try network()
    return try GradCAM().at(network.program.layer(named: "relu")).answers(
      about: network, at: Tensor(Self.input, shape: [1, 1, 2, 3])
    ) { _ in inquiries }.all
  }

  @Test func `contrast outside is the rectified difference of the two maps`() throws {
    let found = try answers([
      Inquiry(.whyRatherThan(ClassSet(0), ClassSet(1)), contrast: .outside, classCount: 3),
      Inquiry(.why(ClassSet(0)), classCount: 3), Inquiry(.why(ClassSet(1)), classCount: 3),
    ])
    let p = try found[1].map.values.floats()
    let q = try found[2].map.values.floats()
    expectClose(
      try found[0].map.values.floats(), zip(p, q).map { max($0 - $1, 0) }, within: 1e-6)
    let pAtLayer = try found[1].map.atLayer.floats()
    let qAtLayer = try found[2].map.atLayer.floats()
    expectClose(
      try found[0].map.atLayer.floats(),
      zip(pAtLayer, qAtLayer).map { max($0, 0) - max($1, 0) }, within: 1e-6, of: "at the layer")
    #expect(found[0].scores == [found[1].scores[0], found[2].scores[0]])
  }

  /// Where the foil's map is below zero, it speaks for the fact.
  @Test func `contrast outside-raw is the rectified difference of the maps before their ReLU`()
    throws
  {
    let (fact, foils) = (ClassSet(0), try #require(ClassSet([1, 2])))
    let found = try answers([
      Inquiry(.whyRatherThan(fact, ClassSet(1)), contrast: .outsideRaw, classCount: 3),
      Inquiry(.whyRatherThan(fact, foils), contrast: .pairwiseRaw, classCount: 3),
      Inquiry(.whyRatherThan(fact, ClassSet(1)), contrast: .outside, classCount: 3),
      Inquiry(.why(fact), classCount: 3), Inquiry(.why(ClassSet(1)), classCount: 3),
      Inquiry(.why(ClassSet(2)), classCount: 3),
    ])
    let raw = try found[3...].map { try $0.map.atLayer.floats() }
    #expect(raw[1].contains { $0 < 0 } || raw[0].contains { $0 < 0 })
    // The map has the input's size, so that nothing is resized on the way.
    let one = zip(raw[0], raw[1]).map { $0 - $1 }
    expectClose(try found[0].map.atLayer.floats(), one, within: 1e-6, of: "at the layer")
    expectClose(try found[0].map.values.floats(), one.map { max(0, $0) }, within: 1e-6)
    let both = one.indices.map { max(0, 2 * raw[0][$0] - raw[1][$0] - raw[2][$0]) }
    expectClose(try found[1].map.values.floats(), both, within: 1e-6, of: "pairwise")
    #expect(try found[0].map.values.floats() != found[2].map.values.floats())
    #expect(found[1].inquiry.foilParts.count == 2 && found[1].scores.count == 3)
  }

  @Test func `what is offered before all samples are drawn answers as all would`() throws {
    let network = try network()
    let inquiries = [
      try Inquiry(.whyRatherThan(ClassSet(0), ClassSet(1)), contrast: .outside, classCount: 3),
      try Inquiry(.why(ClassSet(0)), classCount: 3), try Inquiry(.why(ClassSet(1)), classCount: 3),
    ]
    var offered: [[Answer]] = []
    _ = try RISE(maskCount: 24, cells: 2, zero: .mean, batch: 8, seed: 1).answers(
      about: network, at: network.input(Tensor(Self.input, shape: [1, 1, 2, 3])),
      partial: { soFar in offered.append(try soFar().all) }
    ) { _ in inquiries }
    #expect(offered.count == 2)
    for found in offered {
      let (p, q) = (try found[1].map.values.floats(), try found[2].map.values.floats())
      expectClose(
        try found[0].map.values.floats(), zip(p, q).map { max($0 - $1, 0) }, within: 1e-6)
      #expect(found[0].inquiry == inquiries[0] && p.contains { $0 != 0 })
    }
  }

  @Test func `inside and outside part ways after the ReLU`() throws {
    let question = Question.whyRatherThan(ClassSet(0), ClassSet(1))
    let found = try answers([
      Inquiry(question, contrast: .inside, classCount: 3),
      Inquiry(question, contrast: .outside, classCount: 3),
    ])
    #expect(try found[0].map.values.floats() != found[1].map.values.floats())
  }

  @Test func `surprise gives the same map whatever the fact`() throws {
    let found = try answers([
      Inquiry(.whyRatherThan(ClassSet(0), ClassSet(2)), kind: .surprise, classCount: 3),
      Inquiry(.whyRatherThan(ClassSet(1), ClassSet(2)), kind: .surprise, classCount: 3),
      Inquiry(.whyRatherThan(ClassSet(0), ClassSet(1)), kind: .surprise, classCount: 3),
    ])
    #expect(try found[0].map.values.floats() == found[1].map.values.floats())
    #expect(try found[0].map.atLayer.floats() != found[2].map.atLayer.floats())
  }

  @Test func `equal scores of several questions are explained once`() throws {
    final class Counter: Explainer, @unchecked Sendable {
      let base: any Explainer
      var count = 0
      init(_ base: any Explainer) { self.base = base }
      func maps(for request: MapRequest) throws -> Explanation {
        let found = try base.maps(for: request)
        count = found.scores.count
        return found
      }
    }
    let network = try network()
    let counter = try Counter(GradCAM().at(network.program.layer(named: "relu")))
    let found = try counter.answers(
      about: network, at: Tensor(Self.input, shape: [1, 1, 2, 3])
    ) { _ in
      [
        try Inquiry(
          .whyRatherThan(ClassSet(0), ClassSet(1)), contrast: .outside, classCount: 3),
        try Inquiry(
          .whyRatherThan(ClassSet(1), ClassSet(0)), contrast: .outside, classCount: 3),
        try Inquiry(.why(ClassSet(0)), classCount: 3),
      ]
    }
    #expect(counter.count == 2)
    #expect(found.all.count == 3)
  }

  @Test func `a sure answer is still set against the runner-up`() throws {
    let sure = Prediction(
      classes: [
        .init(index: 4, label: "e", probability: 0.99, logit: 9),
        .init(index: 2, label: "c", probability: 0.01, logit: 4),
      ], value: nil)
    let whole = WholeOutput(of: sure)
    #expect(whole.classes.map(\.index) == [4, 2])
    #expect(
      whole.contrasts == [
        .whyRatherThan(ClassSet(4), ClassSet(2)), .whyRatherThan(ClassSet(2), ClassSet(4)),
      ])
  }

  @Test func `the likeliest classes stop where their mass passes 0.95, and at five`() {
    func prediction(_ probabilities: [Float]) -> Prediction {
      Prediction(
        classes: probabilities.enumerated().map {
          .init(index: $0, label: "", probability: $1, logit: 0)
        }, value: nil)
    }
    #expect(prediction([0.6, 0.3, 0.06, 0.04]).likeliest().count == 3)
    #expect(prediction([0.5, 0.45, 0.05]).likeliest().count == 3, "0.95 is not more than 0.95")
    #expect(prediction([0.2, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1]).likeliest().count == 5)
  }
}
