import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// Known answers for DeepLIFT on networks where Captum's is not complete or does not answer, and
/// completeness on one that has every kind of operator.
@Suite(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct CaptumToyTests {
  /// One run of the script serves all toys.
  static let folder = Result {
    let folder = try References.temporaryFolder()
    _ = try References.run("captum_rules.py", [folder.path])
    return folder
  }

  func explanation(_ name: String, _ scores: [Score]) throws -> Explanation {
    let folder = try Self.folder.get().appending(path: name)
    let network = try ToyNetworks.network(
      Program(contentsOf: folder.appending(path: "network.pt2").path))
    return try DeepLIFT(from: .black).maps(
      of: scores, in: network, at: NumPyFile.tensor(at: folder.appending(path: "input.npy")))
  }

  func captum(_ name: String) throws -> [Float] {
    try NumPyFile.tensor(at: Self.folder.get().appending(path: "\(name)/deeplift.npy")).floats()
  }

  @Test func `a module that is called again is two calls, where Captum refuses`() throws {
    // 2·r(x₁) − r(1 − r(x₂)) from (0, 0) to (1, 2). r(x₁) rises with x₁ by 1, which counts twice.
    // r(x₂) rises by 2, so 1 − r(x₂) falls from 1 to −1 and its rectifier from 1 to 0: half of the
    // fall of 2, which the sign makes a rise of 1. The score rises from −1 to 2.
    let found = try explanation("reused", [.logit(ClassSet(0))]).maps[0]
    expectClose(try found.values.floats(), [2, 1], within: 1e-6)
    #expect(found.measurements[.scoreDifference] == 3)
    let refusal = try String(
      contentsOf: Self.folder.get().appending(path: "reused/error.txt"), encoding: .utf8)
    #expect(refusal.contains("RuntimeError"))
  }

  @Test func `over several baselines it equals Captum's DeepLiftShap`() throws {
    let folder = try Self.folder.get().appending(path: "rectified")
    let network = try ToyNetworks.network(
      Program(contentsOf: folder.appending(path: "network.pt2").path))
    let input = try NumPyFile.tensor(at: folder.appending(path: "input.npy"))
    let references = try NumPyFile.tensor(at: folder.appending(path: "references.npy"))
    let found = try DeepLIFT.maps(
      for: MapRequest(network, at: network.input(input)) { _ in [[.logit(ClassSet(0))]] },
      from: (0..<references.shape[0]).map { try references.slice(axis: 0, $0..<$0 + 1) })
    // The same ratios of differences, added in another order.
    try expectClose(
      try #require(found.maps[0].attribution),
      NumPyFile.tensor(at: folder.appending(path: "deeplift-shap.npy")), within: 1e-5)
  }

  @Test func `a gate is complete, where Captum counts a product twice`() throws {
    // x₁·σ(x₂) from (0, 0) to (3, 1): 3·(σ(1) + ½)/2 for x₁ and (σ(1) − ½)·(3 + 0)/2 for x₂ make
    // 3σ(1). Captum takes each factor's gradient at the end: 3·σ(1) and 3·(σ(1) − ½).
    let gate = Float(1 / (1 + exp(-1.0)))
    let found = try explanation("gated", [.logit(ClassSet(0))]).maps[0]
    expectClose(
      try found.values.floats(), [1.5 * (gate + 0.5), 1.5 * (gate - 0.5)], within: 1e-6)
    expectClose(try captum("gated"), [3 * gate, 3 * (gate - 0.5)], within: 1e-6)
    let difference = try #require(found.measurements[.scoreDifference])
    #expect(abs(try captum("gated").reduce(0, +) - difference) > 0.6)
  }

  @Test func `windows that overlap add up, where Captum keeps one`() throws {
    // max(x₁, x₂) + max(x₂, x₃) from (0, 0, 0) to (1, 5, 2): 5 twice, both of x₂.
    let found = try explanation("overlapping", [.logit(ClassSet(0))]).maps[0]
    #expect(try found.values.floats() == [0, 10, 0])
    #expect(try captum("overlapping") == [0, 5, 0])
  }

  @Test func `gates, joins, quotients, maxima and products of matrices are complete`() throws {
    let found = try explanation(
      "everything",
      [.logit(ClassSet(0)), .logit(ClassSet(1)), .probability(ClassSet(2))])
    for map in found.maps {
      let error = try #require(map.measurements[.completenessError])
      let difference = try #require(map.measurements[.scoreDifference])
      #expect(abs(difference) > 1e-3)
      let total = try map.values.magnitudes().sum().number()
      // Rounding of some thousand terms.
      #expect(abs(error) < 1e-5 * total)
    }
  }
}
