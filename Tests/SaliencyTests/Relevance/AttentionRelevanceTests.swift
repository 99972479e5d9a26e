import Foundation
import Networks
import Saliency
import Tensors
import Terms
import TestSupport
import Testing

/// Parity of relevance through a vision transformer with the papers' rules, re-derived in PyTorch as a modified gradient
/// times the input; conservation where nothing absorbs; completeness of DeepLIFT on the same networks.
@Suite(.enabled(if: References.python != nil, Comment(rawValue: References.needsPython)))
struct AttentionRelevanceTests {
  static let reference = Result {
    let folder = try References.temporaryFolder()
    _ = try References.run("attention_relevance.py", [folder.path])
    return folder
  }

  func setting(_ name: String) throws -> (network: Network, input: Tensor) {
    let folder = try Self.reference.get()
    return (
      try Network(contentsOf: folder.appending(path: "\(name).pt2").path),
      try NumPyFile.tensor(at: folder.appending(path: "\(name).input.npy"))
    )
  }

  @Test(arguments: ["vit", "written", "bare"])
  func `relevance equals the modified gradient times the input`(name: String) throws {
    let (network, input) = try setting(name)
    let rules: [String: LRP] = [
      "attn-lrp": LRP(.attention, epsilon: 1e-9, gamma: 0), "gamma": LRP(.attention, gamma: 0.25),
      "cp-lrp": LRP(.epsilon, epsilon: 1e-9), "cp-gamma": LRP(.gamma, gamma: 0.25),
    ]
    for (rule, lrp) in rules.sorted(by: { $0.key < $1.key }) {
      let expected = try NumPyFile.tensor(
        at: Self.reference.get().appending(path: "\(name).\(rule).npy"))
      let found = try lrp.maps(of: [.logit(ClassSet(0))], in: network, at: input)
      // 32-bit sums against 64-bit ones; γ's and the other presets' stabilisers of 10⁻⁶, zennit's, show where
      // terms of a residual sum or of γ's cancel to a thousandth of their size.
      try expectClose(
        #require(found.maps[0].attribution), expected, within: rule == "attn-lrp" ? 1e-4 : 1e-3,
        of: "\(name) \(rule)")
    }
  }

  @Test func `without biases, and with attention held constant, relevance sums to the logit`()
    throws
  {
    let (network, input) = try setting("bare")
    for lrp in [LRP(.epsilon, epsilon: 1e-9), LRP(.gamma, gamma: 0.25)] {
      let found = try lrp.maps(of: [.logit(ClassSet(0))], in: network, at: input)
      let sum = try #require(found.maps[0].measurements[.relevanceSum])
      // The sum cancels among terms ten times as large.
      #expect(abs(sum - found.scores[0]) < 1e-3 * abs(found.scores[0]), "\(lrp.rule): \(sum)")
    }
  }

  @Test(arguments: ["vit", "written", "bare"])
  func `DeepLIFT's attributions sum to the score's difference`(name: String) throws {
    let (network, input) = try setting(name)
    let scores: [Score] = [
      .logit(ClassSet(1)), .logOdds(ClassSet(0), against: ClassSet(2)), .probability(ClassSet(3)),
    ]
    for baseline in [Baseline.black, .blur(sigma: 3)] {
      let found = try DeepLIFT(from: baseline).maps(of: scores, in: network, at: input)
      for (map, score) in try paired(found.maps, scores) {
        let error = try #require(map.measurements[.completenessError])
        let size = try #require(map.attribution).magnitudes().sum().number()
        // Rounding of a hundred operators, against the sum of all magnitudes.
        #expect(abs(error) < 1e-5 * size, "\(name), \(score): \(error) of \(size)")
      }
    }
  }
}
