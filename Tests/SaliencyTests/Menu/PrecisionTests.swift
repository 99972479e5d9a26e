import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Reduction: a network that computes in another precision, from pictures in 32 bits, has the maps of
/// its twin in 32 bits, as near as its numbers are.
@Suite struct PrecisionTests {
  /// Scores on as many classes as there are scores, and on fewer: walks back are shared then.
  static let scores: [Score] = [
    .logOdds(ClassSet(0), against: ClassSet(1)), .logit(ClassSet(0)), .logit(ClassSet(1)),
    .logOdds(ClassSet(1), against: ClassSet(0)),
  ]

  /// A type, how far scores may be from their twins, and maps, as a fraction of their root mean square:
  /// what a dozen operators round, and rectifiers that turn elsewhere, of which a toy has few.
  static let types: [(type: ElementType, scores: Float, maps: Float)] = [
    (.float64, 1e-5, 1e-3), (.float16, 5e-3, 0.1), (.bfloat16, 0.05, 0.5),
  ]

  /// The root mean square of the differences, as a fraction of that of the expected numbers.
  static func distance(_ found: [Float], _ expected: [Float]) -> Float {
    let differences = zip(found, expected).map { ($0 - $1) * ($0 - $1) }
    return (differences.reduce(0, +) / expected.reduce(0) { $0 + $1 * $1 }).squareRoot()
  }

  @Test(arguments: MenuInvarianceTests.ofMaps, types)
  func `maps are those of the twin in 32 bits`(
    name: String, precision: (type: ElementType, scores: Float, maps: Float)
  ) throws {
    let input = try ToyNetworks.colourInput()
    let scores = try MenuInvarianceTests.scores(for: name, among: Self.scores)
    func maps(_ type: ElementType) throws -> Explanation {
      let network = try ToyNetworks.colour(computing: type)
      let entry = try ExplainerMenu.entry(named: name)
      let layer = entry.layerUse == .always ? try network.program.layer(named: "sum.relu") : nil
      return try entry.explainer(
        entry.values(ColourTests.settings[name] ?? ""),
        .init(network: network, seed: 3)
      ).at(layer).maps(of: scores, in: network, at: input)
    }
    let (found, expected) = (try maps(precision.type), try maps(.float32))
    expectClose(found.scores, expected.scores, within: precision.scores)
    try #require(found.maps.count == scores.count && expected.maps.count == found.maps.count)
    for (own, twin) in try paired(found.maps, expected.maps) {
      #expect(own.values.elementType == .float32 && own.atLayer.elementType == .float32)
      // These take differences of scores that are nearly equal: in few digits little is left of them.
      if ["pda", "ablation-cam"].contains(name), precision.type != .float64 { continue }
      // Before any rectification, for a map that is negative everywhere is nothing behind it.
      let (values, expected) = (try own.atLayer.floats(), try twin.atLayer.floats())
      try #require(values.count == expected.count)
      let distance = Self.distance(values, expected)
      #expect(
        distance <= (name == "pda" ? 5e-3 : precision.maps),
        "\(name) \(precision.type): \(distance)")
    }
  }
}
