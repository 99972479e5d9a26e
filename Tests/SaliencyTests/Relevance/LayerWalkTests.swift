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

  /// Asks for nothing at the input and for all scores at a layer, so that the walk goes on to the input.
  static func request(_ network: Network, at input: Tensor, on layer: Layer) -> MapRequest {
    MapRequest(network, at: network.input(input), layers: [network.program.inputLayer, layer]) {
      _ in [[], scores]
    }
  }

  @Test(arguments: Toy.allCases, [MWP.Top.winners, .contrast])
  func `MWP at a layer is what a walk to the input brings there`(toy: Toy, top: MWP.Top) throws {
    let (network, input) = (try toy.network(), try ToyNetworks.colourInput())
    var shares: [Float] = []
    for negatives in MWP.Negatives.allCases {
      for layer in toy.layers(network) {
        let method = MWP(top: top, negatives: negatives)
        let found = try method.maps(of: Self.scores, in: network, at: input, layer: layer)
        let whole = try method.maps(for: Self.request(network, at: input, on: layer))
        // The same rules on the same numbers; a few more rows a walk.
        for (a, b) in try paired(found.maps, whole.maps) {
          try expectClose(a.atLayer, b.atLayer, within: 1e-5, of: "\(layer.name) \(negatives)")
        }
        try expectClose(
          found.maps, whole.maps, count: 3, within: 1e-5, of: "\(layer.name) \(negatives)")
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
        let method = LRP(rule, start: start)
        let found = try method.maps(of: Self.scores, in: network, at: input, layer: layer)
        let request = Self.request(network, at: input, on: layer)
        var whole = try RelevanceWalk(to: [network.program.inputLayer, layer]).found(
          for: request, by: RelevanceRules(of: method, in: network, at: layer).table,
          from: start.rows)
        if case .contrastive = start { whole.relevance = try whole.relevance.map { try $0.relu() } }
        try expectClose(
          found.maps, whole.maps(at: layer, place: 1, for: request), count: 3, within: 1e-5,
          of: "\(layer.name) \(start)")
      }
    }
  }

  @Test(arguments: Toy.allCases)
  func `Grad-CAM at a layer is what the gradient at the input comes through`(toy: Toy) throws {
    let (network, input) = (try toy.network(), try ToyNetworks.colourInput())
    for layer in toy.layers(network).dropFirst() {
      let found = try GradCAM().at(layer).maps(of: Self.scores, in: network, at: input)
      let whole = try GradCAM().maps(for: Self.request(network, at: input, on: layer))
      try expectClose(found.maps, whole.maps, count: 3, within: 1e-5, of: layer.name)
      let guided = try GuidedGradCAM().at(layer).maps(of: Self.scores, in: network, at: input)
      let plain = try GuidedBackpropagation().maps(of: Self.scores, in: network, at: input)
      let expected = try zip(plain.maps, whole.maps).map { guided, place in
        try SaliencyMap(attribution: #require(guided.attribution) * place.values)
      }
      try expectClose(guided.maps, expected, count: 3, within: 1e-5, of: "guided \(layer.name)")
    }
  }
}
