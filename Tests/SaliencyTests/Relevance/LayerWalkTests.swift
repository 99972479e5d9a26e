import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Reduction: what a method finds at a layer does not depend on where its walk was to end. Layers lie
/// on both sides of a residual sum, and of a gate’s product.
@Suite struct LayerWalkTests {
  static let scores: [Score] = [
    .logit(ClassSet(0)), .logOdds(ClassSet(1), against: ClassSet(2)), .probability(ClassSet(2)),
  ]

  enum Toy: String, CaseIterable {
    case residual
    case gated

    func network() throws -> Network {
      self == .residual ? try ToyNetworks.colour() : try ToyNetworks.gated()
    }

    /// All layers that are stacks of maps, from the input on.
    func layers(_ network: Network) -> [Layer] {
      [network.program.inputLayer] + network.program.nodeLayers.filter(\.isSpatial)
    }
  }

  @Test(arguments: Toy.allCases, [MWP.Top.winners, .contrast])
  func `MWP at a layer is what a walk to the input brings there`(toy: Toy, top: MWP.Top) throws {
    let (network, input) = (try toy.network(), try ToyNetworks.colourInput())
    var shares: [Float] = []
    for negatives in MWP.Negatives.allCases {
      for layer in toy.layers(network) {
        func method(_ layer: Layer) throws -> MWP {
          try MWP(at: layer, top: top, negatives: negatives)
        }
        let found = try method(layer).maps(of: Self.scores, in: network, at: input)
        let whole = try method(network.program.inputLayer).maps(
          of: { _ in .init(own: [], other: Self.scores) }, beside: method(layer), in: network,
          at: input, within: Resources(), progress: { _ in })
        // The same rules on the same numbers; a few more rows a walk.
        for (a, b) in try paired(found.maps, whole.other.maps) {
          try expectClose(a.atLayer, b.atLayer, within: 1e-5, of: "\(layer.name) \(negatives)")
        }
        try expectClose(
          found.maps, whole.other.maps, count: 3, within: 1e-5, of: "\(layer.name) \(negatives)")
        shares.append(try #require(found.maps[0].measurements[.relevanceSum]))
      }
    }
    // A branch has less than all; else the walks were compared where nothing forks.
    if top == .winners { #expect(shares.contains { $0 > 0.01 && $0 < 0.95 }, "\(shares)") }
  }

  @Test(arguments: Toy.allCases, LRP.Rule.allCases)
  func `LRP of every start at a layer is what a walk to the input brings there`(
    toy: Toy, rule: LRP.Rule
  ) throws {
    let (network, input) = (try toy.network(), try ToyNetworks.colourInput())
    for start in [LRP.Start.score, .contrastive, .softmaxGradient] {
      for layer in toy.layers(network).dropFirst() {
        let method = try LRP(rule, start: start, at: layer)
        let found = try method.maps(of: Self.scores, in: network, at: input)
        var whole = try RelevanceWalk(
          network: network, layers: [network.program.inputLayer, layer]
        ).found(
          of: { _ in Self.scores }, at: input, within: Resources(), progress: { _ in },
          by: RelevanceRules(of: method, in: network, at: layer).table, from: start.rows)
        if case .contrastive = start { whole.relevance = try whole.relevance.map { try $0.relu() } }
        try expectClose(
          found.maps, whole.maps(at: layer, place: 1, of: network.program, like: input), count: 3,
          within: 1e-5, of: "\(layer.name) \(start)")
      }
    }
  }

  @Test(arguments: Toy.allCases)
  func `Grad-CAM at a layer is what the gradient at the input comes through`(toy: Toy) throws {
    let (network, input) = (try toy.network(), try ToyNetworks.colourInput())
    for layer in toy.layers(network).dropFirst() {
      let found = try GradCAM(at: layer).maps(of: Self.scores, in: network, at: input)
      let whole = try GradCAM(at: network.program.inputLayer).maps(
        of: { _ in .init(own: [], other: Self.scores) }, beside: GradCAM(at: layer), in: network,
        at: input, within: Resources(), progress: { _ in })
      try expectClose(
        found.maps, whole.other.maps, count: 3, within: 1e-5, of: layer.name)
      let guided = try GuidedGradCAM(at: layer).maps(of: Self.scores, in: network, at: input)
      let plain = try GuidedBackpropagation().maps(of: Self.scores, in: network, at: input)
      let expected = try zip(plain.maps, whole.other.maps).map { guided, place in
        try SaliencyMap(attribution: #require(guided.attribution) * place.values)
      }
      try expectClose(guided.maps, expected, count: 3, within: 1e-5, of: "guided \(layer.name)")
    }
  }
}
