import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Known answers: where nothing that a method tries moves the score by more than rounding, the map is
/// neutral and says so, and where something does, it stays what it is.
@Suite struct RoundingTests {
  static let sampled = ["rise", "occlusion", "lime", "pda"]

  static func maps(
    _ name: String, _ network: Network, at input: Tensor,
    of scores: [Score] = ColourTests.scores
  ) throws -> [SaliencyMap] {
    let entry = try ExplainerMenu.entry(named: name)
    return try entry.explainer(
      entry.values(MenuInvarianceTests.quick[name] ?? ""),
      .init(network: network, seed: 3)
    ).maps(of: scores, in: network, at: input).maps
  }

  /// Colour pictures of one colour.
  static func flat(_ level: Float) throws -> Tensor {
    let (height, width) = ToyNetworks.colourSize
    return try Tensor(
      [Float](repeating: level, count: 3 * height * width), shape: [1, 3, height, width])
  }

  /// What hides a part of a picture of one colour is that colour again, up to rounding.
  @Test(arguments: ["lime", "pda"], [Float(0.377), -0.93, 1])
  func `a picture of one colour has a map of zeros`(name: String, level: Float) throws {
    for map in try Self.maps(name, ToyNetworks.colour(), at: Self.flat(level)) {
      #expect(try map.values.floats().allSatisfy { $0 == 0 })
      let rounding = try #require(map.measurements[.rounding], "it says nothing")
      #expect(rounding > 0 && rounding < 1e-4)
      #expect(map.measurements[.determination] == nil && map.measurements[.standardError] == nil)
      #expect(try #require(map.measurements[.samples]) > 0)
    }
  }

  @Test(arguments: sampled)
  func `a score that does not depend on the picture has a neutral map`(name: String) throws {
    // Weights of 1e-9 beside logits of about 1: they change nothing that a float can hold.
    let network = try ToyNetworks.network(
      ToyNetworks.pooled(
        kernels: [1e-9, -1e-9], biases: [1, 2], head: [[1, 2], [-1, 0.5], [0.2, 1]], height: 9,
        width: 8))
    let input = try MenuInvarianceTests().picture()
    for map in try Self.maps(name, network, at: input) {
      #expect(try map.values.floats().allSatisfy { $0 == map.neutral })
      #expect(map.measurements[.rounding] != nil)
    }
  }

  @Test(arguments: sampled)
  func `a score that depends on the picture a little keeps its map`(name: String) throws {
    // A thousandth of the usual differences between pixels, thousands of times what rounding makes.
    let input = try Self.flat(0.377) + ToyNetworks.colourInput() * 1e-3
    for map in try Self.maps(name, ToyNetworks.colour(), at: input) {
      #expect(map.measurements[.rounding] == nil)
      #expect(Set(try map.values.floats()).count > 1)
    }
  }

  @Test func `maps that are noise are noise when set against each other`() throws {
    let maps = try Self.maps("lime", ToyNetworks.colour(), at: Self.flat(0.377))
    let difference = try maps[0].less([maps[1]])
    let sum = try [0, 1].map { try #require(maps[$0].measurements[.rounding]) }.reduce(0, +)
    #expect(difference.measurements[.rounding] == sum)
    let whole = try Self.maps("lime", ToyNetworks.colour(), at: ToyNetworks.colourInput())
    #expect(try maps[0].less([whole[1]]).measurements[.rounding] == nil)
  }

  @Test func `a picture that is flat but for one object has a Gaussian`() throws {
    // White but for a square; whole patches are equal.
    let (height, width) = ToyNetworks.colourSize
    let numbers = (0..<3 * height * width).map { (i: Int) -> Float in
      let (x, y) = (i % width, i / width % height)
      return x > 1 && x < 4 && y > 1 && y < 4 ? -0.4 : 1
    }
    let input = try Tensor(numbers, shape: [1, 3, height, width])
    for map in try Self.maps("pda", ToyNetworks.colour(), at: input) {
      #expect(Set(try map.values.floats()).count > 1)
      #expect(map.measurements[.rounding] == nil)
    }
  }
}
