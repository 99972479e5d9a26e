import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Reduction: on colour pictures that are not square, every explainer on the menu finds the same in a
/// prepared network as in the plain one.
@Suite struct ColourTests {
  static let scores: [Score] = [
    .logOdds(ClassSet(0), against: ClassSet(1)), .logit(ClassSet(2)), .probability(ClassSet(0)),
    .surprise(at: ClassSet(1)),
  ]

  /// Settings that make the slow ones quick. From black, the values that a maximum is taken of are
  /// equal, and rounding decides which of them a fall is accounted to; noise has no such ties. Which numbers of a
  /// guided path move first is decided by rounding, too, unless it is the straight one.
  static let settings = MenuInvarianceTests.quick.merging([
    "deeplift": "baseline=noise:0.3", "deeplift-shap": "baselines=noise:0.3+noise:0.2",
    "guided-ig": "baseline=noise:0.3,steps=10,distance=0",
  ]) { _, new in new }

  static func explanation(
    _ name: String, _ network: Network, at input: Tensor, of scores: [Score] = scores
  ) throws -> Explanation {
    let entry = try ExplainerMenu.entry(named: name)
    let layer = entry.layerUse == .always ? try network.program.layer(named: "sum.relu") : nil
    return try entry.explainer(
      entry.values(settings[name] ?? ""),
      .init(network: network, seed: 3)
    ).at(layer).maps(of: scores, in: network, at: input)
  }

  @Test(arguments: MenuInvarianceTests.ofMaps)
  func `a prepared network has the plain one's maps`(name: String) throws {
    let (network, input) = (try ToyNetworks.colour(), try ToyNetworks.colourInput())
    let prepared = try network.preparedForGradients(at: input)
    #expect(prepared.program.operatorCounts["aten::contiguous"] == 1, "it is not prepared")
    let scores = try MenuInvarianceTests.scores(for: name, among: Self.scores)
    let expected = try Self.explanation(name, network, at: input, of: scores)
    let found = try Self.explanation(name, prepared, at: input, of: scores)
    // Sums of floats in another order, of weights that were folded before. PDA takes differences of
    // scores that are nearly equal.
    expectClose(found.scores, expected.scores, within: 1e-5)
    try expectClose(
      found.maps, expected.maps, count: scores.count, within: name == "pda" ? 3e-3 : 1e-4,
      of: name)
    for map in expected.maps {
      #expect(map.values.shape == [10, 7])
      #expect(try map.atLayer.floats().contains { $0 != 0 })
    }
  }
}
