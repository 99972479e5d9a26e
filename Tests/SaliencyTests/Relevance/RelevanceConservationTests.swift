import Foundation
import Networks
import Tensors
import Terms
import TestSupport
import Testing

@testable import Saliency

/// What a residual network's relevance sums to: an invariant, with parameter-free shortcuts, where
/// peers lose or double it.
@Suite(.enabled(if: References.data != nil, Comment(rawValue: References.needsData)))
struct RelevanceConservationTests {
  static let networks = ["cifar10-resnet20", "cifar10-resnet56"]

  /// A network and an input that runs from −1 to 1, of no picture.
  func setting(_ name: String) throws -> (network: Network, input: Tensor, top: [ClassSet]) {
    let network = try Network(
      contentsOf: #require(References.data).appending(path: "models/\(name).pt2").path)
    let shape = [1] + network.program.inputShape.dropFirst().map { $0 ?? 1 }
    let values = (0..<shape.reduce(1, *)).map { Float(sin(Double($0 * $0 % 977))) }
    let input = try Tensor(values, shape: shape)
    let top = try network.prediction(for: input).classes.map { ClassSet($0.index) }
    return (network, input, top)
  }

  @Test(arguments: networks)
  func `marginal winning probabilities of a class sum to 1, and of a contrast to 0`(name: String)
    throws
  {
    let (network, input, top) = try setting(name)
    for layer in ["layer3", "layer2", "layer1", "relu"] {
      let found = try MWP().at(network.program.layer(named: layer)).maps(
        of: [.logit(top[0]), .logOdds(top[0], against: top[1])], in: network, at: input)
      let sums = found.maps.compactMap { $0.measurements[.relevanceSum] }
      expectClose(sums, [1, 0], within: 1e-4, of: layer)
      #expect(try found.maps[0].atLayer.extremes().lowerBound >= 0)
    }
  }

  @Test(arguments: networks)
  func `what does not arrive at the input was absorbed by biases and stabilisers`(name: String)
    throws
  {
    let (network, input, top) = try setting(name)
    let program = try network.program.foldingNormalization()
    let trace = try program.trace(input, behind: program.inputLayer)
    let end = try RelevanceStart(trace, of: network)
    let rows = try end.gradients(of: [.logit(top[0])]).gradients * end.logits
    let audit = Audit()
    let epsilon: Float = 0.1
    let table = RuleTable.relevance(
      of: trace,
      RelevanceChoices(
        linear: [
          .kinds(
            .convolution, .linear,
            rule: Audited(rule: .epsilon(epsilon), epsilon: epsilon, in: audit))
        ], sums: [.kinds(.sum, .averaging, rule: ContributionRule(stabiliser: .least))]))
    let found = try trace.walkBack(from: rows.reshaped([1] + trace.output.shape), by: table)
    let arrived = try found.sum().number()
    // Up to cancellation between terms as large as what was absorbed in all.
    let scale = max(audit.magnitude, abs(try rows.sum().number()))
    #expect(abs(arrived + audit.absorbed - (try rows.sum().number())) < 1e-4 * scale)
    #expect(audit.magnitude > 0)
  }

  @Test func `a run leaves the network as it was`() throws {
    let (network, input, top) = try setting("cifar10-resnet20")
    let before = try network.program.output(for: input).floats()
    for rule in LRP.Rule.allCases {
      _ = try LRP(rule).maps(of: [.logit(top[0])], in: network, at: input)
    }
    #expect(try network.program.output(for: input).floats() == before)
  }
}

/// What an audited walk found so far; a walk is of one thread.
private final class Audit: @unchecked Sendable {
  var absorbed: Float = 0
  var magnitude: Float = 0
}

/// LRP-ε, with a second account of what its biases and stabiliser absorb.
private struct Audited: BackwardRule {
  let rule: LinearRule
  let epsilon: Float
  let audit: Audit

  init(rule: LinearRule, epsilon: Float, in audit: Audit) {
    self.rule = rule
    self.epsilon = epsilon
    self.audit = audit
  }

  func incoming(_ outgoing: [Tensor?], through call: NodeCall) throws -> [Tensor?] {
    let relevance = try #require(outgoing[0]).floats()
    let z = try call.output.floats()
    let bias = try LinearConstants(of: call).bias?.tensor.floats() ?? []
    let places = z.count / max(bias.count, 1)
    for (index, value) in z.enumerated() {
      let moved = value < 0 ? -epsilon : epsilon
      let own = bias.isEmpty ? 0 : bias[index / places]
      let part = (own + moved) / (value + moved) * relevance[index]
      audit.absorbed += part
      audit.magnitude += abs(part)
    }
    return try rule.incoming(outgoing, through: call)
  }
}
